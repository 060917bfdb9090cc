import type { RawFix } from "../../findings/raw-finding.ts";
import { gibibytesOf } from "../../kinds/lmcache/gibibytes.ts";
import { cacheServers, type ServerArgument, serverArguments } from "../../kinds/lmcache/server-command.ts";
import { goneServerFlags, serverFlags } from "../../kinds/lmcache/server-flags.ts";
import { isOpen } from "../../kinds/vllm/command-line.ts";
import { badValue } from "../../kinds/vllm/values.ts";
import { daemonSet } from "../../kinds/workload/daemon-set.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { spanOfWord } from "../../text/command-words.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";
import { fixOf, rewrite } from "../vllm/mend.ts";
import { templatesOf } from "../vllm/servers.ts";

const example = (size: string) => `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: lmcache
spec:
  selector: {matchLabels: {app: lmcache}}
  template:
    metadata: {labels: {app: lmcache}}
    spec:
      hostIPC: true
      containers:
        - name: lmcache
          image: lmcache/standalone:v0.4.3
          command: [lmcache, server]
          args:
            - ${size}
            - --eviction-policy=LRU
`;

export const lmcacheServerFlag = defineRule({
  id: "lmcache/server-flag",
  title: "Flag or value that lmcache server does not take",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["LMC-003", "LMC-029", "LMC-050"],
  docs: {
    summary:
      "A container starts `lmcache server` with a misspelt or renamed flag, or with a value of another type, outside its bounds or not among its choices.",
    why: "The server reads its command line with argparse, which prints the usage and exits on the first word it does not know. Every engine of the node then waits 300 s for a cache that never answers. A size with a unit (60Gi) is no number: --l1-size-gb counts GiB.",
    mend: "Write the flag or the value that is named.",
    sources: [
      "https://docs.lmcache.ai/mp/configuration.html",
      "https://github.com/LMCache/LMCache/blob/dev/docs/source/mp/configuration.rst",
    ],
  },
  examples: { bad: example("--cpu-buffer-size=60 # <-"), good: example("--l1-size-gb=60") },
  messages: {
    gone: "{object}: lmcache server no longer has {flag}, and exits at once. Write {instead}.",
    near: "{object}: lmcache server has no {flag}, and exits at once. Did you mean {instead}?",
    wrong: '{object}: {flag} is "{value}", but lmcache server takes {wants}, and exits at once.{hint}',
    missing: "{object}: {flag} has no value, and lmcache server exits at once. Write one.",
    switch:
      '{object}: {flag} takes no value, but gets "{value}", and lmcache server exits at once. Leave the value out.',
  },
  reads: [daemonSet, deployment, statefulSet, leaderWorkerSet],
  check({ object, report }) {
    const containers = templatesOf(object).flatMap(({ containers, initContainers }) => [
      ...containers,
      ...initContainers,
    ]);
    for (const container of containers) {
      const title =
        container.name === undefined ? object.title : `${object.title}, container "${container.name.value}"`;
      // As a module it may be of a time that had other flags.
      const severity = cacheServers(container).some(({ isModule }) => isModule) ? "warning" : "error";
      for (const argument of serverArguments(container)) {
        const { name, flag, word, value, stray, cutOff } = argument;
        const at = spanOfWord(word, 0, name.length);
        const slots = { object: title, flag: name };
        if (flag === undefined) {
          const gone = goneServerFlags.get(name);
          const instead = gone ?? nearest(name, [...serverFlags().keys()]);
          if (instead === undefined || isOpen(name)) continue;
          const fixes = renamed(argument, instead);
          report({ at, message: gone === undefined ? "near" : "gone", severity, slots: { ...slots, instead }, fixes });
        } else if (flag.type.is === "bool") {
          const given = stray?.text ?? value?.text;
          if (given === undefined || isOpen(given)) continue;
          report({
            at: stray === undefined ? at : spanOfWord(stray),
            message: "switch",
            slots: { ...slots, value: given },
          });
        } else if (value === undefined) {
          if (!cutOff && flag.type.is !== "optional") report({ at, message: "missing", slots });
        } else if (!isOpen(value.text)) {
          const bad = badValue(flag.type, value.text);
          if (bad === undefined) continue;
          const better = bad.better ?? (flag.name.endsWith("-gb") ? gibibytesOf(value.text) : undefined);
          report({
            at: spanOfWord(value.word, value.start),
            message: "wrong",
            slots: {
              ...slots,
              value: value.text,
              wants: bad.wants,
              hint: better === undefined ? "" : ` Write ${better}.`,
            },
            fixes:
              better === undefined
                ? []
                : fixOf(`Write ${better}`, false, rewrite(value.word, value.start, value.word.text.length, better)),
          });
        }
      }
    }
  },
});

function renamed({ word, name }: ServerArgument, instead: string): RawFix[] {
  return fixOf(`Write ${instead}`, false, rewrite(word, 0, name.length, instead));
}
