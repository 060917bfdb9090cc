import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { notBuilt } from "../../server/rules/not-built.ts";
import { rules } from "../../server/rules/registry.ts";

/** The catalogue of checks by subject: HPA shape, signals, conflicts, KEDA, slow pods, capacity, WVA. */
const autoscaling: Readonly<Record<string, number>> = { H: 12, S: 18, C: 12, K: 37, T: 16, G: 9, W: 21 };

/**
 * The same of serving: endpoint pickers, pools and gateways, vLLM's pods, values of charts, what autoscales them, pods at
 * large, memory for weights and KV cache. LMCache's have three digits.
 */
const serving: Readonly<Record<string, number>> = { EPP: 32, GW: 16, VLM: 29, VAL: 11, HPA: 11, P: 6, KV: 3 };
const caching: Readonly<Record<string, number>> = { LMC: 70 };

const checks = [...numbered(autoscaling, 2), ...numbered(serving, 2), ...numbered(caching, 3)];

function numbered(catalogue: Readonly<Record<string, number>>, digits: number): string[] {
  return Object.entries(catalogue).flatMap(([letters, count]) =>
    Array.from({ length: count }, (_, n) => `${letters}-${String(n + 1).padStart(digits, "0")}`),
  );
}

const expressed = new Set(rules.flatMap(({ refs }) => refs));

describe("every check of the catalogue", () => {
  for (const check of checks) {
    test(`${check} is a rule, or it is told why not`, () => {
      assert.ok(expressed.has(check) || Object.hasOwn(notBuilt, check), "no rule has it in its refs");
    });
  }

  test("that is told not to be built is in no rule", () => {
    assert.deepEqual(
      Object.keys(notBuilt).filter((check) => expressed.has(check)),
      [],
    );
  });

  test("that is told not to be built says why", () => {
    for (const [check, reason] of Object.entries(notBuilt)) assert.ok(reason.length > 30, check);
  });
});
