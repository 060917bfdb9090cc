/** What somebody wants to know of a stack. Plain data: it crosses processes, and a page keeps it between two visits. */
export interface Question {
  /** Any object of the model: its Deployment, its autoscaler, its variant. Absent: the only model there is. */
  readonly target?: string;
  readonly traffic: AskedTraffic;
  /** Seconds. */
  readonly duration: number;
  readonly seed: number;
  readonly slo: AskedSlo;
  /** What is tried instead of what the files say, or where they say nothing. */
  readonly instead: Instead;
  /** Every request by itself, instead of a fluid. */
  readonly exact: boolean;
}

export interface AskedTraffic {
  /** Of a preset, or the path of a file of kind Traffic or of a trace. */
  readonly name: string;
  /** Mean requests a second. Absent: as the traffic has them. */
  readonly rate?: number;
  /** Means of tokens, by which the lengths are stretched. */
  readonly promptTokens?: number;
  readonly outputTokens?: number;
}

export interface AskedSlo {
  /** Seconds. */
  readonly ttft?: number;
  readonly itl?: number;
  /** Share of the requests that should meet both. */
  readonly target: number;
}

export interface Instead {
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
}

/** What is asked when nobody says otherwise. A chat's usual objectives. */
export const usualQuestion: Question = {
  traffic: { name: "steady" },
  duration: 3600,
  seed: 7,
  slo: { ttft: 2, itl: 0.1, target: 0.95 },
  instead: {},
  exact: false,
};
