import { grown } from "./grow.ts";
import { none } from "./in-flight.ts";

/**
 * What prefix caches hold: entries of all replicas in columns, found by their conversation. The entries of one conversation are a
 * list, one for each replica that has a part of it, so that a router finds all of them at once.
 */
export class PrefixEntries {
  /** The conversation; what has none is found by nobody. */
  key = new Int32Array(256);
  owner = new Int32Array(256);
  size = new Int32Array(256);
  /** Neighbours in the order of use, within one cache. */
  older = new Int32Array(256);
  newer = new Int32Array(256);
  /** The same conversation elsewhere. */
  elsewhere = new Int32Array(256);

  private made = 0;
  private free = none;
  /** Open addressing: a conversation and its first entry. */
  private keys = new Int32Array(1024).fill(none);
  private firsts = new Int32Array(1024);
  private filled = 0;

  add(key: number, owner: number, size: number): number {
    const entry = this.take();
    this.key[entry] = key;
    this.owner[entry] = owner;
    this.size[entry] = size;
    if (key < 0) return entry;
    if (2 * this.filled >= this.keys.length) this.rehash();
    const slot = this.slotOf(key);
    if (this.keys[slot] === key) this.elsewhere[entry] = this.firsts[slot] as number;
    else {
      this.keys[slot] = key;
      this.filled++;
      this.elsewhere[entry] = none;
    }
    this.firsts[slot] = entry;
    return entry;
  }

  remove(entry: number): void {
    const key = this.key[entry] as number;
    if (key >= 0) this.unlist(entry, key);
    this.older[entry] = this.free;
    this.free = entry;
  }

  /** The first entry of a conversation; the others follow in `elsewhere`. */
  first(key: number): number {
    const slot = this.slotOf(key);
    return this.keys[slot] === key ? (this.firsts[slot] as number) : none;
  }

  find(key: number, owner: number): number {
    let entry = this.first(key);
    while (entry !== none && this.owner[entry] !== owner) entry = this.elsewhere[entry] as number;
    return entry;
  }

  private unlist(entry: number, key: number): void {
    const slot = this.slotOf(key);
    const next = this.elsewhere[entry] as number;
    if (this.firsts[slot] === entry) {
      if (next === none) this.vacate(slot);
      else this.firsts[slot] = next;
      return;
    }
    let before = this.firsts[slot] as number;
    while (this.elsewhere[before] !== entry) before = this.elsewhere[before] as number;
    this.elsewhere[before] = next;
  }

  /** Moves back what stands behind a gap, so that no search ends too early. */
  private vacate(gap: number): void {
    const mask = this.keys.length - 1;
    this.filled--;
    let hole = gap;
    for (let slot = (gap + 1) & mask; this.keys[slot] !== none; slot = (slot + 1) & mask) {
      const home = hash(this.keys[slot] as number) & mask;
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
      this.keys[hole] = this.keys[slot] as number;
      this.firsts[hole] = this.firsts[slot] as number;
      hole = slot;
    }
    this.keys[hole] = none;
  }

  /** Where the conversation stands, or could. */
  private slotOf(key: number): number {
    const { keys } = this;
    const mask = keys.length - 1;
    let slot = hash(key) & mask;
    while (keys[slot] !== none && keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  private rehash(): void {
    const { keys, firsts } = this;
    this.keys = new Int32Array(2 * keys.length).fill(none);
    this.firsts = new Int32Array(2 * keys.length);
    for (let old = 0; old < keys.length; old++) {
      const key = keys[old] as number;
      if (key === none) continue;
      const slot = this.slotOf(key);
      this.keys[slot] = key;
      this.firsts[slot] = firsts[old] as number;
    }
  }

  private take(): number {
    const entry = this.free;
    if (entry !== none) {
      this.free = this.older[entry] as number;
      return entry;
    }
    if (this.made === this.key.length)
      for (const name of ["key", "owner", "size", "older", "newer", "elsewhere"] as const)
        this[name] = grown(this[name], 2 * this.made);
    return this.made++;
  }
}

/** Spreads neighbouring numbers (the constant of Knuth's multiplicative hashing). */
function hash(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> 7;
}
