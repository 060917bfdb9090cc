import { filesBelow } from "../support/directory.ts";

/** Manifests that are right, by path: what is changed at random. */
export function seedFiles(): readonly (readonly [path: string, text: string])[] {
  return [...Object.entries(filesBelow("examples")), ...Object.entries(filesBelow("test/corpus/clean"))].filter(
    ([path, text]) => /\.ya?ml$/.test(path) && text.length > 0 && text.length < 20_000,
  );
}
