import type { Gpu } from "./gpu.ts";
import { gpus } from "./gpus.ts";
import { instanceTypes } from "./instance-types.ts";

/** Where a node says which GPU it has. */
export const gpuLabels = [
  "nvidia.com/gpu.product",
  "karpenter.k8s.aws/instance-gpu-name",
  "eks.amazonaws.com/instance-gpu-name",
  "cloud.google.com/gke-accelerator",
  "cloud.google.com/gke-tpu-accelerator",
  "gpu.nvidia.com/class",
  "gpu.nvidia.com/model",
  "amd.com/gpu.product-name",
  "node.kubernetes.io/instance-type",
  "beta.kubernetes.io/instance-type",
] as const;

/**
 * The GPU of a name, of the value of a node label, or of an instance type. `A100` alone is no GPU: it may have 40 or 80 GB.
 * A slice of a GPU (MIG) is not the GPU. What is not known is not guessed. Own GPUs come first.
 */
export function findGpu(name: string, own: readonly Gpu[] = []): Gpu | undefined {
  const wanted = plain(instanceTypes.get(name.trim().toLowerCase()) ?? name);
  if (wanted === "") return undefined;
  return [...own, ...gpus].find(
    ({ id, names = [] }) => plain(id) === wanted || names.some((one) => plain(one) === wanted),
  );
}

/** Without case, separators and the maker. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s_-]+/g, "")
    .replace(/^nvidia(?=.)/, "");
}
