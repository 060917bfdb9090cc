import { itemsAt, stringAt } from "../../text/read.ts";
import type { Workload } from "./pod-template.ts";
import { routerKeys } from "./router-key.ts";

/** The name under which the graph finds workloads that mount a ConfigMap. */
export function mountsConfigMap(name: string): string {
  return `mounts/ConfigMap/${name}`;
}

export function workloadKeys(object: { readonly view: Workload }): readonly string[] {
  const names = (object.view.template?.volumes ?? []).flatMap(({ node }) =>
    [node, ...itemsAt(node, "projected", "sources")].flatMap(
      (source) => stringAt(source, "configMap", "name")?.value ?? [],
    ),
  );
  return [...routerKeys(object), ...new Set(names.map(mountsConfigMap))];
}
