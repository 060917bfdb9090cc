/** GPUs by the instance types of clouds, from the clouds' own lists of instance types, November 2026. */
const table: Readonly<Record<string, string>> = {
  // AWS
  L4: "g6.xlarge g6.2xlarge g6.4xlarge g6.8xlarge g6.12xlarge g6.16xlarge g6.24xlarge g6.48xlarge",
  L40S: "g6e.xlarge g6e.2xlarge g6e.4xlarge g6e.8xlarge g6e.12xlarge g6e.16xlarge g6e.24xlarge g6e.48xlarge",
  A10G: "g5.xlarge g5.2xlarge g5.4xlarge g5.8xlarge g5.12xlarge g5.16xlarge g5.24xlarge g5.48xlarge",
  // Google Cloud: a2-highgpu; Azure: ND A100 v4
  "A100-40GB-SXM":
    "p4d.24xlarge a2-highgpu-1g a2-highgpu-2g a2-highgpu-4g a2-highgpu-8g a2-megagpu-16g standard_nd96asr_v4",
  "A100-80GB-SXM":
    "p4de.24xlarge a2-ultragpu-1g a2-ultragpu-2g a2-ultragpu-4g a2-ultragpu-8g standard_nd96amsr_a100_v4",
  "H100-SXM":
    "p5.48xlarge p5.4xlarge a3-highgpu-1g a3-highgpu-2g a3-highgpu-4g a3-highgpu-8g a3-megagpu-8g standard_nd96isr_h100_v5",
  "H200-SXM": "p5e.48xlarge p5en.48xlarge a3-ultragpu-8g standard_nd96isr_h200_v5",
  "B200-SXM": "p6-b200.48xlarge a4-highgpu-8g",
};

export const instanceTypes: ReadonlyMap<string, string> = new Map(
  Object.entries(table).flatMap(([gpu, types]) => types.split(" ").map((type) => [type, gpu] as const)),
);
