import type { ModelShape } from "./model-shape.ts";
import { deepseekModels } from "./models/deepseek.ts";
import { googleModels } from "./models/google.ts";
import type { CatalogueModel } from "./models/layers.ts";
import { llamaModels } from "./models/llama.ts";
import { mistralModels } from "./models/mistral.ts";
import { otherModels } from "./models/others.ts";
import { qwenModels } from "./models/qwen.ts";

const rows: readonly CatalogueModel[] = [
  ...llamaModels,
  ...qwenModels,
  ...mistralModels,
  ...deepseekModels,
  ...googleModels,
  ...otherModels,
];

/** Every model of the catalogue, the variants of a shape included. */
export const models: readonly ModelShape[] = rows.flatMap(({ variants = [], ...shape }) => [
  shape,
  ...variants.map((variant) => ({ ...shape, ...variant })),
]);
