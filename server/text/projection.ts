/**
 * How a text that was taken out of another one lies in it: a YAML document in a block scalar, JSON in a shell word.
 * Offsets of the inner text become offsets of the outer text, and a replacement for the inner text becomes what has
 * to be written into the outer one.
 */
export interface Projection {
  /** Where the character at an inner offset stands in the outer text. */
  outward(offset: number): number;
  /** The end, in the outer text, of the character that ends at an inner offset. */
  outwardEnd(offset: number): number;
  /** The outer spelling of a replacement; absent where it cannot be written there. */
  encode(text: string): string | undefined;
}

/** `length` characters that stand side by side in both texts, or, with a `width`, as an escape of that many characters. */
export interface Segment {
  readonly inner: number;
  readonly outer: number;
  readonly length: number;
  readonly width?: number;
}

export function projectionOf(segments: readonly Segment[], encode: Projection["encode"]): Projection {
  return {
    outward(offset) {
      const segment = segmentAt(segments, offset);
      if (segment === undefined) return offset;
      const into = offset - segment.inner;
      return into < segment.length ? segment.outer + into : endOf(segment);
    },
    outwardEnd(offset) {
      const segment = segmentAt(segments, offset - 1);
      if (segment === undefined) return offset;
      const into = offset - segment.inner;
      return into < segment.length ? segment.outer + into : endOf(segment);
    },
    encode,
  };
}

/** Inner text of a text that was itself taken out of another one. */
export function nest(inner: Projection, outer: Projection): Projection {
  return {
    outward: (offset) => outer.outward(inner.outward(offset)),
    outwardEnd: (offset) => outer.outwardEnd(inner.outwardEnd(offset)),
    encode(text) {
      const encoded = inner.encode(text);
      return encoded === undefined ? undefined : outer.encode(encoded);
    },
  };
}

/** A part of a text, from an offset on, as it stands there. */
export function shifted(by: number): Projection {
  return { outward: (offset) => offset + by, outwardEnd: (offset) => offset + by, encode: (text) => text };
}

/** The outer end of an inner stretch: behind its last character, which is exact where lines were cut or folded. */
export function outwardEnd(projection: Projection, start: number, end: number): number {
  return end > start ? projection.outwardEnd(end) : projection.outward(end);
}

function endOf({ outer, length, width }: Segment): number {
  return outer + (width ?? length);
}

/** The last segment that begins at or before the offset. */
function segmentAt(segments: readonly Segment[], offset: number): Segment | undefined {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((segments[middle] as Segment).inner <= offset) low = middle;
    else high = middle - 1;
  }
  return segments[low];
}
