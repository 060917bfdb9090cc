import { Composer, Parser } from "yaml";
import { kinds } from "../../server/kinds/registry.ts";
import { Pipeline } from "../../server/pipeline.ts";
import { rules } from "../../server/rules/registry.ts";
import { benchArrivals } from "./arrivals.ts";
import { runBundled } from "./bundled.ts";
import { benchEngine } from "./engine.ts";
import { benchReplica } from "./replica.ts";
import { shapes } from "./shapes.ts";
import { benchSimulation } from "./simulation.ts";

/**
 * Speed as ratios, which hold on any machine: how work grows when the input doubles, how it compares with parsing the
 * same bytes, and how an edit compares with the first reading.
 */

const rounds = 7;
/** The fastest of several runs, in milliseconds: what the work takes when nothing else disturbs it. */
function fastest(run: () => void): number {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...times);
}

function lint(files: Map<string, string>): Pipeline {
  const pipeline = new Pipeline(kinds, rules);
  for (const [path, text] of files) pipeline.update(path, text);
  pipeline.refresh();
  for (const path of files.keys()) pipeline.findingsOf(path);
  return pipeline;
}

function parse(files: Map<string, string>): void {
  for (const text of files.values()) {
    for (const _ of new Composer({ uniqueKeys: false }).compose(new Parser().parse(text), true, text.length));
  }
}

const limit = 2.3;
let failed = false;

console.log(`fastest of ${rounds} runs on one core, Node ${process.versions.node}\n`);
console.log("growth                       n        time(n)  time(2n)  ratio (below 2.3)  against a bare parse");
for (const { grows, size, files } of shapes) {
  const [once, twice] = [files(size), files(2 * size)];
  lint(once);
  const [first, second] = [fastest(() => lint(once)), fastest(() => lint(twice))];
  const bare = fastest(() => parse(twice));
  const ratio = second / first;
  failed ||= ratio >= limit;
  const cells = [
    grows.padEnd(28),
    String(size).padEnd(8),
    ms(first),
    ms(second),
    ratio.toFixed(2).padStart(6),
    (second / bare).toFixed(2).padStart(24),
  ];
  console.log(`${cells.join(" ")}${ratio >= limit ? "   too steep" : ""}`);
}

console.log("\nan edit                                  time      share of the first reading");
for (const [title, files, path] of [
  ["one file of 1,000", shapes[0]?.files(1000), "app7/stack.yaml"],
  ["one document of 1,000 in a file", shapes[1]?.files(1000), "all.yaml"],
] as const) {
  if (files === undefined) continue;
  const whole = fastest(() => lint(files));
  const pipeline = lint(files);
  let window = 180;
  const text = files.get(path) ?? "";
  const edit = fastest(() => {
    pipeline.update(path, text.replace("stabilizationWindowSeconds: 180", `stabilizationWindowSeconds: ${++window}`));
    for (const changed of pipeline.refresh()) pipeline.findingsOf(changed);
  });
  console.log(`${title.padEnd(40)} ${ms(edit)}  ${((100 * edit) / whole).toFixed(2)} %`);
}

await runBundled("test/bench/completion.ts");
await runBundled("test/bench/cold-start.ts");
await runBundled("test/bench/forecast.ts");
benchEngine();
benchArrivals();
// A whole day, 8.6 million requests, with `HOURS=24`.
benchReplica(Number(process.env["HOURS"] ?? 1));
benchSimulation();

function ms(time: number): string {
  return `${time.toFixed(1)} ms`.padStart(9);
}

if (failed) process.exitCode = 1;
