import { isFile, type NamedTarget, type Target } from "../../graph/references/reference.ts";
import { mentionAt } from "../../graph/references.ts";
import { isWorkload } from "../../graph/scale-target.ts";
import type { HpaView } from "../../kinds/hpa/kind.ts";
import type { ScaleTarget } from "../../kinds/hpa/scale-target.ts";
import type { ScaledObjectView } from "../../kinds/keda/scaled-object.ts";
import type { ClaimView } from "../../kinds/persistent-volume-claim/kind.ts";
import type { ServiceView } from "../../kinds/service/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import type { VariantView } from "../../kinds/wva/variant-autoscaling.ts";
import type { MapNode } from "../../text/node.ts";
import { at, entriesAt, resolve, scalarAt, stringAt } from "../../text/read.ts";
import { bytesOf, formatBytes } from "../../text/values/quantity.ts";
import type { Scope } from "../completion/candidate.ts";
import { code, some } from "./markdown.ts";

/** What the name at an offset of a document means, and what matters about it. */
export function referenced({ cursor, graph, workspace }: Scope, offset: number): string[] {
  const { doc } = cursor.object;
  const mention = mentionAt(graph, workspace.objectsIn(doc.file), doc.inFile(offset));
  if (mention?.reference === undefined) return [];
  const [target, ...others] = mention.targets;
  if (target === undefined) return [];
  const selects = mention.reference.to.type === "pods";
  // Of several only the pods of a selector are all meant.
  if (others.length > 0 && !selects) return [];
  return mention.targets.slice(0, 5).map((one) => describe(one));
}

function describe(target: Target): string {
  if (isFile(target)) return `File ${code(target.path)}.`;
  const { object, meaning } = target;
  const place = placeOf(target);
  switch (meaning.type) {
    case "object":
      return `${meaning.kind} ${code(target.name.text)} in ${place}${sentence(detailsOf(object))}`;
    case "pods":
      return `Pods of ${titleOf(object)} in ${place}${sentence(detailsOf(object))}`;
    case "key":
      return `Key ${code(target.name.text)} of ${titleOf(object)} in ${place}${sentence(heldIn(target))}`;
    case "volume":
      return `Volume ${code(target.name.text)} in ${place}${sentence(sourceOf(target))}`;
    case "plugin":
      return `Plugin ${code(target.name.text)} in ${place}${sentence(typeOf(target))}`;
    default:
      return `${meaning.type === "profile" ? "Scheduling profile" : titleOf(object)} ${code(target.name.text)} in ${place}.`;
  }
}

function placeOf({ name }: NamedTarget): string {
  const { file } = name.doc;
  return code(`${file.path}:${file.rangeOf(name).start.line + 1}`);
}

function titleOf({ apiKind, kind, name }: StackObject): string {
  const title = apiKind ?? kind.title;
  return name === undefined ? code(title) : `${code(title)} ${code(name.value)}`;
}

function sentence(details: readonly string[]): string {
  return details.length === 0 ? "." : `: ${details.join("; ")}.`;
}

function detailsOf(object: StackObject): string[] {
  if (isWorkload(object)) return workload(object.view);
  switch (object.kind.id) {
    case "config-map":
    case "wva-saturation":
      return keys(object.root);
    case "persistent-volume-claim":
      return claim(object as StackObject<ClaimView>);
    case "service":
      return ports((object as StackObject<ServiceView>).view);
    case "variant-autoscaling":
      return variant((object as StackObject<VariantView>).view);
    case "hpa":
    case "scaled-object":
      return autoscaler(object as StackObject<HpaView | ScaledObjectView>);
    default:
      return object.apiKind === "Secret" ? keys(object.root) : [];
  }
}

function workload({ replicas, template }: Workload): string[] {
  const containers = (template?.containers ?? []).flatMap(({ name, image }) => {
    return image === undefined ? [] : [`${code(name?.value ?? "?")} of ${code(image.value)}`];
  });
  return [
    ...(replicas === undefined ? [] : [`${replicas.value} ${replicas.value === 1 ? "replica" : "replicas"}`]),
    ...(containers.length === 0 ? [] : [some(containers, 4)]),
  ];
}

/** Names alone: what a Secret holds is not to be shown. */
function keys(root: MapNode): string[] {
  const names = ["data", "stringData", "binaryData"].flatMap((section) => entriesAt(root, section));
  return names.length === 0
    ? []
    : [
        `keys ${some(
          names.map(({ key }) => code(key.text)),
          6,
        )}`,
      ];
}

function claim({ root, view }: StackObject<ClaimView>): string[] {
  const modes = at(root, "spec", "accessModes");
  const list = resolve(modes);
  const names = list?.type === "seq" ? list.items.flatMap((item) => (item.type === "scalar" ? [item.text] : [])) : [];
  return [
    ...(view.storage === undefined ? [] : [formatBytes(bytesOf(view.storage.value))]),
    ...(names.length === 0 ? [] : [some(names.map(code), 4)]),
  ];
}

function ports({ ports: all }: ServiceView): string[] {
  const said = all.flatMap(({ name, port }) => {
    if (port === undefined) return [];
    return [name === undefined ? `${port.value}` : `${code(name)} ${port.value}`];
  });
  return said.length === 0 ? [] : [`ports ${some(said, 6)}`];
}

function variant({ modelId, target }: VariantView): string[] {
  return [...(modelId === undefined ? [] : [`model ${code(modelId.value)}`]), ...scaled(target)];
}

function autoscaler({ root, view }: StackObject<HpaView | ScaledObjectView>): string[] {
  const isKeda = "triggers" in view;
  const least =
    at(root, "spec", isKeda ? "minReplicaCount" : "minReplicas") === undefined ? (isKeda ? 0 : 1) : undefined;
  const min = view.minReplicas?.value ?? least;
  const max = view.maxReplicas?.value ?? (isKeda ? 100 : undefined);
  return [...(min === undefined || max === undefined ? [] : [`${min} to ${max} replicas`]), ...scaled(view.target)];
}

function scaled(target: ScaleTarget | undefined): string[] {
  return target === undefined ? [] : [`scales ${code(target.kind)} ${code(target.name.value)}`];
}

/** What kind of document a ConfigMap's key holds, or its one line. */
function heldIn({ object, name }: NamedTarget): string[] {
  if (object.apiKind === "Secret") return [];
  const value = scalarAt(object.root, "data", name.text);
  if (value === undefined) return [];
  const lines = value.text.trimEnd().split("\n");
  return lines.length > 1 ? [`${lines.length} lines`] : [code(value.text)];
}

function sourceOf({ object, name }: NamedTarget): string[] {
  const volume = isWorkload(object) ? object.view.template?.volumes.find((one) => one.name === name.text) : undefined;
  if (volume === undefined) return [];
  if ("source" in volume) {
    const kind = volume.type === "configMap" ? "ConfigMap" : "PersistentVolumeClaim";
    return [`${kind} ${code(volume.source.value)}`];
  }
  const source = entriesAt(volume.node).find(({ key }) => key.text !== "name")?.key.text;
  const path = stringAt(volume.node, "hostPath", "path")?.value;
  const limit = stringAt(volume.node, "emptyDir", "sizeLimit")?.value;
  const detail = path ?? limit;
  return source === undefined ? [] : [detail === undefined ? code(source) : `${code(source)} ${code(detail)}`];
}

function typeOf({ object, name }: NamedTarget): string[] {
  const plugin = resolve(at(object.root, "plugins"));
  const items = plugin?.type === "seq" ? plugin.items : [];
  const own = items.find((item) => (stringAt(item, "name") ?? stringAt(item, "type"))?.value === name.text);
  const type = stringAt(own, "type")?.value;
  return type === undefined || type === name.text ? [] : [`type ${code(type)}`];
}
