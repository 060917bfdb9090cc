import type { OwnModel } from "../config/own-hardware.ts";
import type { Settings } from "../config/settings.ts";
import { shapeFromConfig } from "../engine/catalogue/config-json.ts";
import { findGpu } from "../engine/catalogue/find-gpu.ts";
import { type FoundModel, findModel } from "../engine/catalogue/find-model.ts";
import type { Gpu } from "../engine/catalogue/gpu.ts";
import { gpus } from "../engine/catalogue/gpus.ts";
import type { ModelShape } from "../engine/catalogue/model-shape.ts";
import { models } from "../engine/catalogue/models.ts";
import { nearest } from "../text/spelling.ts";
import type { Known } from "./fills.ts";
import type { Found } from "./found.ts";
import { ownGpu } from "./own-gpu.ts";

/** The config.json that a configuration names for a model, as plain values, by the path that it names. */
export type ConfigFiles = ReadonlyMap<string, Found<object>>;

/** What is known of models and GPUs: Headroom's own, and what a configuration adds. */
export class Catalogue implements Known {
  private readonly settings: Settings;
  private readonly files: ConfigFiles;

  constructor(settings: Settings, files: ConfigFiles = new Map()) {
    this.settings = settings;
    this.files = files;
  }

  gpu(name: string): Found<Gpu> {
    const own = this.settings.gpus.flatMap((gpu) => ownGpu(gpu) ?? []);
    const found = findGpu(name, own);
    if (found !== undefined) return found;
    const said = this.settings.gpus.find((gpu) => gpu.name === name);
    if (said !== undefined)
      return { mistake: `The GPU "${name}" of headroom.config.yaml needs memoryGib or memoryGb.` };
    return { mistake: `The GPU "${name}" is not known. ${gpuHint(name, [...own, ...gpus])}` };
  }

  model(name: string): Found<FoundModel> {
    const own = this.settings.models.find(({ id }) => id === name);
    if (own !== undefined) return this.ownModel(own);
    const found = findModel(name);
    if (found !== undefined) return found;
    const near = nearestModel(name, [...models.map(({ id }) => id), ...this.settings.models.map(({ id }) => id)]);
    const hint = near === undefined ? "Name its config.json with --config." : `Did you mean ${near}?`;
    return { mistake: `The model "${name}" is not known. ${hint}` };
  }

  private ownModel({ id, config, fields, parameters, quantization }: OwnModel): Found<FoundModel> {
    const file = config === undefined ? {} : (this.files.get(config) ?? { mistake: `${config}: It was not read.` });
    if ("mistake" in file) return { mistake: String(file.mistake) };
    const read = shapeOf({ ...file, ...fields }, id, parameters);
    if ("mistake" in read) return read;
    return quantization === undefined ? { model: read } : { model: read, quantization };
  }
}

/** The config.json that have to be read before models of these names are asked for. */
export function configsOf({ models: own }: Settings, names: readonly string[]): string[] {
  return own.flatMap(({ id, config }) => (config !== undefined && names.includes(id) ? [config] : []));
}

/** A config.json as plain values. */
export function configJsonOf(text: string, name: string): Found<object> {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Told below: whatever it is, it is no configuration.
  }
  return { mistake: `${name}: This is no JSON object.` };
}

export function shapeOf(config: object, id: string, parameters: number | undefined): Found<ModelShape> {
  const read = shapeFromConfig(config, id);
  if ("shape" in read) return parameters === undefined ? read.shape : { ...read.shape, parameters };
  return { mistake: `The configuration of ${id} lacks ${listed(read.missing, "and")}.` };
}

/** `A100` may be either of two; a slip of letters is one. */
function gpuHint(name: string, known: readonly Gpu[]): string {
  const letters = name.toLowerCase();
  const ids = known.map(({ id }) => id);
  const begun = letters.length < 2 ? [] : ids.filter((id) => id.toLowerCase().startsWith(letters));
  const near = begun.length > 0 ? begun : [nearest(name, ids)].filter((id) => id !== undefined);
  if (near.length > 0) return `Did you mean ${listed([...new Set(near)], "or")}?`;
  return `It may be ${listed([...new Set(ids)], "or")}, or one of your own under gpus in headroom.config.yaml.`;
}

/** By the whole name, else by what stands behind the maker. */
function nearestModel(name: string, ids: readonly string[]): string | undefined {
  const whole = nearest(name, ids);
  if (whole !== undefined) return whole;
  const last = (id: string) => id.split("/").at(-1) ?? "";
  const near = nearest(last(name), ids.map(last));
  return ids.find((id) => last(id) === near);
}

function listed(words: readonly string[], and: "and" | "or"): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} ${and} ${last}`;
}
