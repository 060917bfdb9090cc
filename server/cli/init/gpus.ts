/** An accelerator that a scaffold can be made for. */
export interface Gpu {
  /** What NVIDIA's GPU feature discovery writes into the node label `nvidia.com/gpu.product`. */
  readonly product: string;
  readonly memoryGb: number;
  /** For one GPU and hour on demand. Sellers differ by a factor of four: it only has to rank variants. */
  readonly dollars: number;
}

export const gpus = {
  /** AWS p5, 2026-11-09. */
  H100: { product: "NVIDIA-H100-80GB-HBM3", memoryGb: 80, dollars: 6.88 },
  /** CoreWeave, 2026-10-24. */
  H200: { product: "NVIDIA-H200", memoryGb: 141, dollars: 6.31 },
  /** Lambda, nodes of eight, 2026-09-20. */
  B200: { product: "NVIDIA-B200", memoryGb: 180, dollars: 6.69 },
  /** AWS p4de, 2026-11-09. */
  A100: { product: "NVIDIA-A100-SXM4-80GB", memoryGb: 80, dollars: 3.43 },
  /** RunPod, 2026-09-20. */
  L40S: { product: "NVIDIA-L40S", memoryGb: 48, dollars: 0.99 },
} as const satisfies Record<string, Gpu>;

export type GpuName = keyof typeof gpus;
export const gpuNames = Object.keys(gpus) as [GpuName, ...GpuName[]];
