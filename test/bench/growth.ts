import { fastestOf, lint, ms, parse } from "./lint.ts";
import { shapes } from "./shapes.ts";

/** Ratios hold on any machine: how work grows when the input doubles, and how it compares with parsing the same bytes. */
const limit = 2.3;
let failed = false;

console.log("growth                       n        time(n)  time(2n)  ratio (below 2.3)  against a bare parse");
for (const { grows, size, files } of shapes) {
  const [once, twice] = [files(size), files(2 * size)];
  lint(once, false);
  const [first, second] = [fastestOf(() => lint(once, false)), fastestOf(() => lint(twice, false))];
  const bare = fastestOf(() => parse(twice));
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

if (failed) process.exitCode = 1;
