// Replicas of vLLM, request by request, behind a router.
export type { StepLaw } from "./decode-law.ts";
export type { FlowControl } from "./flow-control.ts";
export type { Objectives } from "./journal.ts";
export type { Policy } from "./placement.ts";
export type { Detector } from "./pool.ts";
export { ReplicaTier, type ReplicaTierInput } from "./replica-tier.ts";
export { longestRequest, type ReplicaServer } from "./server.ts";
