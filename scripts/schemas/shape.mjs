// From what TypeScript says of an API type to what the API server takes.

/** @typedef {Record<string, any>} Schema */

/** Types of which nobody in this field writes the inside: their keys are known, what stands below them is not checked. */
const leftOpen = new Set([
  "AWSElasticBlockStoreVolumeSource",
  "AzureDiskVolumeSource",
  "AzureFileVolumeSource",
  "CephFSVolumeSource",
  "CinderVolumeSource",
  "EphemeralContainer",
  "FCVolumeSource",
  "FlexVolumeSource",
  "FlockerVolumeSource",
  "GCEPersistentDiskVolumeSource",
  "GitRepoVolumeSource",
  "GlusterfsVolumeSource",
  "ISCSIVolumeSource",
  "ManagedFieldsEntry",
  "PersistentVolumeClaimStatus",
  "PhotonPersistentDiskVolumeSource",
  "PortworxVolumeSource",
  "QuobyteVolumeSource",
  "RBDVolumeSource",
  "ScaleIOVolumeSource",
  "StorageOSVolumeSource",
  "VsphereVirtualDiskVolumeSource",
  "WindowsSecurityContextOptions",
]);

/** Types that are texts of a certain form. */
const forms = {
  Quantity: {
    type: ["string", "number"],
    pattern: "^[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$",
    patternErrorMessage: "a quantity such as 64Gi, 500m or 8",
    description: "A quantity: 8, 500m, 64Gi.",
  },
  IntOrString: { type: ["integer", "string"] },
  Time: { type: "string", description: "A time as in RFC 3339." },
};

/**
 * The schema of one kind, from that of its type.
 *
 * @param {import("./kinds.mjs").GeneratedKind} kind
 * @param {Schema} generated draft 7, with `definitions`
 * @param {Schema} metadata definitions of ObjectMeta and what belongs to it
 * @returns {Schema}
 */
export function shape(kind, generated, metadata) {
  const { definitions = {}, $schema: _, ...type } = generated;
  const defs = { ...definitions, ...metadata };
  if (!kind.whole) defs[kind.type] = type;
  const shaped = Object.fromEntries(Object.entries(defs).map(([name, def]) => [bare(name), shapeDef(bare(name), def)]));
  const { properties = {}, required = [] } = kind.whole ? shapeDef(kind.kind, type) : {};
  const own = kind.whole
    ? Object.fromEntries(
        Object.entries(properties).filter(([key]) => !["apiVersion", "kind", "metadata"].includes(key)),
      )
    : { spec: { description: "What is wanted.", $ref: `#/$defs/${bare(kind.type)}` } };
  const [first, ...others] = kind.apiVersions;
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `headroom:${kind.name}`,
    $comment:
      "Made by scripts/schemas from kubernetes-models and @kubernetes-models/* (MIT). The words that are not ours are those of the projects themselves (Apache-2.0).",
    title: kind.kind,
    description: kind.description,
    type: "object",
    additionalProperties: false,
    "x-unknown": { by: "the API server", effect: "pruned" },
    required: ["apiVersion", "kind", ...(kind.whole ? required.filter((key) => key in own) : ["spec"])],
    properties: {
      apiVersion: {
        description: "Group and version of the API.",
        ...(others.length === 0 ? { const: first } : { enum: kind.apiVersions }),
      },
      kind: { description: "What this object is.", const: kind.kind },
      metadata: { description: "Name, namespace, labels and annotations.", $ref: "#/$defs/ObjectMeta" },
      ...own,
      status: { description: "What the cluster reports. It is not read from files.", type: "object" },
    },
    $defs: shaped,
  };
}

/** All types of the packages are interfaces by their first letter: `IPodSpec` is PodSpec. */
function bare(name) {
  return name.replace(/^I/, "");
}

function shapeDef(name, def) {
  if (name in forms) return forms[name];
  if (leftOpen.has(name)) return { ...described(def), type: "object" };
  const shaped = shapeNode(def);
  // Inside other objects, apiVersion and kind are said by the place: nobody writes them in volumeClaimTemplates.
  if (shaped.properties?.apiVersion?.const !== undefined)
    shaped.required = shaped.required?.filter((key) => key !== "apiVersion" && key !== "kind");
  if (shaped.required?.length === 0) delete shaped.required;
  return shaped;
}

function shapeNode(node) {
  if (Array.isArray(node)) return node.map(shapeNode);
  if (node === null || typeof node !== "object") return node;
  const shaped = { ...node, ...described(node) };
  if (typeof node.$ref === "string") shaped.$ref = `#/$defs/${bare(node.$ref.slice("#/definitions/".length))}`;
  if (node.type === "number") shaped.type = "integer";
  // The types say number for the whole numbers of int-or-string too.
  else if (Array.isArray(node.type)) shaped.type = node.type.map((type) => (type === "number" ? "integer" : type));
  for (const key of ["properties"]) {
    if (node[key] !== undefined)
      shaped[key] = Object.fromEntries(Object.entries(node[key]).map(([name, inner]) => [name, shapeNode(inner)]));
  }
  for (const key of ["items", "additionalProperties", "anyOf", "oneOf", "allOf"]) {
    if (node[key] !== undefined) shaped[key] = shapeNode(node[key]);
  }
  // What has no fields of its own holds anything.
  if (shaped.type === "object" && shaped.properties === undefined && shaped.additionalProperties === false)
    delete shaped.additionalProperties;
  return shaped;
}

const longest = 360;

/** The first paragraph of a description, whole sentences only: a hover is not a manual. */
function described({ description }) {
  if (typeof description !== "string") return {};
  const paragraph = description.split("\n\n")[0].replaceAll(/\s+/g, " ").replaceAll("\\*", "*").trim();
  if (paragraph.length <= longest) return { description: paragraph };
  const end = paragraph.slice(0, longest).lastIndexOf(". ");
  return { description: end > 0 ? paragraph.slice(0, end + 1) : `${paragraph.slice(0, longest - 1)}…` };
}
