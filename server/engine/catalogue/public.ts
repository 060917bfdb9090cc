// Models and GPUs that are known, and how others are read.
export { type ConfigReading, shapeFromConfig } from "./config-json.ts";
export { findGpu } from "./find-gpu.ts";
export { type FoundModel, findModel } from "./find-model.ts";
export type { Gpu, Price } from "./gpu.ts";
export { gpus } from "./gpus.ts";
export type { LayerGroup, ModelShape } from "./model-shape.ts";
export { models } from "./models.ts";
