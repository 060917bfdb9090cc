/**
 * What a step of vLLM reaches of its hardware, and what it costs besides. Rounded after a robust fit to half of the rows of
 * AIConfigurator's measurements (https://github.com/ai-dynamo/aiconfigurator/tree/095f58a, silicon_sample.csv, Apache-2.0): vLLM,
 * Qwen3-32B and Llama-3.1-70B on H100, H200 and B200. The rows of `docs/fidelity.md` played no part in it.
 */
export interface StepConstants {
  /** Share of the memory bandwidth that reading weights reaches. */
  readonly weightReading: number;
  /** The same of reading keys and values. */
  readonly cacheReading: number;
  /** Share of the peak that matrix products reach. */
  readonly matrixProducts: number;
  /** The same of a prompt's attention to its context. */
  readonly promptAttention: number;
  /** Share of the link between GPUs that an all-reduce reaches. */
  readonly allReduce: number;
  /** Seconds a layer, whatever it does. */
  readonly perLayer: number;
  /** Seconds a layer more where ranks wait for each other. */
  readonly perLayerOfRanks: number;
  /** Seconds a sequence: sampling, scheduling, detokenising. */
  readonly perSequence: number;
  /** Seconds that the API server adds before the first token. */
  readonly apiOverhead: number;
}

export const vllmConstants: StepConstants = {
  weightReading: 0.88,
  cacheReading: 0.9,
  matrixProducts: 0.7,
  promptAttention: 0.5,
  allReduce: 0.55,
  perLayer: 60e-6,
  perLayerOfRanks: 8e-6,
  perSequence: 35e-6,
  apiOverhead: 8e-3,
};

/** Bytes a second and direction between GPUs without a link of their own: PCIe 4 x16, 32 GB/s by its specification. */
export const linkOfPcie = 32e9;
