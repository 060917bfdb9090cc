import type { OwnGpu } from "../config/own-hardware.ts";
import { findGpu } from "../engine/catalogue/find-gpu.ts";
import type { Gpu, Price } from "../engine/catalogue/gpu.ts";
import { gb, gib, gigabytesPerSecond } from "../engine/units.ts";

/** A known GPU keeps what is not said anew; its own price comes before the samples. */
export function ownGpu(own: OwnGpu): Gpu | undefined {
  const base = findGpu(own.name);
  const sold = own.memoryGb === undefined ? base?.sold : gb(own.memoryGb);
  const physical = own.memoryGib === undefined ? base?.physical : gib(own.memoryGib);
  const bandwidth =
    own.bandwidthTbPerSecond === undefined ? base?.bandwidth : gigabytesPerSecond(own.bandwidthTbPerSecond * 1000);
  const memory = sold ?? physical;
  if (memory === undefined) return undefined;
  return {
    id: base?.id ?? own.name,
    names: [...(base?.names ?? []), own.name, ...own.names],
    sold: memory,
    peak: {
      ...base?.peak,
      ...(own.bf16Tflops === undefined ? {} : { bf16: own.bf16Tflops * 1e12 }),
      ...(own.fp8Tflops === undefined ? {} : { fp8: own.fp8Tflops * 1e12 }),
    },
    prices: [...ownPrice(own), ...(base?.prices ?? [])],
    source: base === undefined ? "headroom.config.yaml" : `${base.source}; headroom.config.yaml`,
    ...(physical === undefined ? {} : { physical }),
    ...(bandwidth === undefined ? {} : { bandwidth }),
  };
}

function ownPrice({ price }: OwnGpu): Price[] {
  if (price === undefined) return [];
  const { dollarsPerGpuHour, date, seller = "headroom.config.yaml" } = price;
  return [{ dollarsPerGpuHour, seller, date }];
}
