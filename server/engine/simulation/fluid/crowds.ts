import type { ReplicaId } from "../tier.ts";
import { areAlike, type Crowd, join, type Member, newCrowd, parted } from "./crowd.ts";
import type { Speed } from "./speed.ts";

/** All replicas, in crowds of such as are alike. */
export class Crowds {
  /** Those that take requests, and those that only finish theirs. */
  open: Crowd[] = [];
  draining: Crowd[] = [];
  /** Of split pools: those that read prompts for the others. */
  reading: Crowd[] = [];
  drainingReaders: Crowd[] = [];
  readonly #members = new Map<ReplicaId, { crowd: Crowd; readonly member: Member }>();

  /** Replicas that take requests. */
  get size(): number {
    return this.open.reduce((sum, { members }) => sum + members.length, 0);
  }

  start(id: ReplicaId, variant: string, speed: Speed, reads: boolean): void {
    const crowd = newCrowd(id, variant, speed);
    this.#members.set(id, { crowd, member: crowd.members[0] as Member });
    (reads ? this.reading : this.open).push(crowd);
  }

  find(id: ReplicaId): { readonly crowd: Crowd; readonly member: Member } {
    const found = this.#members.get(id);
    if (found === undefined) throw new RangeError(`there is no replica ${id}`);
    return found;
  }

  drain(id: ReplicaId): void {
    const { crowd, member } = this.find(id);
    if (crowd.draining) return;
    const reads = this.reading.includes(crowd);
    const alone = parted(crowd, member, true);
    this.#forgetEmpty();
    (reads ? this.drainingReaders : this.draining).push(alone);
    this.#members.set(id, { crowd: alone, member });
  }

  remove(id: ReplicaId): Crowd {
    const { crowd, member } = this.find(id);
    crowd.members.splice(crowd.members.indexOf(member), 1);
    this.#members.delete(id);
    this.#forgetEmpty();
    return crowd;
  }

  /** Joins what has become alike. */
  unite(): void {
    this.#unite(this.open);
    this.#unite(this.reading);
  }

  #unite(open: Crowd[]): void {
    for (let index = open.length - 1; index > 0; index--) {
      const later = open[index] as Crowd;
      const alike = open.findIndex((crowd, before) => before < index && areAlike(crowd, later));
      if (alike < 0) continue;
      const crowd = open[alike] as Crowd;
      for (const { id } of later.members) (this.#members.get(id) as { crowd: Crowd }).crowd = crowd;
      join(crowd, later);
      open.splice(index, 1);
    }
  }

  #forgetEmpty(): void {
    this.open = this.open.filter(({ members }) => members.length > 0);
    this.draining = this.draining.filter(({ members }) => members.length > 0);
    this.reading = this.reading.filter(({ members }) => members.length > 0);
    this.drainingReaders = this.drainingReaders.filter(({ members }) => members.length > 0);
  }
}
