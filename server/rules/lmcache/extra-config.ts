import type { RawFix } from "../../findings/raw-finding.ts";
import { isOpen } from "../../kinds/vllm/command-line.ts";
import { daemonSet } from "../../kinds/workload/daemon-set.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { setScalar } from "../../text/edits.ts";
import type { Placed } from "../../text/read.ts";
import { resolve } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { templatesOf } from "../vllm/servers.ts";
import { engineExample } from "./example.ts";
import { containerTitle } from "./settings.ts";

const example = (json: string) => engineExample({ env: `- name: LMCACHE_EXTRA_CONFIG\n  value: ${json}` });

export const extraConfig = defineRule({
  id: "lmcache/extra-config",
  title: "LMCACHE_EXTRA_CONFIG that is no JSON",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["LMC-061"],
  docs: {
    summary: "LMCACHE_EXTRA_CONFIG is written in Python's manner, or is no JSON for another reason.",
    why: "LMCache reads the variable as strict JSON. Single quotes, True and None, as a page of its own documentation shows them, do not parse; LMCache logs that and goes on as if extra_config were not set.",
    mend: "Use double quotes, true, false and null.",
    sources: [
      "https://docs.lmcache.ai/api_reference/configurations.html",
      "https://github.com/LMCache/LMCache/blob/dev/lmcache/v1/config_base.py",
    ],
  },
  examples: { bad: example(`"{'use_odirect': True}" # <-`), good: example(`'{"use_odirect": true}'`) },
  messages: {
    python: "{object}: {name} is written as Python, and LMCache ignores all of it. Write {better}.",
    broken: "{object}: {name} is no JSON object, and LMCache ignores all of it. Write one, with double quotes.",
  },
  reads: [daemonSet, deployment, statefulSet, leaderWorkerSet],
  check({ object, report }) {
    for (const container of templatesOf(object).flatMap(({ containers }) => containers)) {
      for (const { name, value } of container.env) {
        if (!/^LMCACHE_(?:EC_)?EXTRA_CONFIG$/.test(name) || value === undefined || value.value.trim() === "") continue;
        if (/\$\(|\$\{|\{\{/.test(value.value) || isOpen(value.value.replace(/[`$]/g, "")) || isObject(value.value))
          continue;
        const better = fromPython(value.value);
        const slots = { object: containerTitle(object, container), name };
        if (better === undefined) report({ at: value.node, message: "broken", slots });
        else report({ at: value.node, message: "python", slots: { ...slots, better }, fixes: written(value, better) });
      }
    }
  },
});

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** The same in JSON, where the quotes inside of texts leave no doubt. */
function fromPython(text: string): string | undefined {
  if (text.length > 10_000 || (text.includes('"') && text.includes("'"))) return undefined;
  const json = text
    .replaceAll("'", '"')
    .split(/("[^"]*")/)
    .map((part) =>
      part.startsWith('"')
        ? part
        : part
            .replace(/\bTrue\b/g, "true")
            .replace(/\bFalse\b/g, "false")
            .replace(/\bNone\b/g, "null"),
    )
    .join("");
  return isObject(json) ? json : undefined;
}

function written({ node }: Placed<string>, json: string): RawFix[] {
  const scalar = resolve(node);
  if (scalar?.type !== "scalar") return [];
  const edit = setScalar(scalar, json);
  return [{ title: "Write it as JSON", safe: false, edits: [{ ...edit, newText: `'${json.replaceAll("'", "''")}'` }] }];
}
