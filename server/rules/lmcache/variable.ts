import type { RawFix } from "../../findings/raw-finding.ts";
import { isOpen } from "../../kinds/vllm/command-line.ts";
import type { Container, EnvVariable } from "../../kinds/workload/container.ts";
import { daemonSet } from "../../kinds/workload/daemon-set.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { judgeKey, type KeyVerdict } from "../../schemas/one-key.ts";
import type { Allowed } from "../../schemas/problem.ts";
import { setScalar } from "../../text/edits.ts";
import { resolve, scalarAt } from "../../text/read.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";
import { lmcacheValue } from "../schema/better-value.ts";
import { fixOf, removeVariable } from "../vllm/mend.ts";
import { templatesOf } from "../vllm/servers.ts";

const example = (size: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
        - name: vllm
          image: lmcache/vllm-openai:v0.4.3
          env:
            - name: LMCACHE_MAX_LOCAL_CPU_SIZE
              value: "${size}"
            - name: LMCACHE_LOCAL_CPU
              value: "true"
`;

const prefix = "LMCACHE_";
/** Not settings of the engine, and read elsewhere or by another rule; extra_config has a form of its own. */
const others = new Set(["CONFIG_FILE", "CONFIG_PATH", "LOG_LEVEL", "TRACK_USAGE", "EXTRA_CONFIG", "EC_EXTRA_CONFIG"]);

export const lmcacheVariable = defineRule({
  id: "lmcache/variable",
  title: "Variable that LMCache does not read as it is written",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["LMC-002", "LMC-003", "LMC-004", "LMC-006", "LMC-024", "LMC-028", "LMC-029", "LMC-032"],
  docs: {
    summary:
      "A container sets an `LMCACHE_…` variable with a misspelt or old name, or with a value that LMCache cannot read. An old name is a warning.",
    why: "Each key of LMCache's configuration is a variable too: LMCACHE_ and the key in capitals. LMCache warns about an unknown one and drops it. A value that it cannot read becomes nothing, and the engine fails at its start: 20Gi is no number of GiB. Of truths only true and 1 count; yes and on are false.",
    mend: "Write the name or the value that the message names.",
    sources: [
      "https://docs.lmcache.ai/api_reference/configurations.html",
      "https://github.com/LMCache/LMCache/blob/dev/lmcache/v1/config_base.py",
    ],
  },
  examples: { bad: example("20Gi").replace('"20Gi"', '"20Gi" # <-'), good: example("20") },
  messages: {
    near: "{object}: LMCache has no setting {name}, and ignores it. Did you mean {guess}?",
    old: "{object}: {name} is an old name. {why}",
    idle: "{object}: {name} switched to what is LMCache's only engine by now, and nobody reads it any more. Delete it.",
    value: '{object}: {name} must be {allowed}, not "{value}"; LMCache cannot read it.{hint}',
  },
  reads: [daemonSet, deployment, statefulSet, leaderWorkerSet],
  check({ object, report }) {
    const containers = templatesOf(object).flatMap((template) => [...template.containers, ...template.initContainers]);
    for (const container of containers) {
      const title =
        container.name === undefined ? object.title : `${object.title}, container "${container.name.value}"`;
      for (const variable of container.env) {
        const { name, value, node } = variable;
        const place = scalarAt(node, "name");
        if (place === undefined || !/^LMCACHE_[A-Z0-9_]+$/.test(name) || others.has(name.slice(prefix.length)))
          continue;
        const key = name.slice(prefix.length).toLowerCase();
        const verdict = judgeKey("lmcache-config", key, value?.value ?? "");
        const slots = { object: title, name };
        if (verdict.type === "unknown") {
          if (key === "use_experimental") {
            report({ at: place, message: "idle", slots, severity: "warning", fixes: removed(container, variable) });
            continue;
          }
          const guess = guessFor(key, verdict);
          if (guess === undefined) continue;
          const fixes = renamed(variable, guess);
          report({ at: place, message: "near", slots: { ...slots, guess }, fixes });
        } else if (verdict.type === "deprecated") {
          const { message = "", renamedTo } = verdict.note;
          const fixes = renamedTo === undefined ? [] : renamed(variable, nameOf(renamedTo));
          report({ at: place, message: "old", slots: { ...slots, why: message }, severity: "warning", fixes });
        } else if (verdict.type === "wrong" && value !== undefined && value.value !== "" && !isOpen(value.value)) {
          const better = betterFor(value.value, verdict.allowed);
          const told = { ...slots, value: value.value, allowed: wordsOf(verdict.allowed) };
          const hint = better === undefined ? "" : ` Write "${better}".`;
          report({ at: value.node, message: "value", slots: { ...told, hint }, fixes: rewritten(variable, better) });
        }
      }
    }
  },
});

function nameOf(key: string): string {
  return prefix + key.toUpperCase();
}

/** Of the encoder cache's settings too, which have the same names behind `ec_`. */
function guessFor(key: string, { known }: KeyVerdict & { type: "unknown" }): string | undefined {
  const inner = key.startsWith("ec_") ? key.slice("ec_".length) : key;
  const guess = nearest(inner, known);
  return guess === undefined ? undefined : nameOf(inner === key ? guess : `ec_${guess}`);
}

function wordsOf(allowed: Allowed | undefined): string {
  if (allowed === undefined) return "something else";
  if ("values" in allowed) return allowed.values.map(String).join(", ");
  return "limit" in allowed ? allowed.limit.replace(/^be /, "") : allowed.form;
}

function betterFor(value: string, allowed: Allowed | undefined): string | undefined {
  if (allowed !== undefined && "values" in allowed) return nearest(value, allowed.values.map(String));
  return lmcacheValue(value);
}

function removed(container: Container, { node }: EnvVariable): RawFix[] {
  return fixOf("Delete it", false, removeVariable(container, node));
}

function renamed({ node }: EnvVariable, name: string): RawFix[] {
  const scalar = scalarAt(node, "name");
  return scalar === undefined ? [] : [{ title: `Rename to ${name}`, safe: false, edits: [setScalar(scalar, name)] }];
}

function rewritten({ value }: EnvVariable, better: string | undefined): RawFix[] {
  const scalar = resolve(value?.node);
  if (better === undefined || scalar?.type !== "scalar") return [];
  const edit = setScalar(scalar, better);
  const newText = scalar.style === "plain" ? JSON.stringify(better) : edit.newText;
  return [{ title: `Write "${better}"`, safe: false, edits: [{ ...edit, newText }] }];
}
