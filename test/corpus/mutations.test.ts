import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { describe, test } from "node:test";
import { rules } from "../../server/rules/registry.ts";
import { boundsOperators } from "./mutations/bounds.ts";
import { cacheServerOperators } from "./mutations/cache-servers.ts";
import { cacheOperators } from "./mutations/caches.ts";
import { documentOperators } from "./mutations/documents.ts";
import { heldBackOperators } from "./mutations/held-back.ts";
import { hpaOperators } from "./mutations/hpa.ts";
import { kedaOperators } from "./mutations/keda.ts";
import { kedaSignalOperators } from "./mutations/keda-signals.ts";
import { kedaLifeOperators } from "./mutations/keda-lives.ts";
import { pickerOperators } from "./mutations/pickers.ts";
import { podOperators } from "./mutations/pods.ts";
import { poolOperators } from "./mutations/pools.ts";
import { queryOperators } from "./mutations/queries.ts";
import { routerOperators } from "./mutations/routers.ts";
import { serverOperators } from "./mutations/servers.ts";
import { servingOperators } from "./mutations/serving.ts";
import { signalOperators } from "./mutations/signals.ts";
import { survivors } from "./mutations/survivors.ts";
import { unplanted } from "./mutations/unplanted.ts";
import { variantOperators } from "./mutations/variants.ts";
import { valuesOperators } from "./mutations/values.ts";
import { vllmOperators } from "./mutations/vllm.ts";
import { Workbench } from "./mutations/workbench.ts";
import { wvaOperators } from "./mutations/wva.ts";

/** Every mistake, put wherever the clean corpus has room for it, is found by its rule at its line. */
const root = "test/corpus/clean";
const stacks = readdirSync(root).sort();
const benches = stacks.map((name) => new Workbench(root, name));
const operators = [
  ...boundsOperators,
  ...kedaSignalOperators,
  ...hpaOperators,
  ...kedaOperators,
  ...wvaOperators,
  ...servingOperators,
  ...vllmOperators,
  ...documentOperators,
  ...queryOperators,
  ...signalOperators,
  ...kedaLifeOperators,
  ...podOperators,
  ...variantOperators,
  ...valuesOperators,
  ...routerOperators,
  ...poolOperators,
  ...cacheOperators,
  ...cacheServerOperators,
  ...pickerOperators,
  ...serverOperators,
  ...heldBackOperators,
];

const counts = new Map<string, number>();
const survived = new Set<string>();

describe("mistakes put into the clean corpus", () => {
  for (const operator of operators) {
    const { rule, title } = operator;
    test(`${rule} finds ${title}`, () => {
      const outcomes = benches.flatMap((bench) => bench.try(operator));
      assert.notEqual(outcomes.length, 0, "the corpus has no room for it");
      counts.set(rule, (counts.get(rule) ?? 0) + outcomes.length);
      const names = outcomes.filter(({ caught }) => !caught).map(({ place }) => `${rule}, ${title}: ${place}`);
      for (const name of names) survived.add(name);
      assert.deepEqual(
        names.filter((name) => !Object.hasOwn(survivors, name)),
        [],
      );
    });
  }

  test("are those of every rule, but where the table says why", () => {
    const planted = new Set(operators.map(({ rule }) => rule));
    assert.deepEqual(
      rules.map(({ id }) => id).filter((id) => !planted.has(id)).sort(),
      Object.keys(unplanted).sort(),
    );
  });

  test("come to three hundred and more", () => {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    assert.ok(total >= 300, `${total} mutants`);
  });

  test("survive only where the table says why", () => {
    assert.deepEqual([...survived].sort(), Object.keys(survivors).sort());
  });
});
