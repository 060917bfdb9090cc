/** Where a number of the input stands: a line of a manifest, a catalogue, a default. The engine only hands it on. */
export type OriginId = string;

export interface Sourced<T> {
  readonly value: T;
  readonly origin?: OriginId;
}

/** Origins of the settings of a whole specification, by the names in which decisions speak of them: `scaleUp.stabilizationWindowSeconds`. */
export type Origins = ReadonlyMap<string, OriginId>;

export function given<T>(value: T, origin?: OriginId): Sourced<T> {
  return origin === undefined ? { value } : { value, origin };
}
