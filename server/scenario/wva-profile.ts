import type { WvaProfile } from "../engine/wva/profiles.ts";
import type { WvaRelease } from "../graph/wva-release.ts";

/** The rule set of a release; 0.6 stands for 0.7 too, main for 0.8 and later. */
export function profileOf({ minor }: WvaRelease): WvaProfile {
  if (minor <= 4) return "v0.4";
  if (minor === 5) return "v0.5";
  return minor <= 7 ? "v0.6" : "main";
}
