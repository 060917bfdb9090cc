import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { capacityLink } from "./pools.ts";
import { Listed, type Request, tierOf, usual } from "./tier.ts";

const servers = new Map([
  ["prefill", { ...usual, role: "prefill" as const }],
  ["decode", { ...usual, role: "decode" as const }],
]);
const apart = (requests: readonly Request[], prefillers = 1) => {
  const tier = tierOf(0, [], { servers, link: capacityLink, arrivals: new Listed(requests) });
  for (let n = 0; n < prefillers; n++) tier.start(`prefill-${n}`, "prefill");
  tier.start("decode-0", "decode");
  return tier;
};

describe("prefill and decode apart", () => {
  const one: Request = { at: 1, isl: 2000, osl: 10 };
  const { law } = usual;
  const prefill = law.stepTime({ decodes: 0, promptTokens: 2000, contextTokens: 0, promptContext: 1000 });
  const first = law.stepTime({ decodes: 0, promptTokens: 1, contextTokens: 0, promptContext: 1999.5 });
  const moved = 0.00005 + (2000 * 131_072) / 25e9;

  test("the first token waits for the prompt, its way over the link, and one step", () => {
    const tier = apart([one]);
    tier.advance(10);
    const { ttft, finished, outputTokens } = tier.window(0, 10);
    assert.ok(Math.abs((ttft?.mean ?? 0) - (prefill + moved + first + law.apiOverhead)) < 1e-6);
    assert.deepEqual([finished, outputTokens], [1, 11]);
    assert.equal(tier.gauges("prefill-0").counters.finished, 1);
    assert.equal(tier.gauges("decode-0").counters.outputTokens, 10);
  });

  test("while a prompt is on its way it runs nowhere and waits nowhere", () => {
    const tier = apart([one]);
    tier.advance(1 + prefill + moved / 2);
    assert.deepEqual([tier.gauges("prefill-0").running, tier.gauges("decode-0").waiting], [0, 0]);
    assert.equal(tier.routerGauges().running, 1);
  });

  test("without a replica that prefills, one that decodes does both", () => {
    const tier = apart([one], 0);
    tier.advance(10);
    assert.ok(Math.abs((tier.window(0, 10).ttft?.mean ?? 0) - (prefill + law.apiOverhead)) < 1e-6);
  });

  test("long prompts no longer stretch the gaps between the tokens of others", () => {
    const bystander: Request = { at: 0, isl: 100, osl: 500 };
    const prompts = Array.from({ length: 10 }, (_, n): Request => ({ at: 1 + n / 5, isl: 8000, osl: 1 }));
    const gap = (tier: ReturnType<typeof apart>) => {
      tier.advance(60);
      assert.equal(tier.rows.count, 0);
      return tier.window(0, 0.5).itl?.mean ?? 0;
    };
    const undisturbed = gap(apart([bystander]));
    assert.ok(gap(apart([bystander, ...prompts])) < undisturbed * 1.02);
    assert.ok(gap(tierOf(1, [bystander, ...prompts])) > undisturbed * 1.3);
  });

  test("a request whose decoder is gone is lost when its prompt is done", () => {
    const tier = apart([one]);
    tier.advance(1 + prefill / 2);
    assert.equal(tier.kill("decode-0"), 0);
    tier.advance(10);
    assert.deepEqual([tier.window(0, 10).dropped, tier.routerGauges().running, tier.rows.count], [1, 0, 0]);
  });
});
