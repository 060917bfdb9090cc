import type { Reason } from "../decision/decision.ts";

/** Every law by which WVA decides; each text reads on after "because". */
const texts = {
  "no-analysis": "no replica reports, and WVA keeps what is there",
  transition: "the model is in transition and WVA decides nothing before it ends",
  moving: "it is still on the way to its last decision",
  "counts-reporting": "it counts the replicas that report, not those that run",
  "kv-spare-low": "the spare KV cache is below its trigger",
  "queue-spare-low": "the spare queue is below its trigger",
  "both-spares-low": "the spare KV cache and the spare queue are below their triggers",
  "all-waiting": "more is needed, but no variant is free to take it",
  "removal-safe": "the load still fits with one replica less",
  "last-replicas": "less would do, but every free variant is down to one replica",
  "other-variant": "another variant takes the step of this cycle",
  steady: "there is room, but not for one replica less",
  idle: "no request came in the retention period",
  "minimum-one": "scale to zero is off and the cheapest variant keeps one replica",
  "requests-unknown": "the requests of the retention period could not be counted",
  "request-waits": "a request waits in the scheduler for a model without replicas",
  "tokens-short": "the demand in tokens is above what ready and pending replicas should carry",
  "tokens-spare": "the replicas can hold more tokens than the demand needs",
  "tokens-steady": "the demand in tokens lies between the two boundaries",
  "tokens-other": "the cheaper step lies with another variant",
  "saturation-vetoes": "saturation asks for more and overrules the model's wish for less",
  "removal-unsafe": "the model wants less, but a removal is not safe",
  "saturation-leads": "saturation asks for more and the model does not object",
  "model-leads": "the performance model asks for it",
  "nothing-asked": "neither saturation nor the performance model asks for a change",
  "composite-high": "the composite saturation is above its upper bound",
  "composite-low": "the composite saturation is below its lower bound",
  "composite-between": "the composite saturation lies between its bounds",
} as const;

export type WvaReasonId = keyof typeof texts;

export const wvaReasons = Object.fromEntries(
  Object.entries(texts).map(([id, text]) => [id, { id: `wva/${id}`, text }]),
) as Readonly<Record<WvaReasonId, Reason>>;
