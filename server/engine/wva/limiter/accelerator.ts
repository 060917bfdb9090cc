/**
 * The short name under which WVA counts the GPUs of a node, from the product name of its label
 * (internal/engines/pipeline/type_inventory.go at v0.5.1): NVIDIA-A100-PCIE-80GB is A100, Intel-Gaudi-2-96GB is Gaudi-2.
 */
export function shortAcceleratorName(product: string): string {
  const [vendor, model, generation] = product.split("-");
  if (vendor === undefined || model === undefined) return product;
  return vendor.toUpperCase() === "INTEL" && generation !== undefined ? `${model}-${generation}` : model;
}
