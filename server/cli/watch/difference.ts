import type { InputFile } from "../inputs/input.ts";
import type { Gathered } from "../lint/gather.ts";

/** What became different between two looks at the files. */
export interface Difference {
  /** Of files that changed, came or went. */
  readonly names: readonly string[];
  /** The files that have another text, when that is all; absent when more changed. */
  readonly texts: readonly InputFile[] | undefined;
}

export function differenceOf(before: Gathered, now: Gathered): Difference {
  const lists = [
    [before.files, now.files],
    [before.alone, now.alone],
    [before.configs, now.configs],
  ] as const;
  const [texts = [], ...others] = lists.map(([old, young]) => changedIn(old, young));
  const names = [...texts, ...others.flat()].map(({ path }) => path);
  const sameFiles = placesOf(before) === placesOf(now);
  const troubles = JSON.stringify(before.problems) === JSON.stringify(now.problems);
  const onlyTexts = sameFiles && troubles && others.every((list) => list.length === 0);
  return {
    names: troubles ? names : [...names, ...now.problems.map(({ path }) => path)],
    texts: onlyTexts ? texts : undefined,
  };
}

function changedIn(before: readonly InputFile[], now: readonly InputFile[]): InputFile[] {
  const texts = new Map(before.map(({ absolute, text }) => [absolute, text]));
  const there = new Set(now.map(({ absolute }) => absolute));
  return [
    ...now.filter(({ absolute, text }) => texts.get(absolute) !== text),
    ...before.filter(({ absolute }) => !there.has(absolute)),
  ];
}

function placesOf({ files, partial }: Gathered): string {
  return JSON.stringify([files.map(({ absolute }) => absolute), partial]);
}
