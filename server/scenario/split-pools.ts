import { usualTransfers } from "../engine/serving/split-pools.ts";
import type { Link } from "../engine/simulation/scenario.ts";
import { gigabytesPerSecond } from "../engine/units.ts";
import { annotations, textOf } from "./annotations.ts";
import type { Sources } from "./origin.ts";
import type { ServingWorkload } from "./variants.ts";

/** llm-d parts pools by this label. */
const roleLabels = ["llm-d.ai/role", "llm-d.ai/inference-role"];

/** A pod that does both has no role here. */
export function roleOf({ object }: ServingWorkload): "prefill" | "decode" | undefined {
  const labels = object.view.template?.labels;
  for (const label of roleLabels) {
    const role = labels?.get(label);
    if (role === "prefill" || role === "decode") return role;
  }
  return undefined;
}

/** Of a pool that prefills, how keys and values get from there to the others. */
export function linkOf(workloads: readonly ServingWorkload[], bytesPerToken: number, sources: Sources): Link {
  for (const { object } of workloads) {
    const written = textOf(object, annotations.link);
    const bandwidth = written && bandwidthIn(written.value);
    if (written === undefined || bandwidth === undefined) continue;
    sources.note("link between prefill and decode, GB/s", String(bandwidth), sources.place(written.node));
    return { base: usualTransfers.blis.base, bandwidth: gigabytesPerSecond(bandwidth), bytesPerToken };
  }
  const { link, base } = usualTransfers.blis;
  sources.lacks(
    "link between prefill and decode pods",
    `no file says how fast it is; ${link / 1e9} GB/s are taken`,
    `the annotation ${annotations.link}: 12.5GB/s on a workload`,
  );
  return { base, bandwidth: link, bytesPerToken };
}

/** `25GB/s`, `200Gb/s` or `200Gbps`, in gigabytes a second. */
function bandwidthIn(text: string): number | undefined {
  const [, number = "", unit = ""] = /^(\d{1,6}(?:\.\d{1,6})?) ?(GB\/s|Gb\/s|Gbps)$/.exec(text.trim()) ?? [];
  const value = Number(number) / (unit === "GB/s" ? 1 : 8);
  return number !== "" && value > 0 ? value : undefined;
}
