import type { LimiterEntry } from "./entry.ts";
import type { Violation } from "./validate.ts";

/** The smallest and largest quota (internal/config/quota_limiter.go of main); -1 is no limit. */
export const quotaRange = { unlimited: -1, largest: 1_048_576 } as const;

/** `limiters[]` of main: the inventory of the nodes without quota fields, or quotas with a name of their own. */
export function limiterViolations(limiters: readonly LimiterEntry[]): Violation[] {
  const names = new Set<string>();
  return limiters.flatMap((limiter, at) => {
    const path = `limiters[${at}]`;
    if (limiter.type === "gpu-inventory" || limiter.type === "inventory") return inventoryViolations(path, limiter);
    if (limiter.type !== "quota")
      return [{ path: `${path}.type`, value: limiter.type, rule: "must be gpu-inventory, inventory or quota" }];
    return quotaViolations(path, limiter, names);
  });
}

function inventoryViolations(
  path: string,
  { type, scope, quotas, namespaceQuotas, exclude }: LimiterEntry,
): Violation[] {
  if (!scope && isEmpty(quotas) && isEmpty(namespaceQuotas) && isEmpty(exclude)) return [];
  return [{ path, value: type, rule: "of this type must not have scope, quotas, namespaceQuotas or exclude" }];
}

function quotaViolations(path: string, limiter: LimiterEntry, names: Set<string>): Violation[] {
  const { name = "", scope = "", quotas, namespaceQuotas = {}, exclude = [] } = limiter;
  if (name === "") return [{ path: `${path}.name`, value: name, rule: "must not be empty" }];
  if (names.has(name)) return [{ path: `${path}.name`, value: name, rule: "must be the name of one limiter only" }];
  names.add(name);
  if (scope === "cluster")
    return [
      ...misplaced(path, "namespaceQuotas", namespaceQuotas, scope),
      ...misplaced(path, "exclude", exclude, scope),
      ...gpuViolations(`${path}.quotas`, quotas ?? {}),
    ];
  if (scope !== "namespace") return [{ path: `${path}.scope`, value: scope, rule: "must be cluster or namespace" }];
  return [
    ...misplaced(path, "quotas", quotas, scope),
    ...exclude
      .filter((namespace) => namespace.trim() === "")
      .map((namespace) => ({ path: `${path}.exclude`, value: namespace, rule: "must not hold an empty namespace" })),
    ...Object.entries(namespaceQuotas).flatMap(([namespace, gpus]) =>
      namespace.trim() === ""
        ? [{ path: `${path}.namespaceQuotas`, value: namespace, rule: "must not hold an empty namespace" }]
        : gpuViolations(`${path}.namespaceQuotas.${namespace}`, gpus),
    ),
  ];
}

function misplaced(path: string, key: string, value: object | undefined, scope: string): Violation[] {
  return isEmpty(value) ? [] : [{ path: `${path}.${key}`, value: scope, rule: "does not belong to this scope" }];
}

function gpuViolations(path: string, gpus: Readonly<Record<string, number>>): Violation[] {
  return Object.entries(gpus).flatMap(([accelerator, quota]): Violation[] => {
    if (accelerator.trim() === "") return [{ path, value: accelerator, rule: "must not hold an empty accelerator" }];
    if (quota >= quotaRange.unlimited && quota <= quotaRange.largest) return [];
    const rule = `must be from ${quotaRange.unlimited} (no limit) to ${quotaRange.largest}`;
    return [{ path: `${path}.${accelerator}`, value: quota, rule }];
  });
}

function isEmpty(value: object | undefined): boolean {
  return value === undefined || Object.keys(value).length === 0;
}
