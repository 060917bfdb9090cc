import type { Autoscaler } from "../../graph/autoscalers.ts";
import type { Node } from "../../text/node.ts";
import { at, stringAt } from "../../text/read.ts";

/** One metric or trigger of an autoscaler. */
export interface Signal {
  readonly node: Node;
  /** `metric vllm_num_requests_waiting`, `trigger kafka`, for messages. */
  readonly title: string;
  readonly of: "wva" | "load" | "schedule" | "unknown";
}

/** What WVA and its older versions publish; an adapter may rename it, but hardly without this word. */
const wvaMetric = /\b(?:wva|inferno)_|desired[_-]?replicas/i;

/** Absent when something among them cannot be read here. */
export function signalsOf({ view, root }: Autoscaler): readonly Signal[] | undefined {
  const signals =
    "metrics" in view
      ? view.metrics.map(({ node, name, type }): Signal => {
          if (name === undefined) return { node, title: "metric", of: "unknown" };
          // An extended resource is served by nobody, and has its own finding.
          const unserved = /Resource$/.test(type?.value ?? "") && name.value.includes("/");
          return { node: name.node, title: `metric ${name.value}`, of: unserved ? "unknown" : ofName(name.value) };
        })
      : view.triggers.map(({ node, type, metadata }): Signal => {
          const title = `trigger ${type ?? "without a type"}`;
          if (type === undefined || at(root, "spec", "advanced", "scalingModifiers") !== undefined)
            return { node, title, of: "unknown" };
          if (type === "cron") return { node, title, of: "schedule" };
          if (!/^(?:prometheus|metrics-api|external|external-push)$/.test(type)) return { node, title, of: "load" };
          const query = stringAt(metadata, "query");
          return { node: query?.node ?? node, title, of: query === undefined ? "unknown" : ofName(query.value) };
        });
  return signals.some(({ of }) => of === "unknown") ? undefined : signals;
}

function ofName(text: string): "wva" | "load" {
  return wvaMetric.test(text) ? "wva" : "load";
}
