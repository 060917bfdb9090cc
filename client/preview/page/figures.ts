import { figureNames } from "../../../server/forecast/figures.ts";
import type { Picture } from "../../../server/forecast/picture.ts";

/** Every figure of a run that has a name here and a number. */
export function figuresOf({ summary }: Picture): readonly { readonly name: string; readonly value: number | null }[] {
  return figureNames.flatMap((name) => {
    const value = name
      .split(".")
      .reduce<unknown>(
        (of, key) => (typeof of === "object" && of !== null ? (of as Record<string, unknown>)[key] : undefined),
        summary,
      );
    return typeof value === "number" || value === null ? [{ name, value }] : [];
  });
}
