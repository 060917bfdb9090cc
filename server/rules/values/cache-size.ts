import type { RawFix } from "../../findings/raw-finding.ts";
import { productionStackValues } from "../../kinds/helm-values/production-stack.ts";
import { modelsOf } from "../../kinds/helm-values/stack-model.ts";
import { gibibytesOf } from "../../kinds/lmcache/gibibytes.ts";
import { setScalar } from "../../text/edits.ts";
import type { ScalarNode } from "../../text/node.ts";
import { at, itemsAt, numberAt, plainValue, scalarAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { stackModel } from "./example.ts";

const example = (size: string) =>
  stackModel(`lmcacheConfig:
        enabled: true
        cpuOffloadingBufferSize: ${size}`);

export const cacheSize = defineRule({
  id: "values/cache-size",
  title: "Cache size that the production stack reads as nothing",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["LMC-057", "LMC-012"],
  docs: {
    summary:
      "cpuOffloadingBufferSize or diskOffloadingBufferSize of the production stack is not a whole number of GiB, or a disk size has no directory.",
    why: 'The chart asks whether the size is above 0 as a whole number. Text such as "20Gi" or "0.5" counts as 0 there, so the size is left out and LMCache takes its default of 5 GiB. The disk size goes to LMCache as it is, which cannot read a unit; and without LMCACHE_LOCAL_DISK, which the chart does not set, a disk size makes no disk tier.',
    mend: 'Write whole numbers of GiB for each GPU worker: cpuOffloadingBufferSize: "20". For a disk tier set LMCACHE_LOCAL_DISK in the env of the model, on a volume.',
    sources: [
      "https://github.com/vllm-project/production-stack/blob/main/helm/templates/deployment-vllm-multi.yaml",
      "https://docs.lmcache.ai/api_reference/configurations.html",
    ],
  },
  examples: { bad: example('"20Gi" # <-'), good: example('"20"') },
  messages: {
    cpu: '{object}: cpuOffloadingBufferSize "{size}" of {model} is 0 to the chart, which reads whole numbers of GiB: the size is left out, and LMCache takes its default of 5 GiB.{mend}',
    disk: '{object}: diskOffloadingBufferSize "{size}" of {model} is handed to LMCache, which reads numbers of GiB and cannot read it.{mend}',
    path: "{object}: diskOffloadingBufferSize of {model} sets a size but no directory, and LMCache makes no disk tier. Set LMCACHE_LOCAL_DISK in its env, on a volume.",
  },
  reads: [productionStackValues],
  check({ object, report }) {
    for (const { root, title: model } of modelsOf(object)) {
      if (scalarAt(root, "lmcacheConfig", "enabled")?.text !== "true") continue;
      const slots = { object: object.title, model };
      const cpu = scalarAt(root, "lmcacheConfig", "cpuOffloadingBufferSize");
      if (cpu !== undefined && wholeNumberOf(cpu) === undefined) {
        report({
          at: cpu,
          message: "cpu",
          slots: { ...slots, size: cpu.text, mend: mendWords(cpu) },
          fixes: mend(cpu),
        });
      }
      const disk = scalarAt(root, "lmcacheConfig", "diskOffloadingBufferSize");
      if (disk === undefined) continue;
      if (numberAt(disk) === undefined) {
        const told = { ...slots, size: disk.text, mend: mendWords(disk) };
        report({ at: disk, message: "disk", slots: told, fixes: mend(disk) });
      } else if ((numberAt(disk)?.value ?? 0) > 0 && !hasDirectory(root)) {
        report({ at: disk, message: "path", severity: "warning", slots });
      }
    }
  },
});

/** As `int` of Helm's templates reads it: a number is cut, a text must be whole; 0 is a way to say none. */
function wholeNumberOf(node: ScalarNode): number | undefined {
  const value = plainValue(node);
  if (typeof value === "number" || typeof value === "bigint") {
    const number = Number(value);
    return number > 0 && number < 1 ? undefined : Math.trunc(number);
  }
  if (typeof value !== "string") return undefined;
  return value.trim() === "" || /^\d+(?:\.0*)?$/.test(value) ? Number(value) : undefined;
}

function mend(node: ScalarNode): RawFix[] {
  const size = sizeFor(node);
  return size === undefined || node.anchor !== undefined
    ? []
    : [{ title: `Set it to ${size}`, safe: false, edits: [setScalar(node, size)] }];
}

function mendWords(node: ScalarNode): string {
  const size = sizeFor(node);
  return size === undefined ? " Write a whole number." : ` Write ${size}.`;
}

function sizeFor(node: ScalarNode): string | undefined {
  const gibibytes = Number(gibibytesOf(node.text) ?? node.text);
  return Number.isFinite(gibibytes) && gibibytes > 0 ? String(Math.max(1, Math.floor(gibibytes))) : undefined;
}

/** Variables of another source may name the directory. */
function hasDirectory(root: ReturnType<typeof modelsOf>[number]["root"]): boolean {
  const named = itemsAt(root, "env").some((item) => stringAt(item, "name")?.value === "LMCACHE_LOCAL_DISK");
  return named || at(root, "envFromSecret") !== undefined;
}
