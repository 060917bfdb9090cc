import type { Endpoint } from "../epp/endpoint.ts";
import { milliseconds, share, tokens } from "../units.ts";
import { grown } from "./grow.ts";
import { type InFlight, none } from "./in-flight.ts";
import type { PrefixEntries } from "./prefix-entries.ts";
import type { Replica } from "./replica.ts";

export interface Member {
  readonly id: string;
  readonly replica: Replica;
}

/** Thresholds of the saturation detector. */
export interface Detector {
  readonly queueDepth: number;
  readonly kvUsage: number;
  /** Milliseconds after which metrics say nothing. */
  readonly staleness: number;
}

/**
 * The ready replicas of one role, and what the router knows of them: their metrics as of its last look, the same moment for all; and
 * what it has sent there itself, which it counts without looking.
 */
export class Pool {
  readonly members: Member[] = [];
  waiting = new Float64Array(16);
  running = new Float64Array(16);
  kvUsage = new Float64Array(16);
  /** 1: it was looked at since it came. */
  scraped = new Int32Array(16);
  /** Of all replicas that ever were, by owner. */
  requestsInFlight = new Int32Array(16);
  tokensInFlight = new Float64Array(16);
  /** When it was last looked at. */
  scrapedAt = Number.NEGATIVE_INFINITY;
  /** Counts what changes the answers: looks, and who comes and goes. */
  revision = 0;
  private readonly scrape: number;
  private readonly entries: PrefixEntries;
  /** The place of each owner among the members. */
  private places = new Int32Array(16).fill(none);
  private conversation = new Int32Array(16);

  constructor(scrape: number, entries: PrefixEntries) {
    this.scrape = scrape;
    this.entries = entries;
  }

  add(member: Member): void {
    const place = this.members.push(member) - 1;
    const { owner } = member.replica;
    if (place >= this.waiting.length) {
      for (const name of ["waiting", "running", "kvUsage"] as const) this[name] = grown(this[name], 2 * place);
      this.scraped = grown(this.scraped, 2 * place);
      this.conversation = grown(this.conversation, 2 * place);
    }
    if (owner >= this.places.length) {
      const known = this.places.length;
      this.places = grown(this.places, 2 * owner).fill(none, known);
      this.requestsInFlight = grown(this.requestsInFlight, 2 * owner);
      this.tokensInFlight = grown(this.tokensInFlight, 2 * owner);
    }
    this.places[owner] = place;
    this.waiting[place] = this.running[place] = this.kvUsage[place] = this.scraped[place] = 0;
    this.revision++;
  }

  remove(member: Member): void {
    const gone = this.members.indexOf(member);
    if (gone < 0) return;
    this.members.splice(gone, 1);
    for (const column of [this.waiting, this.running, this.kvUsage, this.scraped]) column.copyWithin(gone, gone + 1);
    this.places[member.replica.owner] = none;
    for (const [place, { replica }] of this.members.entries()) this.places[replica.owner] = place;
    this.revision++;
  }

  /** Undefined: nobody stands there. */
  at(place: number): Replica | undefined {
    return place < 0 ? undefined : this.members[place]?.replica;
  }

  /** The last whole multiple of the interval that is not after `time`, which may be one up to its last digits. */
  lookBefore(time: number): number {
    return Math.min(time, Math.floor(time / this.scrape + 1e-9) * this.scrape);
  }

  /** All have been run to `at`. */
  look(at: number): void {
    this.scrapedAt = at;
    this.revision++;
    for (let place = 0; place < this.members.length; place++) {
      const { replica } = this.members[place] as Member;
      this.waiting[place] = replica.waitingAt(at);
      this.running[place] = replica.batch.size;
      this.kvUsage[place] = replica.usedBlocksAt(at) / replica.kv.total;
      this.scraped[place] = 1;
    }
  }

  /** Tokens of the prompt that each member has, into `hits`; whether any has some. */
  prefixHits(row: number, rows: InFlight, hits: Float64Array): boolean {
    const { conversation, entries, members } = this;
    const session = rows.session[row] as number;
    let entry = session < 0 ? none : entries.first(session);
    if (entry === none && (rows.systemPrompt[row] as number) < 0) return false;
    while (entry !== none) {
      const place = this.places[entries.owner[entry] as number] as number;
      if (place !== none) conversation[place] = entries.size[entry] as number;
      entry = entries.elsewhere[entry] as number;
    }
    let some = false;
    for (let place = 0; place < members.length; place++) {
      const hit = (members[place] as Member).replica.kv.tokensWith(row, conversation[place] as number);
      conversation[place] = 0;
      hits[place] = hit;
      some ||= hit > 0;
    }
    return some;
  }

  /**
   * The pool's saturation as `utilization-detector` has it (`epp/saturation.ts`): the mean over the members of the fuller of queue
   * and KV cache; whose metrics are stale is full.
   */
  saturation(now: number, { queueDepth, kvUsage, staleness }: Detector): number {
    const { length } = this.members;
    if (length === 0) return 1;
    const isFresh = (now - this.scrapedAt) * 1000 <= staleness;
    let sum = 0;
    for (let place = 0; place < length; place++) {
      const queue = (this.waiting[place] as number) / queueDepth;
      const kv = (this.kvUsage[place] as number) / kvUsage;
      sum += isFresh && this.scraped[place] === 1 ? Math.max(queue, kv) : 1;
    }
    return sum / length;
  }

  /** The same in the words of the endpoint picker. */
  endpoints(now: number, row: number, rows: InFlight): Endpoint[] {
    const hits = new Float64Array(this.members.length);
    if (row !== none) this.prefixHits(row, rows, hits);
    return this.members.map(({ id, replica }, place) => ({
      name: id,
      ready: true,
      role: replica.server.role ?? "both",
      waitingRequests: this.waiting[place] as number,
      runningRequests: this.running[place] as number,
      kvUsage: share(this.kvUsage[place] as number),
      ...(this.scraped[place] === 1 ? { metricsAge: milliseconds((now - this.scrapedAt) * 1000) } : {}),
      inFlight: {
        requests: this.requestsInFlight[replica.owner] as number,
        tokens: tokens(this.tokensInFlight[replica.owner] as number),
      },
      prefixHit: tokens(hits[place] as number),
    }));
  }
}
