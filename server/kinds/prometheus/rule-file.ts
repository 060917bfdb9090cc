import type { MapNode } from "../../text/node.ts";
import { at, itemsAt, mapAt, type Placed, stringAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";
import { watchKeys } from "./watched.ts";

/** An alert or a recorded series. */
export interface PrometheusRuleEntry {
  readonly name: Placed<string>;
  readonly type: "alert" | "record";
  readonly expr: Placed<string> | undefined;
  readonly node: MapNode;
}

export interface RuleFileView {
  readonly rules: readonly PrometheusRuleEntry[];
}

/** Keys that only vmalert reads, in a group or in a rule: such a file is not for Prometheus. */
const ofVmalert = [
  ...["type", "concurrency", "params", "headers", "notifier_headers", "tenant"],
  ...["eval_offset", "eval_delay", "eval_alignment", "debug", "update_entries_limit"],
];

/** A file that `rule_files` of Prometheus names, without the wrapping of a PrometheusRule. */
export const ruleFile = defineKind<RuleFileView>({
  id: "prometheus-rules",
  title: "Prometheus rule file",
  schema: "prometheus-rules",
  recognise: {
    hints: ["groups"],
    content: (root) => {
      const groups = itemsAt(root, "groups");
      const parts = [...groups, ...groups.flatMap((group) => itemsAt(group, "rules"))];
      return (
        groups.some((group) => itemsAt(group, "rules").some(isRule)) &&
        !parts.some((part) => ofVmalert.some((key) => at(part, key) !== undefined))
      );
    },
  },
  view: ({ root }) => ({ rules: rulesIn(at(root, "groups")) }),
  keys: ({ view }) => [...recordKeys(view), ...watchKeys(view)],
});

export function rulesIn(groups: Parameters<typeof at>[0]): PrometheusRuleEntry[] {
  return itemsAt(groups).flatMap((group) => itemsAt(group, "rules").flatMap(readRule));
}

/** The name under which the graph finds who records a series. */
export function recordKey(series: string): string {
  return `record/${series}`;
}

export function recordKeys({ rules }: RuleFileView): string[] {
  return rules.flatMap(({ type, name }) => (type === "record" ? [recordKey(name.value)] : []));
}

/** Groups of rules are common; an expression under a name is Prometheus'. */
function isRule(item: Parameters<typeof at>[0]): boolean {
  return at(item, "expr") !== undefined && ["alert", "record"].some((key) => at(item, key) !== undefined);
}

function readRule(item: Parameters<typeof at>[0]): PrometheusRuleEntry[] {
  const node = mapAt(item);
  if (node === undefined) return [];
  return (["alert", "record"] as const).flatMap((type) => {
    const name = stringAt(node, type);
    return name === undefined ? [] : [{ name, type, expr: stringAt(node, "expr"), node }];
  });
}
