export interface FoundFile {
  readonly absolute: string;
  /** Where it is when all links are followed: the names of one file have it in common. */
  readonly real: string;
}

/** Something that could not be read, before it has the name that people know it by. */
export interface Trouble {
  readonly absolute: string;
  readonly reason: string;
}

export interface Found {
  readonly files: readonly FoundFile[];
  /** The names of manifests that each directory has that was looked into, wanted or not. */
  readonly listed: ReadonlyMap<string, readonly string[]>;
  readonly troubles: readonly Trouble[];
}
