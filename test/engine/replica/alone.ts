import { InFlight, stage } from "../../../server/engine/replica/in-flight.ts";
import { PrefixEntries } from "../../../server/engine/replica/prefix-entries.ts";
import { Replica } from "../../../server/engine/replica/replica.ts";
import type { ReplicaServer } from "../../../server/engine/replica/server.ts";
import type { PlainOutcome, PlainRequest } from "./plain.ts";

/** One replica with all that comes to it, and what became of each request. */
export class Alone {
  readonly rows = new InFlight();
  readonly outcomes: PlainOutcome[] = [];
  readonly replica: Replica;

  constructor(server: ReplicaServer, systemPrompts: readonly number[] = []) {
    const outcomeOf = (row: number) => this.outcomes[this.rows.line[row] ?? -1] ?? { firstToken: 0, finished: 0 };
    this.replica = new Replica(server, 0, {
      rows: this.rows,
      entries: new PrefixEntries(),
      systemPrompts,
      listener: {
        firstToken: (row, at) => {
          outcomeOf(row).firstToken = at;
        },
        finished: (row, at) => {
          outcomeOf(row).finished = at;
          this.rows.release(row);
        },
      },
    });
  }

  arrive({ at, isl, osl, session, systemPrompt, history }: PlainRequest): void {
    const { rows } = this;
    const row = rows.take();
    rows.arrival[row] = rows.ready[row] = at;
    rows.isl[row] = isl;
    rows.osl[row] = rows.answer[row] = osl;
    rows.session[row] = session;
    rows.systemPrompt[row] = systemPrompt;
    rows.history[row] = history;
    rows.stage[row] = stage.whole;
    rows.line[row] = this.outcomes.push({ firstToken: Number.NaN, finished: Number.NaN }) - 1;
    this.replica.arrive(row);
  }
}

export const usualServer: Omit<ReplicaServer, "law"> = {
  capacity: 100_000,
  blockSize: 16,
  maxRunning: 64,
  maxBatchedTokens: 2048,
  prefixCaching: true,
};
