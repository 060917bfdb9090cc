import { controllers, meanOf, sets } from "./two-tiers.ts";

const runs = 5;

/** How far the two tiers are apart, as docs/fidelity.md shows it: means of some runs. */
export function twoTiersTable(): string {
  const columns = (Object.keys(sets) as (keyof typeof sets)[]).flatMap((set) =>
    [false, true].map((byLoad) => ({ set, byLoad })),
  );
  const head = columns.map(({ set, byLoad }) => `${set}, ${byLoad ? "by load" : "in turns"}`);
  let [most, single] = [0, 0];
  const rows = Object.entries(controllers).map(([title, rest]) => {
    const cells = columns.map(({ set, byLoad }) => {
      const { fluid, exact } = meanOf(runs, sets[set], byLoad, rest);
      const apart = 100 * (fluid.replicaHours.mean / exact.replicaHours.mean - 1);
      most = Math.max(most, 100 * Math.abs(fluid.finished.mean / exact.finished.mean - 1));
      single = Math.max(single, (100 * exact.replicaHours.deviation) / exact.replicaHours.mean);
      const told = Math.abs(apart).toFixed(1);
      return `${Number(told) === 0 ? "" : apart > 0 ? "+" : "-"}${told} %`;
    });
    return [title, ...cells];
  });
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const table = [
    line(["an autoscaler that follows", ...head]),
    line(["---", ...head.map(() => "---")]),
    ...rows.map(line),
  ];
  return `${table.join("\n")}

In requests that finished they were at most ${most.toFixed(1)} % apart. Two runs of the exact tier with other seeds differ by chance too: their
replica hours have a standard deviation of up to ${single.toFixed(1)} %, so that a single pair of runs may be further apart than a mean.`;
}
