import type { RawFix } from "../../findings/raw-finding.ts";
import { mountOf, mountsAreKnown, volumeBehind } from "../../graph/mounts.ts";
import { joinPath } from "../../graph/paths.ts";
import { configMapNamed } from "../../graph/variables.ts";
import { isOpen } from "../../kinds/vllm/command-line.ts";
import { startsServer } from "../../kinds/vllm/server.ts";
import { envOf } from "../../kinds/workload/container.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import type { Volume } from "../../kinds/workload/pod-template.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { setScalar } from "../../text/edits.ts";
import { at, entriesAt, itemsAt, type Placed, resolve, stringAt } from "../../text/read.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { containerTitle } from "./settings.ts";

const example = engineExample({ config: "max_local_cpu_size: 20" });

export const configFileMissing = defineRule({
  id: "lmcache/config-file-missing",
  title: "LMCache configuration that is not there",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["LMC-040"],
  docs: {
    summary: "LMCACHE_CONFIG_FILE names a file that no mount of the container provides, or no key of the ConfigMap.",
    why: "A ConfigMap's keys are the files of its volume. When the path does not end in one of them, or lies beside the mount, LMCache finds no file and the engine fails at its start.",
    mend: "Write the key behind the mount's path. A file that an image of your own holds is left alone: only published images of vLLM and LMCache are judged.",
    sources: [
      "https://docs.lmcache.ai/api_reference/configurations.html",
      "https://kubernetes.io/docs/concepts/configuration/configmap/#using-configmaps-as-files-from-a-pod",
    ],
  },
  examples: {
    bad: example.replace("/etc/lmcache/lmcache.yaml", "/etc/lmcache/lmcache.yml # <-"),
    good: example,
  },
  messages: {
    key: '{object}: LMCACHE_CONFIG_FILE is {path}, but ConfigMap "{map}", mounted there, has only {keys}: the file is not found, and the engine fails at its start.{meant}',
    unmounted:
      "{object}: LMCACHE_CONFIG_FILE is {path}, but nothing is mounted there: the file is not found, and the engine fails at its start. Mount the ConfigMap, or correct the path.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    if (graph.layout.isPatch(object.path)) return;
    for (const container of object.view.template?.containers ?? []) {
      const file = envOf(container, "LMCACHE_CONFIG_FILE")?.value;
      if (file === undefined || !file.value.startsWith("/") || isOpen(file.value) || !mountsAreKnown(container))
        continue;
      const title = containerTitle(object, container);
      const found = mountOf(container, file.value);
      const slots = { object: title, path: file.value };
      if (found === undefined) {
        const image = container.image?.value ?? "";
        if (startsServer(image)) report({ at: file.node, message: "unmounted", slots });
        continue;
      }
      const { mount, below } = found;
      const volume = volumeBehind(object.view, mount);
      const name = volume === undefined ? undefined : stringAt(volume.node, "configMap", "name")?.value;
      const map = configMapNamed(graph, object, name);
      if (volume === undefined || map === undefined || at(mount.node, "subPathExpr") !== undefined) continue;
      const files = filesOf(volume, map.root);
      const wanted = joinPath(mount.subPath ?? "", below);
      // Keys that are filled in later may be any.
      if (files.length === 0 || files.includes(wanted) || files.some(isOpen)) continue;
      const meant = below === "" ? undefined : files.length === 1 ? files[0] : nearest(wanted, files);
      report({
        at: file.node,
        message: "key",
        slots: {
          ...slots,
          map: name ?? "",
          keys: files.slice(0, 5).join(", "),
          meant: meant === undefined ? "" : ` Did you mean ${meant}?`,
        },
        fixes: meant === undefined ? [] : rewritten(file, file.value.slice(0, -below.length) + meant),
      });
    }
  },
});

/** The paths below a ConfigMap's volume. */
function filesOf(volume: Volume, map: Parameters<typeof entriesAt>[0]): string[] {
  if (at(volume.node, "configMap", "items") !== undefined) {
    const items = itemsAt(volume.node, "configMap", "items");
    return items.flatMap((item) => stringAt(item, "path")?.value ?? "$");
  }
  return [...entriesAt(map, "data"), ...entriesAt(map, "binaryData")].map(({ key }) => key.text);
}

function rewritten({ node }: Placed<string>, path: string): RawFix[] {
  const scalar = resolve(node);
  return scalar?.type === "scalar" ? [{ title: `Write ${path}`, safe: false, edits: [setScalar(scalar, path)] }] : [];
}
