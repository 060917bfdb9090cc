import type { ReplicaId } from "../simulation/tier.ts";
import { type Detector, type Member, Pool } from "./pool.ts";
import { Replica, type Surroundings } from "./replica.ts";
import type { ReplicaServer } from "./server.ts";

/**
 * The replicas that are there. They run by themselves as far as nobody asks for them; a look at their metrics brings all to the same
 * moment.
 */
export class Fleet {
  /** Where answers are made, and where prompts are when that is done apart. */
  readonly decoding: Pool;
  readonly prefilling: Pool;
  private readonly members = new Map<ReplicaId, Member>();
  private readonly byOwner: (Replica | undefined)[] = [];
  /** Those that prefill come first, because their requests go on to the others. */
  private order: readonly Replica[] = [];
  private readonly scrape: number;
  private readonly around: Surroundings;
  /** Output tokens of those that are gone. */
  private goneTokens = 0;

  constructor(scrape: number, around: Surroundings) {
    this.scrape = scrape;
    this.around = around;
    this.decoding = new Pool(scrape, around.entries);
    this.prefilling = new Pool(scrape, around.entries);
  }

  start(id: ReplicaId, server: ReplicaServer): void {
    const replica = new Replica(server, this.byOwner.length, this.around);
    const member = { id, replica };
    this.byOwner.push(replica);
    this.members.set(id, member);
    this.poolOf(replica).add(member);
    this.reorder();
  }

  drain(id: ReplicaId): void {
    const member = this.member(id);
    this.poolOf(member.replica).remove(member);
  }

  /** Hands over all rows that it has. */
  kill(id: ReplicaId, now: number, take: (row: number, replica: Replica) => void): void {
    const member = this.member(id);
    const { replica } = member;
    this.poolOf(replica).remove(member);
    this.members.delete(id);
    this.byOwner[replica.owner] = undefined;
    this.goneTokens += replica.countersAt(now).outputTokens;
    replica.cut((row) => take(row, replica));
    this.reorder();
  }

  member(id: ReplicaId): Member {
    const member = this.members.get(id);
    if (member === undefined) throw new RangeError(`there is no replica ${id}`);
    return member;
  }

  /** Undefined: it is gone. */
  owner(owner: number): Replica | undefined {
    return this.byOwner[owner];
  }

  poolOf({ server }: Replica): Pool {
    return server.role === "prefill" ? this.prefilling : this.decoding;
  }

  runTo(time: number): void {
    for (const replica of this.order) if (replica.stepEnd <= time) replica.run(time);
  }

  /** The last look that is due by then, if it has not been taken. */
  lookBy(time: number): void {
    const at = this.decoding.lookBefore(time);
    if (at <= this.decoding.scrapedAt) return;
    this.runTo(at);
    this.decoding.look(at);
    this.prefilling.look(at);
  }

  nextLook(time: number): number {
    return this.decoding.lookBefore(time) + this.scrape;
  }

  /** Of all members together, by the last look. */
  saturationAt(time: number, detector: Detector): number {
    this.lookBy(time);
    const decoders = this.decoding.members.length;
    const prefillers = this.prefilling.members.length;
    if (prefillers === 0) return this.decoding.saturation(time, detector);
    const sum =
      (decoders === 0 ? 0 : this.decoding.saturation(time, detector) * decoders) +
      this.prefilling.saturation(time, detector) * prefillers;
    return sum / (decoders + prefillers);
  }

  outputTokens(now: number): number {
    return this.order.reduce((sum, replica) => sum + replica.countersAt(now).outputTokens, this.goneTokens);
  }

  private reorder(): void {
    const all = [...this.members.values()].map(({ replica }) => replica);
    const prefills = ({ server }: Replica) => server.role === "prefill";
    this.order = [...all.filter(prefills), ...all.filter((replica) => !prefills(replica))];
  }
}
