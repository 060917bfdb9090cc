import type { FoundModel } from "../engine/catalogue/find-model.ts";
import type { Gpu } from "../engine/catalogue/gpu.ts";
import type { Slo, Traffic } from "../engine/simulation/scenario.ts";
import type { Found } from "./found.ts";

/** What is known of hardware and models: the catalogue and what a configuration adds. */
export interface Known {
  gpu(name: string): Found<Gpu>;
  model(name: string): Found<FoundModel>;
}

/** What manifests do not say and whoever asks does. */
export interface Fills {
  readonly known: Known;
  readonly traffic: Traffic;
  readonly slo: Slo;
  /** Seconds. */
  readonly duration: number;
  readonly seed: number;
  /** Of any object of the model: its Deployment, its autoscaler, its variant. */
  readonly target?: string;
  readonly model?: string;
  readonly gpu?: string;
  /** At the start, of each Deployment. */
  readonly replicas?: number;
  /** Seconds until a new node is there. */
  readonly nodeTime?: number;
  /** Seconds from a pod's node to its first request. */
  readonly startTime?: number;
  /** Dollars for a GPU and hour. */
  readonly gpuHour?: number;
  /** A path of the workspace as people call it. */
  nameOf?(path: string): string;
}
