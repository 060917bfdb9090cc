import type { Scenario } from "../scenario.ts";
import { cells } from "./cells.ts";
import { Chance, chanceLaw } from "./chance.ts";
import type { Crowd } from "./crowd.ts";
import { along, columns, type Speed } from "./speed.ts";

/** Of the pace, at least so much is left to swell by. */
const leastFree = 0.2;

/** What a gauge shows at a moment beside the mean: chance, and requests whose first token is on its way. */
export class Moments {
  readonly #traffic: Scenario["traffic"];
  readonly #chance: Chance | undefined;
  /** When those that share the requests were last told to the chance. */
  #sharedAt = Number.NaN;

  constructor({ traffic, router, seed }: Pick<Scenario, "traffic" | "router" | "seed">) {
    this.#traffic = traffic;
    const { variation } = traffic;
    if (variation === undefined) return;
    this.#chance = new Chance(chanceLaw(variation, traffic, router.profile !== undefined), seed);
  }

  pass(seconds: number, open: readonly Crowd[]): void {
    this.#chance?.pass(seconds, this.#stay(open));
  }

  /** Replicas come and go. */
  changed(): void {
    this.#sharedAt = Number.NaN;
  }

  forget(id: string): void {
    this.#chance?.forget(id);
  }

  /** Requests beyond the mean that run on one replica; a full one has no chance left. */
  requestsOf(crowd: Crowd, id: string, open: readonly Crowd[], now: number): number {
    return this.#of(crowd, open, now, (chance, mean, stay) => chance.ofOne(id, mean, stay, now));
  }

  /** The same of the tokens that they hold, in requests of the mean length. */
  tokensOf(crowd: Crowd, id: string, open: readonly Crowd[], now: number): number {
    return this.#of(crowd, open, now, (chance, mean, stay) => chance.tokensOfOne(id, mean, stay, now));
  }

  /** Of all that run, as a share of the `requests` that are inside. */
  shareOfAll(open: readonly Crowd[], requests: number): number {
    if (this.#chance === undefined) return 0;
    let [runs, reading] = [0, 0];
    for (const { speed, cells: own, members } of open) {
      if (own[cells.waiting] !== 0) continue;
      runs += members.length * (own[cells.running] as number) * this.#swell(speed, own);
      reading += members.length * this.#reading(speed, own);
    }
    return runs === 0 ? 0 : (reading + Math.max(-runs, this.#chance.ofAll(runs))) / requests;
  }

  #of(
    { cells: own, draining, speed }: Crowd,
    open: readonly Crowd[],
    now: number,
    deviation: (chance: Chance, mean: number, stay: number) => number,
  ): number {
    if (this.#chance === undefined || draining || own[cells.waiting] !== 0) return 0;
    const mean = own[cells.running] as number;
    const stay = this.#stay(open);
    if (this.#sharedAt !== now) {
      const ids = open.flatMap(({ members }) => members.map((member) => member.id));
      this.#chance.share(ids, stay, now);
      this.#sharedAt = now;
    }
    const by = deviation(this.#chance, mean, stay);
    return this.#reading(speed, own) + Math.sqrt(this.#swell(speed, own)) * by;
  }

  /** The mean of those that wait for their first token, by Little's law: what runs in the means are those that write. */
  #reading({ overhead }: Speed, own: Float64Array): number {
    const gap = own[cells.itl] as number;
    const first = (own[cells.ttft] as number) - overhead - gap;
    return ((own[cells.running] as number) * Math.max(0, first)) / (gap * this.#traffic.outputTokens);
  }

  /**
   * By how much the variance grows because more requests make each slower: by decoding together, and by the prompts that are
   * read meanwhile, the more so the more these differ (the second moment of what one waits for).
   */
  #swell({ rows }: Speed, own: Float64Array): number {
    const running = own[cells.running] as number;
    const row = Math.floor(running) * columns.count + columns.decode;
    const decode = along(rows, row, running - Math.floor(running));
    const slope = (rows[row + columns.count] as number) - (rows[row] as number);
    const reading = 1 - decode / (own[cells.itl] as number);
    const { promptVariation = 0 } = this.#traffic;
    return 1 / Math.max(leastFree, 1 - (running * slope) / decode - reading * (1 + promptVariation ** 2));
  }

  /** Seconds of a request's answer, as the first crowd has it. */
  #stay([crowd]: readonly Crowd[]): number {
    return crowd === undefined ? 1 : (crowd.cells[cells.itl] as number) * this.#traffic.outputTokens;
  }
}
