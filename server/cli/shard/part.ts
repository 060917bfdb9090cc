/** One of several runs that share the work: the `index`th, from one, of `count`. */
export interface Part {
  readonly index: number;
  readonly count: number;
}

/** More parts than that have nothing to do. */
const mostParts = 1000;

/** Reads `2/4`; absent for anything else. */
export function partIn(text: string): Part | undefined {
  const [, index = "", count = ""] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const part = { index: Number(index), count: Number(count) };
  return part.index >= 1 && part.index <= part.count && part.count <= mostParts ? part : undefined;
}

/** The files of the other parts: they take turns, so that a directory is shared by all. */
export function foreign<File>(files: readonly File[], { index, count }: Part): File[] {
  return files.filter((_, at) => at % count !== index - 1);
}
