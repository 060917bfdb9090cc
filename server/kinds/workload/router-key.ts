import { isRouterImage } from "../epp/version.ts";
import type { Workload } from "./pod-template.ts";

/** The name under which the graph finds workloads that run llm-d's endpoint picker. */
export const routerKey = "runs/router";

export function routerKeys({ view }: { readonly view: Workload }): readonly string[] {
  const runs = view.template?.containers.some(({ image }) => image !== undefined && isRouterImage(image.value));
  return runs === true ? [routerKey] : [];
}
