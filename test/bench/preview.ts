import { readdirSync, readFileSync } from "node:fs";
import { forecastOf } from "../../server/forecast/forecast.ts";
import { pictureOf } from "../../server/forecast/picture-of.ts";
import { usualQuestion } from "../../server/forecast/question.ts";
import { Stack } from "../../server/forecast/stack.ts";
import { stackAround } from "../../server/forecast/stack-scope.ts";
import { trafficFrom } from "../../server/forecast/traffic.ts";
import { Workspace } from "../../server/graph/workspace.ts";
import { kinds } from "../../server/kinds/registry.ts";
import { Catalogue } from "../../server/scenario/catalogue.ts";

const [edited, keystrokes, mostColumns] = ["production/base/autoscaling.yaml", 40, 1500];

/** What a preview costs at each keystroke: the document, which files belong together, the scenario, the fluid, the picture. */
function benchForecast(): void {
  const workspace = new Workspace(kinds);
  for (const path of readdirSync("examples", { recursive: true, encoding: "utf8" }))
    if (path.endsWith(".yaml")) workspace.update(path, readFileSync(`examples/${path}`, "utf8"));
  const text = workspace.files.get(edited)?.text ?? "";
  const stack = new Stack();
  console.log("\na keystroke of a preview, the example      fastest       p50   of the fastest: files  run  picture");
  for (const [title, duration] of [
    ["1 h", 3600],
    ["6 h", 6 * 3600],
    ["24 h", 86_400],
  ] as const) {
    const runs = Array.from({ length: keystrokes }, (_, index) => keystroke(index, duration));
    runs.sort((a, b) => a.all - b.all);
    const [best, median] = [runs[0], runs[keystrokes / 2]];
    const share = (part: number | undefined) => `${Math.round((100 * (part ?? 0)) / (best?.all ?? 1))} %`.padStart(5);
    console.log(
      `${title.padEnd(40)} ${ms(best?.all)} ${ms(median?.all)} ${share(best?.files)} ${share(best?.run)} ${share(best?.picture)}`,
    );
  }

  function keystroke(index: number, duration: number) {
    const start = performance.now();
    workspace.update(edited, `${text}# ${index}\n`);
    const scope = [...stackAround(workspace, edited)];
    stack.take(new Map(scope.map((path) => [path, workspace.files.get(path)?.text ?? ""])));
    const read = performance.now();
    const question = { ...usualQuestion, duration, traffic: { name: "spike" } };
    const traffic = trafficFrom(question.traffic, "");
    if ("mistake" in traffic) throw new Error(traffic.mistake);
    const known = new Catalogue(stack.settingsOf(edited));
    const asked = { workspace: stack.workspace, known, question, traffic, nameOf: (path: string) => path, mostColumns };
    const target = stack.targetOf(edited);
    const forecast = forecastOf(target === undefined ? asked : { ...asked, question: { ...question, target } });
    if ("mistake" in forecast) throw new Error(forecast.mistake);
    const ran = performance.now();
    JSON.stringify(pictureOf(forecast, (path) => path));
    const end = performance.now();
    return { all: end - start, files: read - start, run: ran - read, picture: end - ran };
  }
}

function ms(time: number | undefined): string {
  return `${(time ?? Number.NaN).toFixed(1)} ms`.padStart(9);
}

benchForecast();
