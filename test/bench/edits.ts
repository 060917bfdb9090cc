import { fastestOf, lint, ms } from "./lint.ts";
import { shapes } from "./shapes.ts";

console.log("an edit                                  time      share of the first reading");
for (const [title, files, path] of [
  ["one file of 1,000", shapes[0]?.files(1000), "app7/stack.yaml"],
  ["one document of 1,000 in a file", shapes[1]?.files(1000), "all.yaml"],
] as const) {
  if (files === undefined) continue;
  const whole = fastestOf(() => lint(files));
  const pipeline = lint(files);
  let window = 180;
  const text = files.get(path) ?? "";
  const edit = fastestOf(() => {
    pipeline.update(path, text.replace("stabilizationWindowSeconds: 180", `stabilizationWindowSeconds: ${++window}`));
    for (const changed of pipeline.refresh()) pipeline.findingsOf(changed);
  });
  console.log(`${title.padEnd(40)} ${ms(edit)}  ${((100 * edit) / whole).toFixed(2)} %`);
}
