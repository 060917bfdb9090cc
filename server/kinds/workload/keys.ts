import { itemsAt, stringAt } from "../../text/read.ts";
import { cacheServers } from "../lmcache/server-command.ts";
import type { Workload } from "./pod-template.ts";
import { routerKeys } from "./router-key.ts";

/** The name under which the graph finds workloads that mount a ConfigMap. */
export function mountsConfigMap(name: string): string {
  return `mounts/ConfigMap/${name}`;
}

/** The name under which the graph finds workloads that run `lmcache server`. */
export const cacheServerKey = "runs/lmcache-server";

export function workloadKeys(object: { readonly view: Workload }): readonly string[] {
  const names = (object.view.template?.volumes ?? []).flatMap(({ node }) =>
    [node, ...itemsAt(node, "projected", "sources")].flatMap(
      (source) => stringAt(source, "configMap", "name")?.value ?? [],
    ),
  );
  const serves = object.view.template?.containers.some((container) => cacheServers(container).length > 0);
  return [...routerKeys(object), ...(serves ? [cacheServerKey] : []), ...new Set(names.map(mountsConfigMap))];
}
