import { alike, controllers, meanOf, varied } from "../engine/simulation/two-tiers.ts";

const runs = 5;

/** Prints a line for each way of counting, spreading and deciding: means of some runs, and their standard deviation. */
export function benchAgreement(): void {
  console.log(
    `\nreplica hours, mean of ${runs} runs                             lengths  router       fluid          exact         difference`,
  );
  for (const [lengths, traffic] of [
    ["alike", alike],
    ["varied", varied],
  ] as const)
    for (const byLoad of [false, true])
      for (const [title, rest] of Object.entries(controllers)) {
        const { fluid, exact } = meanOf(runs, traffic, byLoad, rest);
        const cells = [
          title.padEnd(56),
          lengths.padEnd(8),
          (byLoad ? "by load" : "in turns").padEnd(9),
          ...[fluid, exact].map(({ replicaHours: { mean, deviation } }) =>
            `${mean.toFixed(2)} ± ${deviation.toFixed(2)}`.padStart(14),
          ),
          `${((fluid.replicaHours.mean / exact.replicaHours.mean - 1) * 100).toFixed(1)} %`.padStart(11),
        ];
        console.log(cells.join(" "));
      }
}
