import { goneFrom, knownFrom, newestKnown, presenceIn } from "../../kinds/vllm/life.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { spanOfWord } from "../../text/command-words.ts";
import { defineRule } from "../rule.ts";
import { serversIn, servingCharts } from "./chart-servers.ts";
import { mendFlag, mendText } from "./mend.ts";
import { argumentsOf, versionText } from "./servers.ts";

const example = (flag: string) => `apiVersion: apps/v1
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
          image: vllm/vllm-openai:v0.19.0
          args:
            - meta-llama/Llama-3.1-8B-Instruct
${flag}            - --port=8000
`;

export const flagOfOtherVersion = defineRule({
  id: "vllm/other-version",
  title: "Flag of another version of vLLM",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["VLM-13", "VLM-14", "S4"],
  docs: {
    summary:
      "A container starts vLLM with a flag that its version no longer has, or does not have yet. The version is in the tag of vLLM's own images, or under `versions` in headroom.config.yaml; without it nothing is said. An error for a removed flag, a warning for one that came later and for an image without a version.",
    why: "vLLM drops and adds flags with most releases: --swap-space went in 0.18, --disable-log-requests and --num-scheduler-steps before it. A server that does not know a flag exits at start, so an upgrade of the image alone stops the rollout at its first pod.",
    mend: "Write what took the flag's place, or delete it where nothing did. For a flag that came later, use a newer image.",
    sources: [
      "https://github.com/vllm-project/vllm/releases",
      "https://github.com/vllm-project/vllm/blob/main/vllm/engine/arg_utils.py",
      "https://github.com/vllm-project/vllm/pull/36216",
    ],
  },
  examples: {
    bad: example("            - --swap-space=16 # <-\n"),
    good: example(""),
  },
  messages: {
    gone: "{object}: vLLM {version} no longer has {flag} (gone by {gone}): argument parsing fails and the server never starts. {mend}",
    latest:
      "{object}: {flag} is gone by vLLM {gone}, and the image is whatever came out last: argument parsing fails and the server never starts. {mend}",
    later:
      "{object}: vLLM {version} does not have {flag} yet, which is there from {since} at the latest: argument parsing fails and the server never starts. Use a newer image, or delete it.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet, ...servingCharts],
  check({ object, settings, report }) {
    for (const serving of serversIn(object, settings)) {
      const { container, title, version, release } = serving;
      const runs = version ?? (release === "latest" ? newestKnown : undefined);
      if (runs === undefined) continue;
      for (const { argument } of argumentsOf(serving)) {
        const { flag, match, word, length } = argument;
        if (flag === undefined || match !== "exact") continue;
        const at = spanOfWord(word, 0, length);
        const presence = presenceIn(flag.life, runs);
        const slots = { object: title, flag: word.text.slice(0, length) };
        if (presence === "gone") {
          const told = { ...slots, gone: versionText(goneFrom(flag.life)), mend: mendText(flag.instead) };
          const fixes = mendFlag(container, argument, flag.instead);
          if (version === undefined) report({ at, message: "latest", slots: told, fixes });
          else {
            const severity = "error";
            report({ at, message: "gone", slots: { ...told, version: versionText(version) }, severity, fixes });
          }
        } else if (presence === "not-yet" && version !== undefined) {
          const since = versionText(knownFrom(flag.life));
          report({ at, message: "later", slots: { ...slots, version: versionText(version), since } });
        }
      }
    }
  },
});
