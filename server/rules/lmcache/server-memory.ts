import type { RawFix } from "../../findings/raw-finding.ts";
import { GiB } from "../../graph/cache-memory.ts";
import { cacheBlendEngine, lmcacheEngine } from "../../kinds/lmcache/operator.ts";
import { cacheServers, firstTier, serverFlag } from "../../kinds/lmcache/server-command.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { readFloat } from "../../kinds/vllm/values.ts";
import { daemonSet } from "../../kinds/workload/daemon-set.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { setScalar } from "../../text/edits.ts";
import { at, numberAt, type Placed, quantityAt, resolve } from "../../text/read.ts";
import { bytesOf, formatBytes, type Quantity, quantityText } from "../../text/values/quantity.ts";
import { defineRule } from "../rule.ts";
import { serverExample } from "./example.ts";
import { containerTitle } from "./settings.ts";

/** What the operator requests beside the first tier (operator/internal/resources/compute.go). */
const besides = 5n * GiB;

interface Server {
  readonly title: string;
  readonly tier: bigint;
  readonly limit: Placed<Quantity> | undefined;
  readonly request: Placed<Quantity> | undefined;
}

const example = (request: string, limit: string) =>
  serverExample(
    "--l1-size-gb=60\n--eviction-policy=LRU",
    "hostIPC: true",
    `resources:\n  requests: {memory: ${request}}\n  limits: {memory: ${limit}}`,
  );

export const serverMemory = defineRule({
  id: "lmcache/server-memory",
  title: "Memory of lmcache server below its first tier",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["LMC-048", "LMC-008"],
  docs: {
    summary:
      "The memory limit of `lmcache server` is not above --l1-size-gb (error) or leaves it less than 5 GiB (warning), or its request is below the tier (warning).",
    why: "The first tier is host memory of the server. Taken lazily or at once, it grows to its size, and the container is OOMKilled on the way. A request below it lets the scheduler choose a node that does not have the memory; a sample of LMCache itself requests 10Gi for a tier of 60.",
    mend: "As LMCache's operator counts: a request of the tier and 5 GiB, and a limit of one and a half times that.",
    sources: [
      "https://docs.lmcache.ai/mp/deployment.html",
      "https://github.com/LMCache/LMCache/blob/dev/operator/internal/resources/compute.go",
    ],
  },
  examples: {
    bad: example("65Gi", "40Gi")
      .replace("limits: {memory: 40Gi}", "limits: {memory: 98Gi}")
      .replace("memory: 65Gi}", "memory: 10Gi} # <-"),
    good: example("65Gi", "98Gi"),
  },
  messages: {
    limit:
      "{object} may use {limit} of memory, but its first tier alone takes {tier}: it is OOMKilled as the tier fills. Write {wanted}.",
    tight:
      "{object} may use {limit} of memory, and its first tier takes {tier} of it: the rest is less than the 5 GiB that LMCache's operator counts for the server. Write {wanted}.",
    request:
      "{object} requests {request} of memory, but its first tier takes {tier}: the scheduler may choose a node that does not have it. Request {wanted}.",
  },
  reads: [daemonSet, deployment, statefulSet, lmcacheEngine, cacheBlendEngine],
  check({ object, report }) {
    for (const { title, tier, limit, request } of serversIn(object)) {
      const allowed = limit === undefined ? 0n : bytesOf(limit.value);
      if (limit !== undefined && allowed > 0n && allowed < tier + besides) {
        const wanted = quantityText((((tier + besides) * 3n + 2n * GiB - 1n) / (2n * GiB)) * GiB);
        const slots = { object: title, limit: formatBytes(allowed), tier: formatBytes(tier), wanted };
        const isOver = allowed <= tier;
        const fixes = written(limit, wanted);
        report({
          at: limit.node,
          message: isOver ? "limit" : "tight",
          severity: isOver ? "error" : "warning",
          slots,
          fixes,
        });
      } else if (request !== undefined && bytesOf(request.value) < tier) {
        const wanted = quantityText(tier + besides);
        const slots = { object: title, request: formatBytes(bytesOf(request.value)), tier: formatBytes(tier), wanted };
        const fits = allowed === 0n || allowed >= tier + besides;
        report({
          at: request.node,
          message: "request",
          severity: "warning",
          slots,
          fixes: fits ? written(request, wanted) : [],
        });
      }
    }
  },
});

function serversIn(object: StackObject): Server[] {
  if (object.kind.id === lmcacheEngine.id || object.kind.id === cacheBlendEngine.id) {
    const overrides = at(object.root, "spec", "resourceOverrides");
    const tier = bytesIn(numberAt(object.root, "spec", "l1", "sizeGB")?.value);
    const [limit, request] = ["limits", "requests"].map((key) => quantityAt(overrides, key, "memory"));
    return tier === undefined ? [] : [{ title: object.title, tier, limit, request }];
  }
  const { template } = (object as StackObject<Workload>).view;
  return (template?.containers ?? []).flatMap((container) => {
    const [server, ...others] = cacheServers(container);
    if (server === undefined || others.length > 0 || isElsewhere(server)) return [];
    const tier = bytesIn(readFloat(firstTier(server) ?? ""));
    const title = containerTitle(object, container);
    return tier === undefined
      ? []
      : [{ title, tier, limit: container.limit("memory"), request: container.request("memory") }];
  });
}

/** Tiers that are no ordinary memory of the container. */
function isElsewhere(server: Parameters<typeof serverFlag>[0]): boolean {
  return ["--l1-manager", "--l1-devdax-path", "--gds-l1-path", "--l1-use-hugepages"].some(
    (name) => serverFlag(server, name) !== undefined,
  );
}

function bytesIn(gib: number | undefined): bigint | undefined {
  const bytes = Math.round((gib ?? 0) * Number(GiB));
  return Number.isSafeInteger(bytes) && bytes > 0 ? BigInt(bytes) : undefined;
}

function written({ node }: Placed<Quantity>, text: string): RawFix[] {
  const scalar = resolve(node);
  return scalar?.type === "scalar" ? [{ title: `Write ${text}`, safe: false, edits: [setScalar(scalar, text)] }] : [];
}
