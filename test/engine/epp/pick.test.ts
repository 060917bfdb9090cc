import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Endpoint } from "../../../server/engine/epp/endpoint.ts";
import {
  kvBelow,
  onlyReady,
  queueUpTo,
  type Role,
  roleFilter,
  servesModel,
  utilizationFilter,
} from "../../../server/engine/epp/filter.ts";
import { type Pick, pickEndpoint } from "../../../server/engine/epp/pick.ts";
import { pickSentence } from "../../../server/engine/epp/pick-sentence.ts";
import {
  amongTopPicker,
  maxScorePicker,
  type Picker,
  randomPicker,
  weightedRandomPicker,
} from "../../../server/engine/epp/picker.ts";
import { defaultProfile, guideProfile, type SchedulingProfile } from "../../../server/engine/epp/profile.ts";
import { kvScorer, queueScorer, tokenLoadScorer } from "../../../server/engine/epp/scorer.ts";
import { milliseconds, seconds, share, tokens } from "../../../server/engine/units.ts";
import { dice, endpoint, neverScraped, request } from "./endpoint.ts";

const profile = (more: Partial<SchedulingProfile>): SchedulingProfile => ({
  ...defaultProfile,
  filters: [],
  scorers: [{ scorer: kvScorer, weight: 1 }],
  ...more,
});
const names = ({ refused }: Pick) => refused.map((one) => `${one.endpoint} ${one.by}: ${one.because}`);

describe("a filter", () => {
  const kept = (filter: SchedulingProfile["filters"][number], ...endpoints: Endpoint[]) =>
    endpoints.filter((one) => filter.refusal(one, request) === undefined).map(({ name }) => name);

  test("by queue takes its limit, by KV cache stops at it", () => {
    const busy = [4, 5, 6].map((waitingRequests) => endpoint(`q${waitingRequests}`, { waitingRequests }));
    assert.deepEqual(kept(queueUpTo(5), ...busy), ["q4", "q5"]);
    const full = [0.94, 0.95, 0.96].map((usage) => endpoint(`kv${usage}`, { kvUsage: share(usage) }));
    assert.deepEqual(kept(kvBelow(0.95), ...full), ["kv0.94"]);
  });

  test("by model takes who serves it, holds its adapter or has room for it", () => {
    const adapters = (active: string[], waiting: string[], slots: number) => ({
      models: ["base"],
      adapters: { active, waiting, slots },
    });
    assert.deepEqual(
      kept(
        servesModel,
        endpoint("any"),
        endpoint("base", { models: ["chat"] }),
        endpoint("loaded", adapters(["chat"], [], 1)),
        endpoint("waiting", adapters(["a"], ["chat"], 2)),
        endpoint("room", adapters(["a"], [], 2)),
        endpoint("full", adapters(["a"], [], 1)),
        endpoint("other", { models: ["base"] }),
      ),
      ["any", "base", "loaded", "waiting", "room"],
    );
  });

  // llm-d-router filter/bylabel/roles.go.
  const labels = [
    "decode",
    "prefill",
    "encode",
    "prefill-decode",
    "both",
    "encode-prefill",
    "encode-prefill-decode",
    "Prefill",
  ];
  const table: readonly (readonly [role: Role, kept: readonly string[]])[] = [
    ["decode", ["decode", "prefill-decode", "both", "encode-prefill-decode", "none"]],
    ["prefill", ["prefill", "prefill-decode", "both", "encode-prefill", "encode-prefill-decode"]],
    ["encode", ["encode", "encode-prefill", "encode-prefill-decode"]],
  ];
  for (const [role, expected] of table) {
    test(`by role ${role}`, () =>
      assert.deepEqual(
        kept(roleFilter(role), ...labels.map((label) => endpoint(label, { role: label })), endpoint("none")),
        expected,
      ));
  }

  test("by utilization takes each maximum; what was never scraped is 0", () => {
    const filter = utilizationFilter([
      { metric: "waiting-queue", maxValue: 2 },
      { metric: "kv-cache-utilization", maxValue: 0.8 },
      { metric: "active-requests", maxValue: 3 },
    ]);
    const kv = (usage: number) => ({ kvUsage: share(usage) });
    const flight = (requests: number) => ({ inFlight: { requests, tokens: tokens(0) } });
    assert.deepEqual(
      kept(
        filter,
        endpoint("edge", { waitingRequests: 2, ...kv(0.8), ...flight(3) }),
        endpoint("queue", { waitingRequests: 3 }),
        endpoint("kv", kv(0.9)),
        neverScraped("new", kv(0.9)),
        neverScraped("sent", flight(4)),
      ),
      ["edge", "new"],
    );
  });

  test("that would leave none may stand back", () => {
    const conditions = [{ metric: "waiting-queue", maxValue: 0 }] as const;
    const busy = endpoint("chat-0", { waitingRequests: 1 });
    const strict = pickEndpoint(profile({ filters: [utilizationFilter(conditions)] }), [busy], request, dice());
    const lenient = pickEndpoint(profile({ filters: [utilizationFilter(conditions, true)] }), [busy], request, dice());
    assert.deepEqual([strict.endpoint, names(strict)], [undefined, ["chat-0 utilization-filter: it is too busy"]]);
    assert.deepEqual([lenient.endpoint, names(lenient)], ["chat-0", []]);
  });
});

describe("a picker", () => {
  const index = (picker: Picker, scores: number[], ...numbers: number[]) => picker.pick(scores, dice(...numbers)).index;

  test("of the highest score asks for chance only among equals", () => {
    assert.equal(index(maxScorePicker, [1, 3, 2]), 1);
    assert.deepEqual(
      [0, 0.49, 0.5, 0.999].map((number) => index(maxScorePicker, [3, 1, 3], number)),
      [0, 0, 2, 2],
    );
  });

  test("at random does not look at scores", () => {
    assert.deepEqual(
      [0, 0.34, 0.67, 1].map((number) => index(randomPicker, [9, 0, 0], number)),
      [0, 1, 2, 2],
    );
  });

  // A-Res: the largest of u^(1/score).
  test("by weight takes the largest root, and never a zero while others are above", () => {
    assert.equal(index(weightedRandomPicker, [0.5, 1], 0.8, 0.6), 0); // 0.64 against 0.6
    assert.equal(index(weightedRandomPicker, [0.5, 1], 0.7, 0.6), 1); // 0.49 against 0.6
    assert.equal(index(weightedRandomPicker, [0, 0.1, 0], 0), 1);
    assert.equal(index(weightedRandomPicker, [0, 0], 0.9), 1);
  });

  test("by weight takes in proportion to the scores", () => {
    const grid = Array.from({ length: 200 }, (_, step) => (step + 0.5) / 200);
    let first = 0;
    for (const a of grid) for (const b of grid) if (index(weightedRandomPicker, [3, 1], a, b) === 0) first++;
    assert.ok(Math.abs(first / grid.length ** 2 - 0.75) < 0.01);
  });

  test("among the best three takes any of them", () => {
    assert.deepEqual(
      [0, 0.4, 0.9].map((number) => index(amongTopPicker(3), [1, 5, 2, 4], number)),
      [1, 3, 2],
    );
  });
});

describe("the router's default profile", () => {
  // Weights 2, 2, 3: queue (max - q)/(max - min), KV cache 1 - usage, cached share of 1000 tokens.
  const endpoints = [
    endpoint("chat-0", { waitingRequests: 4, kvUsage: share(0.5), prefixHit: tokens(800) }),
    endpoint("chat-1", { waitingRequests: 0, kvUsage: share(0.25) }),
    endpoint("chat-2", { waitingRequests: 2, kvUsage: share(0.75), prefixHit: tokens(1000) }),
    endpoint("chat-3", { ready: false }),
  ];

  test("adds weighted scores and tells them all", () => {
    const pick = pickEndpoint(defaultProfile, endpoints, request, dice());
    assert.deepEqual(pick, {
      profile: "default",
      model: "chat",
      endpoint: "chat-2",
      reason: { id: "epp/highest", text: "it has the highest score" },
      score: 4.5,
      parts: [
        { scorer: "queue-scorer", score: 0.5, weight: 2 },
        { scorer: "kv-cache-utilization-scorer", score: 0.25, weight: 2 },
        { scorer: "prefix-cache-scorer", score: 1, weight: 3 },
      ],
      losers: [
        {
          endpoint: "chat-1",
          score: 3.5,
          parts: [
            { scorer: "queue-scorer", score: 1, weight: 2 },
            { scorer: "kv-cache-utilization-scorer", score: 0.75, weight: 2 },
            { scorer: "prefix-cache-scorer", score: 0, weight: 3 },
          ],
        },
        {
          endpoint: "chat-0",
          score: 3.4000000000000004,
          parts: [
            { scorer: "queue-scorer", score: 0, weight: 2 },
            { scorer: "kv-cache-utilization-scorer", score: 0.5, weight: 2 },
            { scorer: "prefix-cache-scorer", score: 0.8, weight: 3 },
          ],
        },
      ],
      refused: [{ endpoint: "chat-3", by: "ready", because: "it is not ready" }],
    });
    assert.equal(
      pickSentence(pick),
      "chat-2 takes the request for chat, because it has the highest score: 4.5 (queue-scorer 0.5 x 2 + kv-cache-utilization-scorer 0.25 x 2 + " +
        "prefix-cache-scorer 1 x 3). chat-1 has 3.5. chat-0 has 3.4. Not chat-3: it is not ready.",
    );
  });

  test("refuses when none is ready", () => {
    const pick = pickEndpoint(defaultProfile, [endpoint("chat-0", { ready: false })], request, dice());
    assert.equal(
      pickSentence(pick),
      "The request for chat goes nowhere, because no endpoint passed. Not chat-0: it is not ready.",
    );
  });

  test("keeps scores between 0 and 1", () => {
    const pick = pickEndpoint(
      profile({}),
      [endpoint("chat-0", { kvUsage: share(1.2) }), endpoint("chat-1", { kvUsage: share(-0.5) })],
      request,
      dice(),
    );
    assert.deepEqual([pick.endpoint, pick.score, pick.losers[0]?.score], ["chat-1", 1, 0]);
  });
});

describe("the guides' scheduler", () => {
  const guide = guideProfile(10);

  test("gives 100 for the prefix, 50 for the queue, 30 over the seconds to the first token", () => {
    const endpoints = [
      endpoint("chat-0", { prefixHit: tokens(500), waitingRequests: 5, predictedTtft: seconds(0.5) }),
      endpoint("chat-1", { prefixHit: tokens(1000), waitingRequests: 10, predictedTtft: seconds(2) }),
      endpoint("chat-2"),
      endpoint("chat-3", { waitingRequests: 5, predictedTtft: seconds(30) }),
    ];
    const pick = pickEndpoint(guide, endpoints, request, dice(0));
    assert.deepEqual([pick.endpoint, pick.score, pick.reason.id], ["chat-0", 135, "epp/among-top"]);
    assert.deepEqual(
      pick.losers.map((one) => [one.endpoint, one.score]),
      [
        ["chat-1", 115],
        ["chat-2", 50],
        ["chat-3", 26],
      ],
    );
    const drawn = [0, 0.4, 0.99].map((number) => pickEndpoint(guide, endpoints, request, dice(number)).endpoint);
    assert.deepEqual(drawn, ["chat-0", "chat-1", "chat-2"]);
  });

  test("takes turns among the ready when none passes", () => {
    const busy = ["chat-0", "chat-1"].map((name) => endpoint(name, { waitingRequests: 11 }));
    const endpoints = [...busy, endpoint("chat-2", { ready: false })];
    const turns = [0, 1, 2].map((turn) => pickEndpoint(guide, endpoints, request, dice(), turn));
    assert.deepEqual(
      turns.map((pick) => pick.endpoint),
      ["chat-0", "chat-1", "chat-0"],
    );
    assert.equal(
      turns.map(pickSentence)[0],
      "chat-0 takes the request for chat, because no endpoint passed and it was its turn. Not chat-2: it is not ready. " +
        "Not chat-0: it is too busy (waiting requests 11 > most 10). Not chat-1: it is too busy (waiting requests 11 > most 10).",
    );
    assert.equal(pickEndpoint(guide, [], request, dice()).endpoint, undefined);
  });
});

const endpoints = fc
  .array(
    fc.record({
      ready: fc.boolean(),
      waitingRequests: fc.nat(20),
      runningRequests: fc.nat(50),
      kvUsage: fc.double({ min: 0, max: 1, noNaN: true }).map(share),
      prefixHit: fc.nat(1000).map(tokens),
      metricsAge: fc.nat(400).map(milliseconds),
    }),
    { maxLength: 8 },
  )
  .map((all) => all.map((one, index) => endpoint(`chat-${index}`, one)));
const pickers = fc.constantFrom(maxScorePicker, randomPicker, weightedRandomPicker, amongTopPicker(3));
const chances = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 8, maxLength: 8 });

describe("whatever the endpoints", () => {
  const filters = [onlyReady, queueUpTo(10), kvBelow(0.95)];
  const scorers = [
    { scorer: queueScorer, weight: 2 },
    { scorer: kvScorer, weight: 1 },
    { scorer: tokenLoadScorer(), weight: 1 },
  ];

  test("the pick is one of those that pass, and everyone is accounted for", () => {
    fc.assert(
      fc.property(endpoints, pickers, chances, (all, picker, chance) => {
        const pick = pickEndpoint(profile({ filters, scorers, picker }), all, request, dice(...chance));
        const passing = all
          .filter((one) => one.ready && one.waitingRequests <= 10 && one.kvUsage < 0.95)
          .map(({ name }) => name);
        assert.equal(pick.endpoint === undefined, passing.length === 0);
        if (pick.endpoint !== undefined) assert.ok(passing.includes(pick.endpoint));
        const told = [
          ...(pick.endpoint === undefined ? [] : [pick.endpoint]),
          ...pick.losers.map((one) => one.endpoint),
          ...pick.refused.map((one) => one.endpoint),
        ];
        assert.deepEqual(told.toSorted(), all.map(({ name }) => name).toSorted());
      }),
    );
  });

  test("the same chance gives the same pick, and no loser has a higher score than the best", () => {
    fc.assert(
      fc.property(endpoints, pickers, chances, (all, picker, chance) => {
        const once = pickEndpoint(profile({ filters, scorers, picker }), all, request, dice(...chance));
        assert.deepEqual(pickEndpoint(profile({ filters, scorers, picker }), all, request, dice(...chance)), once);
        if (picker === maxScorePicker) for (const { score } of once.losers) assert.ok(score <= (once.score ?? 0));
      }),
    );
  });
});
