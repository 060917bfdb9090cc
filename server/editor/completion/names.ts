import { nearest } from "../../graph/scope.ts";
import { entriesAt, itemsAt, stringAt } from "../../text/read.ts";
import { type Candidate, objectNamed, objectsNamed, type Scope, unique } from "./candidate.ts";
import { around, beside, type Cursor } from "./cursor.ts";
import { adapterNames } from "./metric-names.ts";
import { modelIds } from "./models.ts";
import { backendPorts, ownPorts, podPorts, servicePorts } from "./ports.ts";

/** What a value names, told by the keys that lead to it. */
interface NamePlace {
  readonly path: RegExp;
  /** An object of this kind. */
  readonly kind?: (cursor: Cursor) => string;
  /** Something else. */
  readonly names?: (scope: Scope) => readonly Candidate[];
}

const always = (kind: string) => () => kind;
const said = (otherwise: string) => (cursor: Cursor) => beside(cursor, "kind") ?? otherwise;

const places: readonly NamePlace[] = [
  { path: /(?:^|\.)scaleTargetRef\.name$/, kind: said("Deployment") },
  {
    path: /(?:^|\.)scaleTargetRef\.kind$/,
    names: () => scaled.map(({ kind, version }) => ({ label: kind, detail: version, rank: 0 })),
  },
  { path: /(?:^|\.)scaleTargetRef\.apiVersion$/, names: scaledVersions },
  { path: /\bconfigMap(?:Ref|KeyRef|TargetRef\[\])?\.name$/, kind: always("ConfigMap") },
  { path: /\bconfigMapKeyRef\.key$/, names: (scope) => keysOf(scope, "ConfigMap", beside(scope.cursor, "name")) },
  {
    path: /\bconfigMap\.items\[\]\.key$/,
    names: (scope) => keysOf(scope, "ConfigMap", beside(scope.cursor, "name", 1)),
  },
  { path: /\bsecret(?:Ref|KeyRef|TargetRef\[\])\.name$|\bsecret\.secretName$/, kind: always("Secret") },
  {
    path: /\bsecret(?:KeyRef|TargetRef\[\])\.key$/,
    names: (scope) => keysOf(scope, "Secret", beside(scope.cursor, "name")),
  },
  { path: /\bpersistentVolumeClaim\.claimName$/, kind: always("PersistentVolumeClaim") },
  { path: /\bvolumeMounts\[\]\.name$/, names: volumes },
  { path: /\bauthenticationRef\.name$/, kind: said("TriggerAuthentication") },
  { path: /\bmatchLabels\.variant_name$/, names: variants },
  {
    path: /\bmatchLabels\.(?:exported_)?namespace$|\bscaleTargetRef\.namespace$|^(?:metadata\.)?namespace$/,
    names: namespaces,
  },
  { path: /(?:^|\.)(?:\w*[pP]luginRef|\w*PluginName|\w*ProducerName|(?:fairness|ordering)PolicyRef)$/, names: plugins },
  { path: /\bdeciders\.[^.]+$/, names: plugins },
  { path: /\b(?:decode|prefill|encode|default)Profile$|\bprofiles\.[^.]+$/, names: profiles },
  { path: /\bmetric\.name$/, names: () => adapterNames() },
  { path: /\bparentRefs\[\]\.name$/, kind: said("Gateway") },
  { path: /\bbackendRefs\[\]\.name$/, kind: said("Service") },
  { path: /\bpoolRef\.name$/, kind: always("InferencePool") },
  { path: /\b(?:endpointPickerRef|extensionRef)\.name$/, kind: always("Service") },
  { path: /\bpriorityClassName$/, kind: always("PriorityClass") },
  { path: /\bdescribedObject\.name$/, kind: said("Service") },
  { path: /^spec\.serviceName$/, kind: always("Service") },
  { path: /(?:^|\.)(?:spec\.modelID|model_id)$|^modelArtifacts\.name$|llm-d·ai\/model-id$/, names: modelIds },
  { path: /\bcontainers\[\]\..*\b(?:httpGet|tcpSocket|grpc)\.port$/i, names: ownPorts },
  { path: /^spec\.ports\[\]\.targetPort$/, names: podPorts("either") },
  { path: /\bpodMetricsEndpoints\[\]\.port$/, names: podPorts("name") },
  { path: /^spec\.(?:targetPorts\[\]\.number|targetPortNumber)$/, names: podPorts("number") },
  { path: /^spec\.endpoints\[\]\.port$/, names: servicePorts },
  {
    path: /\b(?:backendRefs\[\]\.port|endpointPickerRef\.port\.number|extensionRef\.portNumber)$/,
    names: backendPorts,
  },
];

/** What has replicas to scale. */
const scaled = [
  { kind: "Deployment", version: "apps/v1" },
  { kind: "StatefulSet", version: "apps/v1" },
  { kind: "LeaderWorkerSet", version: "leaderworkerset.x-k8s.io/v1" },
] as const;

function scaledVersions({ cursor }: Scope): Candidate[] {
  const kind = beside(cursor, "kind");
  return scaled
    .filter((one) => kind === undefined || one.kind === kind)
    .map(({ version, kind: of }) => ({ label: version, detail: of, rank: 0 }));
}

export function namesAt(scope: Scope): readonly Candidate[] {
  const place = placeOf(scope);
  const kind = place?.kind?.(scope.cursor);
  return unique(kind === undefined ? (place?.names?.(scope) ?? []) : objectsNamed(scope, kind));
}

function placeOf({ cursor }: Scope): NamePlace | undefined {
  return places.find(({ path }) => path.test(cursor.path));
}

function keysOf(scope: Scope, kind: string, name: string | undefined): Candidate[] {
  const object = name === undefined ? undefined : objectNamed(scope, kind, name);
  if (object === undefined) return [];
  const keys = ["data", "stringData", "binaryData"].flatMap((section) => entriesAt(object.root, section));
  return keys.map(({ key }) => ({ label: key.text, detail: `key of ${object.title}`, rank: 0 }));
}

function volumes({ cursor }: Scope): Candidate[] {
  const list = around(cursor, "volumes");
  const claims = itemsAt(cursor.object.root, "spec", "volumeClaimTemplates");
  return [
    ...itemsAt(list).flatMap((item) => {
      const name = stringAt(item, "name")?.value;
      const type = entriesAt(item).find(({ key }) => key.text !== "name")?.key.text;
      return name === undefined ? [] : [{ label: name, detail: type ?? "volume", rank: 0 }];
    }),
    ...claims.flatMap((claim) => {
      const name = stringAt(claim, "metadata", "name")?.value;
      return name === undefined ? [] : [{ label: name, detail: "volumeClaimTemplate", rank: 0 }];
    }),
  ];
}

/** WVA calls its series by the VariantAutoscaling; 0.5.0 alone by the Deployment that it points to. */
export function variants({ cursor, graph }: Scope): Candidate[] {
  const all = graph.lookup("api/VariantAutoscaling");
  const near = new Set(nearest(graph, cursor.object, all));
  return all.flatMap((one) => {
    const rank = near.has(one) ? 0 : 1;
    const name = one.name?.value;
    const target = stringAt(one.root, "spec", "scaleTargetRef", "name")?.value;
    return [
      ...(name === undefined ? [] : [{ label: name, detail: `VariantAutoscaling, ${one.path}`, rank }]),
      ...(target === undefined ? [] : [{ label: target, detail: "its target: what WVA 0.5.0 writes", rank: rank + 2 }]),
    ];
  });
}

export function namespaces({ cursor, workspace }: Scope): Candidate[] {
  const counts = new Map<string, number>();
  for (const file of workspace.files.values()) {
    for (const { namespace } of workspace.objectsIn(file)) {
      if (namespace !== undefined) counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
    }
  }
  const own = cursor.path === "metadata.namespace" ? cursor.scalar.text : undefined;
  if (own !== undefined && counts.get(own) === 1) counts.delete(own);
  return [...counts].sort().map(([label, count]) => ({
    label,
    detail: count === 1 ? "namespace of 1 object" : `namespace of ${count} objects`,
    rank: 0,
  }));
}

function profiles({ cursor }: Scope): Candidate[] {
  return itemsAt(cursor.object.root, "schedulingProfiles").flatMap((item) => {
    const label = stringAt(item, "name")?.value;
    return label === undefined ? [] : [{ label, detail: "scheduling profile", rank: 0 }];
  });
}

function plugins({ cursor }: Scope): Candidate[] {
  return itemsAt(cursor.object.root, "plugins").flatMap((item) => {
    const type = stringAt(item, "type")?.value;
    const label = stringAt(item, "name")?.value ?? type;
    return type === undefined || label === undefined ? [] : [{ label, detail: `plugin of type ${type}`, rank: 0 }];
  });
}
