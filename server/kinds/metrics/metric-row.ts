/** A series of a product: `now` is what replaced it, `gone` the product's version that no longer has it. */
export type MetricRow = readonly [
  name: string,
  type: "gauge" | "counter" | "histogram",
  unit: string,
  meaning: string,
  change?: { readonly now?: string; readonly gone?: string },
];
