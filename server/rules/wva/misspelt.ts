import type { SaturationEntry, ThresholdKey } from "../../kinds/wva/saturation.ts";
import { thresholdKeys } from "../../kinds/wva/saturation.ts";
import { meantKey } from "../../schemas/meant.ts";
import { at, entriesAt } from "../../text/read.ts";

/** Whether a threshold is missing because its name is misspelt: `schema/unknown-key` tells that with what follows. */
export function isMisspelt({ root }: SaturationEntry, key: ThresholdKey): boolean {
  if (at(root, key) !== undefined) return false;
  return entriesAt(root).some(({ key: written }) => meantKey(written.text, thresholdKeys) === key);
}
