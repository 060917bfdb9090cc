import type { NodePoolView } from "./kind.ts";

const instanceLabel = /\/instance-(?:family|category|type)$/;

/** Whether its instances are named, and none of them is of AWS's accelerated families (g, p, trn, inf). */
export function isWithoutGpus({ view }: { readonly view: NodePoolView }): boolean {
  return view.requirements.some(
    ({ key, operator, values }) =>
      instanceLabel.test(key) &&
      operator === "In" &&
      values.length > 0 &&
      values.every((value) => !/^(?:g|p|trn|inf|dl|vt|f)/i.test(value)),
  );
}
