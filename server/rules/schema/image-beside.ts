import { productionStackValues } from "../../kinds/helm-values/production-stack.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { versionOfImage } from "../../kinds/vllm/version.ts";
import { stepsOf } from "../../schemas/place.ts";
import { itemsAt, stringAt } from "../../text/read.ts";

/** The vLLM of the model in whose values a place is: each has an image of its own. */
export function vllmBeside({ kind, root }: StackObject, pointer: string): string | undefined {
  const [spec, models, index] = stepsOf(pointer);
  if (kind !== productionStackValues || spec !== "servingEngineSpec" || models !== "modelSpec") return undefined;
  const model = itemsAt(root, spec, models)[Number(index)];
  const [repository, tag] = ["repository", "tag"].map((key) => stringAt(model, key)?.value);
  return repository === undefined || tag === undefined ? undefined : versionOfImage(`${repository}:${tag}`);
}
