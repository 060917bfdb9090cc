import type { Product } from "../config/settings.ts";
import type { Lifetime } from "./compiled.ts";

const titles: Readonly<Record<Product, string>> = {
  kubernetes: "Kubernetes",
  keda: "KEDA",
  wva: "WVA",
  vllm: "vLLM",
  lmcache: "LMCache",
  router: "the router",
};

export function titleOf(product: string): string {
  return titles[product as Product] ?? product;
}

/** `since 1.33`, `from 0.5 to 0.8`, `up to 2.17`. */
export function lifeWords({ since, until }: Lifetime): string {
  if (since === undefined) return `up to ${until}`;
  return until === undefined ? `since ${since}` : since === until ? `in ${since} alone` : `from ${since} to ${until}`;
}
