import type { MapNode } from "../../text/node.ts";
import { at, itemsAt, mapAt, numberAt, stringAt } from "../../text/read.ts";
import type { StackObject } from "../stack-object.ts";

/** An item of `servingEngineSpec.modelSpec`. Helm replaces lists whole, so what an item lacks no other file adds. */
export interface StackModel {
  readonly root: MapNode;
  /** For messages: `modelSpec "qwen3-8b"`. */
  readonly title: string;
}

export function modelsOf({ root }: StackObject): StackModel[] {
  return itemsAt(root, "servingEngineSpec", "modelSpec").flatMap((item, index) => {
    const model = mapAt(item);
    if (model === undefined) return [];
    const name = stringAt(model, "name")?.value;
    return [{ root: model, title: name === undefined ? `modelSpec[${index}]` : `modelSpec "${name}"` }];
  });
}

const parallelFlag = /^(?:--(?:tensor|pipeline|data)[-_]parallel|-(?:tp|pp|dp)\b)/;

/** The GPUs that a model's pod works with; absent where that stands in arguments of its own or over several pods. */
export function ranksOf({ root }: StackModel): number | undefined {
  const ownArguments = itemsAt(root, "vllmConfig", "extraArgs").some((word) => {
    const text = stringAt(word)?.value;
    return text === undefined || parallelFlag.test(text);
  });
  if (ownArguments || at(root, "raySpec") !== undefined) return undefined;
  const written = at(root, "vllmConfig", "tensorParallelSize");
  const ranks = numberAt(written)?.value;
  return written === undefined ? 1 : Number.isSafeInteger(ranks) ? ranks : undefined;
}
