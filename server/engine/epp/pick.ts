import type { Reason } from "../decision/decision.ts";
import type { Endpoint, InferenceRequest } from "./endpoint.ts";
import type { Filter, Refusal } from "./filter.ts";
import type { Random } from "./picker.ts";
import type { SchedulingProfile } from "./profile.ts";
import { eppReasons } from "./reasons.ts";

/** Where a request goes, with its reason as data. */
export interface Pick {
  readonly profile: string;
  readonly model: string;
  /** Undefined: nowhere. */
  readonly endpoint?: string;
  readonly reason: Reason;
  /** Of the endpoint that was picked. Absent: nobody was scored. */
  readonly score?: number;
  readonly parts: readonly ScorePart[];
  /** Who could have been taken, best first. */
  readonly losers: readonly ScoredEndpoint[];
  readonly refused: readonly RefusedEndpoint[];
}

export interface ScoredEndpoint {
  readonly endpoint: string;
  readonly score: number;
  readonly parts: readonly ScorePart[];
}

export interface ScorePart {
  readonly scorer: string;
  readonly score: number;
  readonly weight: number;
}

export interface RefusedEndpoint extends Refusal {
  readonly endpoint: string;
  readonly by: string;
}

/** Filter, score, pick (llm-d-router pkg/epp/scheduling/scheduler_profile.go). `turn` counts requests, for round robin alone. */
export function pickEndpoint(
  profile: SchedulingProfile,
  endpoints: readonly Endpoint[],
  request: InferenceRequest,
  random: Random,
  turn = 0,
): Pick {
  const { passing, refused } = filtered(profile.filters, endpoints, request);
  const told = { profile: profile.name, model: request.model, refused };
  if (passing.length === 0) return { ...told, ...withoutScores(profile, endpoints, turn), parts: [], losers: [] };
  const scored = scoresOf(profile, passing, request);
  const { index, reason } = profile.picker.pick(
    scored.map(({ score }) => score),
    random,
  );
  const losers = scored.filter((_, at) => at !== index).toSorted((a, b) => b.score - a.score);
  const winner = scored[index];
  return { ...told, ...winner, reason, parts: winner?.parts ?? [], losers };
}

function filtered(filters: readonly Filter[], endpoints: readonly Endpoint[], request: InferenceRequest) {
  let passing = endpoints;
  const refused: RefusedEndpoint[] = [];
  for (const { name, refusal, whenNoneLeft } of filters) {
    const judged = passing.map((endpoint) => ({ endpoint, no: refusal(endpoint, request) }));
    const left = judged.filter(({ no }) => no === undefined);
    if (left.length === 0 && whenNoneLeft === "all") continue;
    for (const { endpoint, no } of judged)
      if (no !== undefined) refused.push({ endpoint: endpoint.name, by: name, ...no });
    passing = left.map(({ endpoint }) => endpoint);
  }
  return { passing, refused };
}

function scoresOf(
  { scorers, clamped }: SchedulingProfile,
  endpoints: readonly Endpoint[],
  request: InferenceRequest,
): readonly ScoredEndpoint[] {
  const columns = scorers.map(({ scorer, weight }) => ({
    scorer: scorer.name,
    weight,
    scores: scorer.scores(endpoints, request),
  }));
  return endpoints.map(({ name: endpoint }, row) => {
    const parts = columns.flatMap(({ scorer, weight, scores }): readonly ScorePart[] => {
      const score = scores[row];
      return score === undefined ? [] : [{ scorer, weight, score: clamped ? Math.min(1, Math.max(0, score)) : score }];
    });
    return { endpoint, parts, score: parts.reduce((sum, { score, weight }) => sum + score * weight, 0) };
  });
}

function withoutScores({ whenNoneLeft }: SchedulingProfile, endpoints: readonly Endpoint[], turn: number) {
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  const next = whenNoneLeft === "round-robin" ? ready[turn % ready.length] : undefined;
  return next === undefined ? { reason: eppReasons.nobody } : { endpoint: next.name, reason: eppReasons.roundRobin };
}
