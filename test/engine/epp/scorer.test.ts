import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Endpoint } from "../../../server/engine/epp/endpoint.ts";
import {
  activeRequestScorer,
  kvScorer,
  loadAwareScorer,
  loraScorer,
  prefixScorer,
  queueScorer,
  runningScorer,
  type Scorer,
  tokenLoadScorer,
} from "../../../server/engine/epp/scorer.ts";
import { share, tokens } from "../../../server/engine/units.ts";
import { endpoint, neverScraped, request } from "./endpoint.ts";

const of = (scorer: Scorer, ...endpoints: Partial<Endpoint>[]) =>
  scorer.scores(
    endpoints.map((one, index) => endpoint(`chat-${index}`, one)),
    request,
  );
const waiting = (...counts: number[]) => counts.map((waitingRequests) => ({ waitingRequests }));
const inFlight = (requests: number, inTokens = 0) => ({ inFlight: { requests, tokens: tokens(inTokens) } });

describe("a scorer of llm-d's router", () => {
  // llm-d-router scorer/queuedepth/queue_test.go.
  test("queue-scorer goes from the shortest queue to the longest", () => {
    assert.deepEqual(of(queueScorer, ...waiting(10, 5, 0)), [0, 0.5, 1]);
    assert.deepEqual(of(queueScorer, ...waiting(5, 5)), [1, 1]);
    assert.deepEqual(of(queueScorer, ...waiting(0, 0)), [1, 1]);
  });

  test("queue-scorer says nothing of what was never scraped", () => {
    const endpoints = [
      neverScraped("chat-0", { waitingRequests: 90 }),
      endpoint("chat-1", { waitingRequests: 4 }),
      endpoint("chat-2", { waitingRequests: 2 }),
    ];
    assert.deepEqual(queueScorer.scores(endpoints, request), [undefined, 0, 1]);
    assert.deepEqual(queueScorer.scores([neverScraped("chat-0")], request), [undefined]);
  });

  test("running-requests-size-scorer does the same with running requests", () => {
    assert.deepEqual(
      of(runningScorer, { runningRequests: 8 }, { runningRequests: 6 }, { runningRequests: 0 }),
      [0, 0.25, 1],
    );
  });

  test("kv-cache-utilization-scorer is what is free", () => {
    assert.deepEqual(
      of(kvScorer, { kvUsage: share(0.75) }, { kvUsage: share(0) }, { kvUsage: share(1) }),
      [0.25, 1, 0],
    );
  });

  // llm-d-router scorer/prefix/plugin_test.go: 5 and 2 of 10 blocks; 0.5 x 0.05^2 + 0.5 x 0.5.
  test("prefix-cache-scorer is the cached share, and with a weight also the cached length", () => {
    const hits = [{ prefixHit: tokens(500) }, { prefixHit: tokens(200) }, {}];
    assert.deepEqual(of(prefixScorer(), ...hits), [0.5, 0.2, 0]);
    const weighted = prefixScorer({ matchLengthWeight: 0.5, matchLengthScaleTokens: 10_000 });
    assert.deepEqual(of(weighted, { prefixHit: tokens(500) }, {}), [0.25125, 0]);
    const long = prefixScorer({ matchLengthWeight: 0.5, matchLengthScaleTokens: 500 });
    assert.deepEqual(of(long, { prefixHit: tokens(250) }, { prefixHit: tokens(1000) }), [0.25, 1]);
    assert.deepEqual(prefixScorer().scores([endpoint("chat-0")], { ...request, promptTokens: tokens(0) }), [0]);
  });

  // llm-d-router scorer/loadaware: threshold 128.
  test("load-aware-scorer gives half a point at most", () => {
    assert.deepEqual(of(loadAwareScorer(), ...waiting(0, 32, 128, 500)), [0.5, 0.375, 0, 0]);
    assert.deepEqual(of(loadAwareScorer(10), ...waiting(5)), [0.25]);
  });

  test("active-request-scorer counts what this picker has sent", () => {
    assert.deepEqual(of(activeRequestScorer(), inFlight(4), inFlight(1), {}), [0, 0.75, 1]);
    assert.deepEqual(
      of(activeRequestScorer({ idleThreshold: 1, maxBusyScore: 0.5 }), inFlight(4), inFlight(2), inFlight(1)),
      [0, 0.25, 1],
    );
    assert.deepEqual(of(activeRequestScorer(), {}, {}), [1, 1]);
  });

  test("token-load-scorer adds what the request would bring uncached", () => {
    assert.deepEqual(
      of(tokenLoadScorer(4000), inFlight(1, 1000), { prefixHit: tokens(1000) }, inFlight(9, 9000)),
      [0.5, 1, 0],
    );
  });

  // llm-d-router scorer/loraaffinity.
  test("lora-affinity-scorer prefers loaded, then room, then waiting", () => {
    const adapters = (active: string[], queued: string[], slots: number) => ({
      adapters: { active, waiting: queued, slots },
    });
    const scores = of(
      loraScorer,
      adapters(["chat"], [], 1),
      adapters(["a"], [], 2),
      adapters(["a"], ["chat"], 2),
      adapters(["a", "b"], [], 2),
      adapters(["a"], ["a"], 2),
      {},
    );
    assert.deepEqual(scores, [1, 0.8, 0.6, 0, 0.8, 0]);
  });
});
