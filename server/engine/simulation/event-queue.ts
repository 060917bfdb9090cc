interface Entry<E> {
  readonly at: number;
  readonly kind: number;
  readonly sequence: number;
  readonly event: E;
}

/** Events in the order of their time, then their kind, then the order in which they were added: a heap. */
export class EventQueue<E> {
  readonly #heap: Entry<E>[] = [];
  #sequence = 0;

  /** When the next event is due. */
  get nextAt(): number {
    return this.#heap[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  add(at: number, kind: number, event: E): void {
    const heap = this.#heap;
    const entry = { at, kind, sequence: this.#sequence++, event };
    let index = heap.length;
    heap.push(entry);
    while (index > 0) {
      const above = (index - 1) >> 1;
      if (!isBefore(entry, heap[above] as Entry<E>)) break;
      heap[index] = heap[above] as Entry<E>;
      index = above;
    }
    heap[index] = entry;
  }

  take(): { readonly at: number; readonly event: E } | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (first === undefined || last === undefined) return undefined;
    if (this.#heap.length > 0) this.#sink(last);
    return first;
  }

  #sink(entry: Entry<E>): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      let below = 2 * index + 1;
      if (below >= heap.length) break;
      const right = heap[below + 1];
      if (right !== undefined && isBefore(right, heap[below] as Entry<E>)) below += 1;
      if (!isBefore(heap[below] as Entry<E>, entry)) break;
      heap[index] = heap[below] as Entry<E>;
      index = below;
    }
    heap[index] = entry;
  }
}

function isBefore<E>(a: Entry<E>, b: Entry<E>): boolean {
  return a.at !== b.at ? a.at < b.at : a.kind !== b.kind ? a.kind < b.kind : a.sequence < b.sequence;
}
