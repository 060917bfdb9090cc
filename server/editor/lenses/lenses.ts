import type { CodeLens } from "vscode-languageserver/node";
import type { Autoscaler } from "../../graph/autoscalers.ts";
import { isWorkload } from "../../graph/scale-target.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { lmcacheConfig } from "../../kinds/lmcache/flat.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { type SaturationView, saturationConfig } from "../../kinds/wva/saturation.ts";
import { type VariantView, variantAutoscaling } from "../../kinds/wva/variant-autoscaling.ts";
import type { TextFile } from "../../text/file.ts";
import { forecastTarget } from "../role/forecast-target.ts";
import { field } from "../wire.ts";
import { cacheConfigLenses, cacheLenses } from "./cache.ts";
import { capacityLenses } from "./capacity.ts";
import type { Lens, Surroundings } from "./lens.ts";
import { mostGpusLenses } from "./most-gpus.ts";
import { saturationLenses, variantLenses } from "./saturation.ts";
import { startUpLenses } from "./start-up.ts";
import { triggerLenses } from "./trigger.ts";

export const openPreview = "headroom.openPreview";

/** More in one file are no help. */
const mostObjects = 200;

/** What opens the preview where the client has one. */
type Preview = ((target: string) => unknown[]) | undefined;

/** The lenses of a file; those that show a number wait for `resolveLens`. */
export function codeLenses(file: TextFile, surroundings: Surroundings, uri: string, preview: Preview): CodeLens[] {
  return objectsIn(file, surroundings).flatMap((object) => {
    const numbers = lensesOf(object, surroundings).map((lens) => ({ range: rangeOf(lens), data: dataOf(lens, uri) }));
    const target = preview === undefined ? undefined : forecastTarget(object, surroundings);
    if (preview === undefined || target === undefined) return numbers;
    const command = { title: "Preview scaling", command: openPreview, arguments: preview(target) };
    const at = object.doc.carrier?.node ?? object;
    return [...numbers, { range: rangeOf({ at }), command }];
  });
}

/** The same lens with its number, or without one where the text is another by now. */
export function resolveLens(lens: CodeLens, file: TextFile, surroundings: Surroundings): CodeLens {
  const [id, offset] = [field(lens.data, "id"), field(lens.data, "offset")];
  for (const object of objectsIn(file, surroundings)) {
    const found = lensesOf(object, surroundings).find((one) => one.id === id && offsetOf(one) === offset);
    const said = found?.tell();
    if (said === undefined) continue;
    const tooltip = said.tooltip === undefined ? {} : { tooltip: shown(said.tooltip) };
    return { ...lens, command: { title: shown(said.title), command: "", ...tooltip } };
  }
  return lens;
}

/** Of whom a lens is; absent where it has no number to wait for. */
export function uriOfLens({ data }: CodeLens): string | undefined {
  const uri = field(data, "uri");
  return typeof uri === "string" ? uri : undefined;
}

/** A patch is a part of an object, and a broken document may be anything. */
function objectsIn(file: TextFile, { graph, workspace }: Surroundings): readonly StackObject[] {
  if (graph.layout.isPatch(file.path)) return [];
  return workspace
    .objectsIn(file)
    .filter(({ doc }) => doc.readable)
    .slice(0, mostObjects);
}

function lensesOf(object: StackObject, surroundings: Surroundings): Lens[] {
  if (isWorkload(object)) {
    const tellers = [capacityLenses, startUpLenses, cacheLenses];
    return tellers.flatMap((lenses) => lenses(object, surroundings));
  }
  switch (object.kind.id) {
    case hpa.id:
    case scaledObject.id:
      return [...mostGpusLenses(object as Autoscaler, surroundings), ...triggerLenses(object as Autoscaler)];
    case variantAutoscaling.id:
      return variantLenses(object as StackObject<VariantView>, surroundings);
    case saturationConfig.id:
      return saturationLenses(object as StackObject<SaturationView>, surroundings);
    case lmcacheConfig.id:
      return cacheConfigLenses(object, surroundings);
    default:
      return [];
  }
}

function dataOf(lens: Lens, uri: string) {
  return { uri, id: lens.id, offset: offsetOf(lens) };
}

function offsetOf({ at }: Lens): number {
  return at.doc.inFile(at.start);
}

/** The first line: the number of it is all that a lens needs. */
function rangeOf({ at }: Pick<Lens, "at">): CodeLens["range"] {
  const { start } = at.doc.file.rangeOf(at);
  return { start, end: start };
}

/** Names of a document are shown as they are: no line of theirs is one, and no icon. */
function shown(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const unwanted = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
  return text.slice(0, 300).replace(unwanted, " ").replaceAll("$(", "$ (");
}
