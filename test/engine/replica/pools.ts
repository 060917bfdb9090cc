import type { Link } from "../../../server/engine/simulation/scenario.ts";
import { gigabytesPerSecond } from "../../../server/engine/units.ts";

/** BLIS's defaults, and the keys and values of Llama 3.1 8B. */
export const capacityLink: Link = { base: 0.00005, bandwidth: gigabytesPerSecond(25), bytesPerToken: 131_072 };
