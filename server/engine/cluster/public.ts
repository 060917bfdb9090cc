// Pods and nodes with their clocks, and what they cost.
export { dollarsPerHourAt, dollarsUntil, paidGpuHours } from "./bill.ts";
export type { NodePool, PhaseTime, PodTemplate, StartUp } from "./input.ts";
export type { Node } from "./node.ts";
export { hasMetrics, isActive, isReady, type PodPhase } from "./phase.ts";
export { type PhaseSpan, type Pod, timeIn } from "./pod.ts";
