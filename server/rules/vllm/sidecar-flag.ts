import { isOpen } from "../../kinds/vllm/command-line.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import type { CommandWord } from "../../text/command-words.ts";
import { spanOfWord } from "../../text/command-words.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";
import { fixOf, rewrite } from "./mend.ts";
import { templatesOf, versionText } from "./servers.ts";
import { isSince010, kvConnectorOf, sidecarsOf } from "./sidecar.ts";

const example = (flag: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: decode
spec:
  selector: {matchLabels: {app: decode}}
  template:
    metadata: {labels: {app: decode}}
    spec:
      containers:
        - name: routing-proxy
          image: ghcr.io/llm-d/llm-d-router-disagg-sidecar:v0.10.0
          args:
            - --port=8000
            - ${flag}
`;

/** Flags that 0.10 dropped, and what says the same (llm-d-router PR 2054). */
const dropped: ReadonlyMap<string, string> = new Map([
  ["connector", "--kv-connector"],
  ["prefiller-use-tls", "--enable-tls=prefiller"],
  ["decoder-use-tls", "--enable-tls=decoder"],
  ["prefiller-tls-insecure-skip-verify", "--tls-insecure-skip-verify=prefiller"],
  ["decoder-tls-insecure-skip-verify", "--tls-insecure-skip-verify=decoder"],
]);

/** llm-d-router pkg/sidecar/proxy/options.go, 0.10 */
const connectors = ["nixlv2", "shared-storage", "sglang", "mooncake", "offloading"];

export const sidecarFlag = defineRule({
  id: "vllm/sidecar-flag",
  title: "Flag that llm-d's sidecar no longer has",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["VLM-11"],
  docs: {
    summary:
      "llm-d's routing sidecar of 0.10 or later gets a flag that 0.10 dropped, or a --kv-connector that it does not know.",
    why: "The sidecar stops at a flag it does not know, and it stands in front of the decode engine: no request reaches the pod. Charts and guides for older images still write --connector and --prefiller-use-tls, also with a new image.",
    mend: "Write the flag that the message names, or use the image that the chart was made for. The version is in the image's tag, or under versions in headroom.config.yaml.",
    sources: [
      "https://github.com/llm-d/llm-d-router/pull/2054",
      "https://github.com/llm-d/llm-d-router/blob/main/pkg/sidecar/proxy/options.go",
    ],
  },
  examples: { bad: example("--connector=nixlv2 # <-"), good: example("--kv-connector=nixlv2") },
  messages: {
    dropped:
      "{object}: the sidecar {version} has no {flag} any more: it stops at start, and no request reaches the pod. Write {instead}.",
    connector:
      "{object}: the sidecar {version} knows no connector {connector}: it stops at start, and no request reaches the pod. Write {wanted}.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, settings, report }) {
    for (const sidecar of templatesOf(object).flatMap((template) => sidecarsOf(template, settings))) {
      if (!isSince010(sidecar)) continue;
      const { container, version } = sidecar;
      const slots = { object: titleOf(object.title, container.name?.value), version: versionText(version) };
      for (const word of container.words) {
        const found = /^--?([a-z-]+)(?:=(\S*))?$/.exec(word.text);
        const instead = dropped.get(found?.[1] ?? "");
        if (found === null || instead === undefined) continue;
        const length = found[2] === undefined ? word.text.length : word.text.indexOf("=");
        report({
          at: spanOfWord(word, 0, length),
          message: "dropped",
          slots: { ...slots, flag: word.text.slice(0, length), instead },
          fixes: renamed(word, length, instead, found[2]),
        });
      }
      const connector = kvConnectorOf(sidecar);
      if (connector?.value === undefined || connectors.includes(connector.value) || isOpen(connector.value)) continue;
      const guess = connector.value === "nixl" ? "nixlv2" : nearest(connector.value, connectors);
      const wanted = guess ?? `one of ${connectors.join(", ")}`;
      report({ at: connector.at, message: "connector", slots: { ...slots, connector: connector.value, wanted } });
    }
  },
});

function titleOf(object: string, container: string | undefined): string {
  return container === undefined ? object : `${object}, container "${container}"`;
}

/** A switch that is off, or filled in later, is nobody's but the author's. */
function renamed(word: CommandWord, length: number, instead: string, value: string | undefined) {
  const isSwitch = instead.includes("=");
  if (isSwitch && value !== undefined && value !== "true") return [];
  return fixOf(`Write ${instead}`, false, rewrite(word, 0, isSwitch ? word.text.length : length, instead));
}
