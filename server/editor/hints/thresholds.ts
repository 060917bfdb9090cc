import { usesTokens } from "../../engine/wva/config/entry.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { type SaturationView, saturationConfig, thresholdKeys } from "../../kinds/wva/saturation.ts";
import { numbersOf } from "../../scenario/saturation-numbers.ts";
import { at } from "../../text/read.ts";
import { effectiveEntry, shownBy } from "../hover/saturation.ts";
import type { Surroundings } from "../lenses/lens.ts";
import type { Hint } from "./hint.ts";

/** What an entry of thresholds takes from elsewhere, where it is known which version of WVA reads it. */
export function thresholdHints(object: StackObject, { settings }: Surroundings): Hint[] {
  if (object.kind.id !== saturationConfig.id) return [];
  const config = object as StackObject<SaturationView>;
  const { entries } = config.view;
  const version = settings(config).version("wva") ?? shownBy(config);
  if (version === undefined) return [];
  return entries.flatMap((entry): Hint[] => {
    const { carrier } = entry.doc;
    const numbers = numbersOf(entry);
    const { isRead, value } = effectiveEntry(version, entry, entries);
    if (carrier === undefined || numbers === undefined || usesTokens(numbers.entry) || !isRead) return [];
    const left = thresholdKeys.filter((key) => at(entry.root, key) === undefined);
    const label = left.map((key) => `${key} ${value(key)}`).join(", ");
    const { doc, start } = carrier.node;
    return label === "" ? [] : [{ doc, offset: lineEnd(doc.text, start), label }];
  });
}

/** Behind `|`. */
function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : text.endsWith("\r", end) ? end - 1 : end;
}
