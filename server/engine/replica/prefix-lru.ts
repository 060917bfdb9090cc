import { none } from "./in-flight.ts";
import type { PrefixEntries } from "./prefix-entries.ts";

/** Of what no later request asks for: it takes room all the same, until it is the oldest. */
const anonymous = -1;
/** System prompts, below all other keys. */
const systemKey = (systemPrompt: number) => -2 - systemPrompt;

/**
 * Prefixes that one replica keeps and that nothing uses now, the latest used last. Sizes are in whole units: blocks, or chunks. The
 * ends of prefixes go first, as in vLLM, which frees the blocks of a request from its end.
 */
export class PrefixLru {
  /** Units in all. */
  total = 0;
  private readonly entries: PrefixEntries;
  private readonly owner: number;
  private oldest = none;
  private newest = none;
  /** The entry of each system prompt. */
  private readonly system: Int32Array;

  constructor(entries: PrefixEntries, owner: number, systemPrompts: number) {
    this.entries = entries;
    this.owner = owner;
    this.system = new Int32Array(systemPrompts).fill(none);
  }

  conversation(session: number): number {
    return this.sizeOf(session < 0 ? none : this.entries.find(session, this.owner));
  }

  systemPrompt(id: number): number {
    return this.sizeOf(id < 0 ? none : (this.system[id] as number));
  }

  /** The latest used from now on; an older one of the same conversation goes. */
  keepConversation(session: number, size: number): void {
    if (session >= 0) {
      this.takeConversation(session);
      if (size > 0) this.append(this.entries.add(session, this.owner, size));
      return;
    }
    if (size <= 0) return;
    if (this.newest !== none && this.entries.key[this.newest] === anonymous) this.resize(this.newest, size);
    else this.append(this.entries.add(anonymous, this.owner, size));
  }

  keepSystemPrompt(id: number, size: number): void {
    this.takeSystemPrompt(id);
    if (size <= 0) return;
    const entry = this.entries.add(systemKey(id), this.owner, size);
    this.system[id] = entry;
    this.append(entry);
  }

  takeConversation(session: number): void {
    const entry = session < 0 ? none : this.entries.find(session, this.owner);
    if (entry !== none) this.drop(entry);
  }

  takeSystemPrompt(id: number): void {
    const entry = this.system[id] as number;
    if (entry !== none) this.drop(entry);
  }

  /** Gives up what was used longest ago. */
  shrinkTo(units: number): void {
    while (this.total > units && this.oldest !== none) {
      const { oldest } = this;
      const excess = this.total - Math.max(0, units);
      if (this.sizeOf(oldest) <= excess) this.drop(oldest);
      else this.resize(oldest, -excess);
    }
  }

  private sizeOf(entry: number): number {
    return entry === none ? 0 : (this.entries.size[entry] as number);
  }

  private resize(entry: number, by: number): void {
    this.entries.size[entry] = this.sizeOf(entry) + by;
    this.total += by;
  }

  private append(entry: number): void {
    const { older, newer } = this.entries;
    this.total += this.sizeOf(entry);
    older[entry] = this.newest;
    newer[entry] = none;
    if (this.newest === none) this.oldest = entry;
    else newer[this.newest] = entry;
    this.newest = entry;
  }

  private drop(entry: number): void {
    const { older, newer, key } = this.entries;
    const before = older[entry] as number;
    const after = newer[entry] as number;
    if (before === none) this.oldest = after;
    else newer[before] = after;
    if (after === none) this.newest = before;
    else older[after] = before;
    this.total -= this.sizeOf(entry);
    const id = -2 - (key[entry] as number);
    if (id >= 0) this.system[id] = none;
    this.entries.remove(entry);
  }
}
