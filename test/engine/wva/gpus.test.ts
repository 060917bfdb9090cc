import assert from "node:assert/strict";
import { test } from "node:test";
import { enforceZero } from "../../../server/engine/wva/enforce.ts";
import { shortAcceleratorName } from "../../../server/engine/wva/limiter/accelerator.ts";
import { discoverGpus, gpuInventory, takeGpus } from "../../../server/engine/wva/limiter/inventory.ts";
import { allocateGreedily, type GpuRequest, limitByGpus } from "../../../server/engine/wva/limiter/limit.ts";

/** internal/engines/pipeline/type_inventory_test.go at v0.5.1. */
const products = [
  ["NVIDIA-A100-PCIE-80GB", "A100"],
  ["NVIDIA-H100-SXM5-80GB", "H100"],
  ["AMD-MI300X-192G", "MI300X"],
  ["Intel-Gaudi-2-96GB", "Gaudi-2"],
  ["Intel-Gaudi", "Gaudi"],
  ["Vendor-Model-X", "Model"],
  ["A100", "A100"],
  ["", ""],
] as const;

for (const [product, name] of products)
  test(`nodes of ${product || "no product"} count as ${name || "no accelerator"}`, () => {
    assert.equal(shortAcceleratorName(product), name);
  });

test("nodes of one accelerator are one pool, and what runs is taken off it", () => {
  const pools = discoverGpus([
    { product: "NVIDIA-H100-SXM5-80GB", gpus: 8 },
    { product: "NVIDIA-H100-PCIE-80GB", gpus: 8 },
    { product: "NVIDIA-A100-PCIE-80GB", gpus: 8 },
  ]);
  const inventory = gpuInventory(
    pools,
    new Map([
      ["H100", 4],
      ["A100", 9],
      ["L40S", 3],
    ]),
  );
  assert.deepEqual(Object.fromEntries(inventory.available), { H100: 12, A100: 0 });
  assert.deepEqual([inventory.totalLimit, inventory.totalUsed, inventory.totalAvailable], [24, 16, 8]);
});

test("a pool gives what it has, of its own kind only, and nothing without a name", () => {
  const pool = new Map([
    ["H100", 4],
    ["A100", 8],
  ]);
  const taken = (
    [
      ["H100", 3],
      ["H100", 3],
      ["H100", 1],
      ["A100", 6],
      ["L40S", 1],
      ["", 1],
      ["A100", 0],
      ["A100", -1],
    ] as const
  ).map(([accelerator, wanted]) => takeGpus(pool, accelerator, wanted));
  assert.deepEqual(taken, [3, 1, 0, 6, 0, 0, 0, 0]);
  assert.deepEqual(Object.fromEntries(pool), { H100: 0, A100: 2 });
});

function request(variant: string, current: number, target: number, more: Partial<GpuRequest> = {}): GpuRequest {
  return { variant, accelerator: "H100", current, target, gpusPerReplica: 2, spare: 0.1, cost: 10, ...more };
}

function grants(requests: readonly GpuRequest[], gpus: number) {
  const { grants: given, remaining } = allocateGreedily(requests, new Map([["H100", gpus]]));
  const told = given.map(({ variant, target, gpusAllocated, limited }) => [variant, target, gpusAllocated, limited]);
  return { told, left: remaining.get("H100") };
}

test("the least spare is served first, then the cheapest", () => {
  const requests = [request("calm", 1, 2, { spare: 0.5 }), request("dear", 1, 2, { cost: 20 }), request("cheap", 1, 2)];
  assert.deepEqual(grants(requests, 4).told, [
    ["calm", 1, 0, true],
    ["dear", 2, 2, false],
    ["cheap", 2, 2, false],
  ]);
  assert.deepEqual(grants(requests, 2).told[2], ["cheap", 2, 2, false]);
});

test("only whole replicas start; a GPU that is left over is used up all the same", () => {
  assert.deepEqual(grants([request("v", 1, 3)], 3), { told: [["v", 2, 2, true]], left: 0 });
});

test("what does not grow takes nothing, and no GPUs a replica read as one", () => {
  assert.deepEqual(grants([request("same", 2, 2), request("less", 3, 2)], 8), {
    told: [
      ["same", 2, 0, false],
      ["less", 2, 0, false],
    ],
    left: 8,
  });
  assert.deepEqual(grants([request("v", 1, 2, { gpusPerReplica: 0 })], 8), { told: [["v", 2, 1, false]], left: 7 });
});

test("a maximum caps the wish, a minimum holds even without GPUs", () => {
  assert.deepEqual(grants([request("v", 1, 10, { maxReplicas: 3 })], 100).told, [["v", 3, 4, false]]);
  assert.deepEqual(grants([request("v", 1, 5, { minReplicas: 3 })], 0).told, [["v", 3, 0, true]]);
});

test("the limiter counts what runs, and keeps accelerators apart", () => {
  const requests = [
    request("a", 2, 3, { accelerator: "A100" }),
    request("h", 1, 2),
    request("unnamed", 1, 2, { accelerator: "" }),
  ];
  const {
    used,
    available,
    grants: given,
  } = limitByGpus(
    requests,
    new Map([
      ["A100", 8],
      ["H100", 3],
    ]),
  );
  assert.deepEqual(Object.fromEntries(used), { A100: 4, H100: 2 });
  assert.deepEqual(Object.fromEntries(available), { A100: 4, H100: 1 });
  assert.deepEqual(
    given.map(({ variant, target }) => [variant, target]),
    [
      ["a", 3],
      ["h", 1],
      ["unnamed", 1],
    ],
  );
});

test("when all targets are 0 and scale to zero is off, the cheapest keeps one; an unknown cost is 10", () => {
  const kept = (costs: Record<string, number>, profile: "v0.5" | "main" = "v0.5") => {
    const targets = new Map([
      ["b", 0],
      ["a", 0],
    ]);
    const policy = { scaleToZero: false, requestCount: null, costs: new Map(Object.entries(costs)), profile };
    return Object.fromEntries(enforceZero(targets, policy).targets);
  };
  assert.deepEqual(kept({ a: 2, b: 1 }), { a: 0, b: 1 });
  assert.deepEqual(kept({ a: 1, b: 1 }), { a: 1, b: 0 });
  assert.deepEqual(kept({ a: 100 }), { a: 0, b: 1 });
  assert.deepEqual(kept({ a: 5, b: 0 }), { a: 0, b: 1 });
  assert.deepEqual(kept({ a: 5, b: 0 }, "main"), { a: 1, b: 0 });
});

test("an idle model goes to zero; requests, or not knowing, keep it", () => {
  const targets = new Map([
    ["a", 2],
    ["b", 1],
  ]);
  const law = (requestCount: number | null) =>
    enforceZero(targets, { scaleToZero: true, requestCount, costs: new Map(), profile: "v0.5" }).law;
  assert.deepEqual([law(0), law(10), law(null)], ["idle", "kept", "requests-unknown"]);
});
