import { dirname, resolve } from "node:path";
import type { OwnModel } from "../../config/own-hardware.ts";
import type { Settings } from "../../config/settings.ts";
import { shapeFromConfig } from "../../engine/catalogue/config-json.ts";
import { findGpu } from "../../engine/catalogue/find-gpu.ts";
import { type FoundModel, findModel } from "../../engine/catalogue/find-model.ts";
import type { Gpu } from "../../engine/catalogue/gpu.ts";
import { gpus } from "../../engine/catalogue/gpus.ts";
import type { ModelShape } from "../../engine/catalogue/model-shape.ts";
import { models } from "../../engine/catalogue/models.ts";
import type { Found } from "../../scenario/found.ts";
import { ownGpu } from "../../scenario/own-gpu.ts";
import { nearest } from "../../text/spelling.ts";
import { exists } from "../inputs/exists.ts";
import { readText } from "../inputs/read.ts";
import { listed } from "../report/words.ts";

/** Bytes of a config.json; the largest there are have some hundred kilobytes. */
const longestConfig = 4 * 1024 * 1024;

/** What is known of models and GPUs here: Headroom's own, and what the configuration adds. */
export class Catalogue {
  private readonly settings: Settings;
  /** Of the configuration file: paths are relative to it. */
  private readonly directory: string;

  constructor(settings: Settings, configFile: string | undefined) {
    this.settings = settings;
    this.directory = configFile === undefined ? "." : dirname(configFile);
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

  async model(name: string): Promise<Found<FoundModel>> {
    const own = this.settings.models.find(({ id }) => id === name);
    if (own !== undefined) return this.ownModel(own);
    const found = findModel(name);
    if (found !== undefined) return found;
    const near = nearestModel(name, [...models.map(({ id }) => id), ...this.settings.models.map(({ id }) => id)]);
    const hint = near === undefined ? "Name its config.json with --config." : `Did you mean ${near}?`;
    return { mistake: `The model "${name}" is not known. ${hint}` };
  }

  private async ownModel({ id, config, fields, parameters, quantization }: OwnModel): Promise<Found<FoundModel>> {
    const file = config === undefined ? {} : await readConfigJson(resolve(this.directory, config), config);
    if ("mistake" in file) return { mistake: String(file.mistake) };
    const read = shapeOf({ ...file, ...fields }, id, parameters);
    if ("mistake" in read) return read;
    return quantization === undefined ? { model: read } : { model: read, quantization };
  }
}

/** The text of a file that was named. */
export async function readNamed(path: string, name: string, limit: number): Promise<Found<{ readonly text: string }>> {
  if (!(await exists(path))) return { mistake: `${name}: No such file or directory.` };
  const read = await readText(path, limit);
  return "reason" in read ? { mistake: `${name}: ${read.reason}` } : read;
}

/** A config.json as plain values. */
export async function readConfigJson(path: string, name: string): Promise<Found<object>> {
  const read = await readNamed(path, name, longestConfig);
  if ("mistake" in read) return read;
  try {
    const value: unknown = JSON.parse(read.text.replace(/^\uFEFF/, ""));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Told below: whatever it is, it is no configuration.
  }
  return { mistake: `${name}: This is no JSON object.` };
}

export function shapeOf(config: object, id: string, parameters: number | undefined): Found<ModelShape> {
  const read = shapeFromConfig(config, id);
  if ("shape" in read) return parameters === undefined ? read.shape : { ...read.shape, parameters };
  return { mistake: `The configuration of ${id} lacks ${listed(read.missing)}.` };
}

/** `A100` may be either of two; a slip of letters is one. */
function gpuHint(name: string, known: readonly Gpu[]): string {
  const letters = name.toLowerCase();
  const begun =
    letters.length < 2 ? [] : known.filter(({ id }) => id.toLowerCase().startsWith(letters)).map(({ id }) => id);
  const near =
    begun.length > 0
      ? begun
      : [
          nearest(
            name,
            known.map(({ id }) => id),
          ),
        ].filter((id) => id !== undefined);
  if (near.length > 0) return `Did you mean ${listed([...new Set(near)], "or")}?`;
  return `It may be ${listed([...new Set(known.map(({ id }) => id))], "or")}, or one of your own under gpus in headroom.config.yaml.`;
}

/** By the whole name, else by what stands behind the maker. */
function nearestModel(name: string, ids: readonly string[]): string | undefined {
  const whole = nearest(name, ids);
  if (whole !== undefined) return whole;
  const last = (id: string) => id.split("/").at(-1) ?? "";
  const near = nearest(last(name), ids.map(last));
  return ids.find((id) => last(id) === near);
}
