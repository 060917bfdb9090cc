import { builtInEntry } from "../../engine/wva/config/defaults.ts";
import type { ThresholdKey } from "../../kinds/wva/saturation.ts";

/** WVA's own numbers as people write them. */
export function usual(key: ThresholdKey): string {
  return key.startsWith("kv") ? builtInEntry[key].toFixed(2) : String(builtInEntry[key]);
}
