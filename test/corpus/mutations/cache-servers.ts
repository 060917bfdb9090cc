import type { StackObject } from "../../../server/kinds/stack-object.ts";
import type { Node, ScalarNode } from "../../../server/text/node.ts";
import { itemsAt, scalarAt } from "../../../server/text/read.ts";
import { replaced, transferOf } from "./caches.ts";
import { drop, type Operator, operator, type Planted, textAt, write } from "./operator.ts";
import { engines, podSpec, workloadKinds } from "./serving.ts";

const servers = "daemon-set";

/** Containers that run `lmcache server`. */
function serving(object: StackObject): readonly Node[] {
  return itemsAt(podSpec(object), "containers").filter((container) =>
    itemsAt(container, "command").some((word) => textAt(word) === "server"),
  );
}

function flags(object: StackObject, start: string): ScalarNode[] {
  return serving(object)
    .flatMap((container) => itemsAt(container, "args"))
    .flatMap((item) => (item.type === "scalar" && item.text.startsWith(start) ? [item] : []));
}

/** One more argument, before the first one. */
function another(object: StackObject, argument: string): Planted[] {
  const [first] = flags(object, "--");
  if (first === undefined) return [];
  const { doc, start } = first;
  const indent = " ".repeat(start - doc.text.lastIndexOf("\n", start) - 3);
  return [{ edits: [{ doc, start, end: start, newText: `${argument}\n${indent}- ` }], at: argument }];
}

export const cacheServerOperators: readonly Operator[] = [
  operator("lmcache/server-flag", servers, "flags with two letters exchanged", (object) =>
    flags(object, "--").flatMap((flag) => replaced(flag, /^--(\w)(\w)/, "--$2$1")),
  ),
  operator("lmcache/server-flag-missing", servers, "no policy of eviction", (object) =>
    flags(object, "--eviction-policy=").flatMap((flag) => {
      const [container] = serving(object);
      const [command] = itemsAt(container, "command");
      return command === undefined
        ? []
        : write(flag, "--max-workers=2").map(({ edits }) => ({ edits, at: command }));
    }),
  ),
  operator("lmcache/server-eviction", servers, "a tier that only fills", (object) =>
    flags(object, "--eviction-policy=").flatMap((flag) => write(flag, "--eviction-policy=noop")),
  ),
  operator("lmcache/server-eviction", "lmcache-engine", "an engine that only fills", ({ root }) =>
    write(scalarAt(root, "spec", "eviction", "policy"), "noop"),
  ),
  operator("lmcache/server-memory", servers, "a limit below the tier", (object) =>
    serving(object).flatMap((container) => write(scalarAt(container, "resources", "limits", "memory"), "16Gi")),
  ),
  operator("lmcache/server-metrics-port", servers, "a port for Prometheus", (object) =>
    another(object, "--prometheus-port=9090"),
  ),
  operator("lmcache/server-mismatch", workloadKinds, "another way to speak to the server", (object) =>
    engines(object).flatMap((container) => {
      const transfer = transferOf(container);
      return transfer?.text.includes("LMCacheMPConnector") === true ? replaced(transfer, "tcp://", "grpc://") : [];
    }),
  ),
  operator("lmcache/shared-memory", workloadKinds, "memory of its own for the engine", (object) =>
    engines(object).flatMap((container) => {
      const transfer = transferOf(container);
      return transfer?.text.includes("LMCacheMPConnector") === true ? drop(podSpec(object), "hostIPC", transfer) : [];
    }),
  ),
];
