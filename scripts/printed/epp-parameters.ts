import type { EppPlugin, Lifetime, Parameter, Parameters } from "./epp-data.ts";

export interface Schema {
  readonly [keyword: string]: unknown;
}

const by = "the endpoint picker";

/** Unknown keys stop the start. */
export const closed: Schema = { additionalProperties: false, "x-unknown": { by, effect: "rejected" } };
/** The same for plugin parameters, which router 0.8 and earlier did not look at. */
const closedParameters: Schema = {
  additionalProperties: false,
  "x-unknown": { by, effect: "rejected", earlier: { product: "router", until: "0.8", effect: "ignored" } },
};
const unread: Schema = { additionalProperties: false, "x-unknown": { by, effect: "ignored" } };

/** What Go's time.ParseDuration takes, without a sign. */
export const duration: Schema = {
  type: "string",
  pattern: "^(?:0|[0-9.][0-9.hmsnuµμ]*[hms])$",
  patternErrorMessage: "a duration with its unit, such as 5s or 1m30s",
};

export const lifetime = (versions: Lifetime): Schema => ({ "x-versions": { product: "router", ...versions } });

/** A description that ends with the default. */
export function described(description: string, value?: unknown): Schema {
  if (value === undefined) return { description };
  const shown = typeof value === "string" && value !== "" ? value : JSON.stringify(value);
  return { description: `${description} Default ${shown}.`, default: value };
}

/** What one plugin takes, for those entries of `plugins` that have its type. */
export function pluginBranch(plugin: EppPlugin): Schema {
  const { type, summary, deprecated, parameters = {} } = plugin;
  const needed = Object.values(parameters).some(({ required }) => required);
  const old =
    deprecated === undefined
      ? {}
      : {
          type: {
            description: summary,
            deprecated: true,
            deprecationMessage: deprecation(deprecated),
            "x-deprecated-since": { product: "router", since: deprecated.since },
          },
        };
  return {
    if: { properties: { type: { const: type } }, required: ["type"] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    then: {
      properties: { ...old, parameters: parametersOf(plugin) },
      ...(needed || plugin.exactlyOneOf !== undefined ? { required: ["parameters"] } : {}),
    },
  };
}

export function deprecation({ since, removal, replacement, mend }: NonNullable<EppPlugin["deprecated"]>): string {
  const end = removal === undefined ? "" : `, removal planned for ${removal}`;
  return `Deprecated since router ${since}${end}: ${mend ?? `write ${replacement}`}.`;
}

function parametersOf({ type, ignoresParameters, parameters = {}, note, exactlyOneOf, requires }: EppPlugin): Schema {
  if (ignoresParameters) {
    return { description: `${type} reads no parameters.`, type: ["object", "null"], properties: {}, ...unread };
  }
  const names = Object.keys(parameters);
  const takes = names.length === 0 ? `${type} takes no parameters.` : `Parameters of ${type}.`;
  const object = objectOf(parameters);
  const alone = exactlyOneOf === undefined ? {} : { minProperties: 1, maxProperties: 1 };
  return {
    description: note === undefined ? takes : `${takes} ${note}`,
    ...object,
    type: object["required"] === undefined && exactlyOneOf === undefined ? ["object", "null"] : "object",
    ...alone,
    ...(requires === undefined ? {} : { dependentRequired: requires }),
  };
}

function objectOf(parameters: Parameters): Schema {
  const required = Object.entries(parameters).flatMap(([name, one]) => (one.required ? [name] : []));
  return {
    type: "object",
    properties: Object.fromEntries(Object.entries(parameters).map(([name, one]) => [name, parameterSchema(one)])),
    ...(required.length > 0 ? { required } : {}),
    ...closedParameters,
  };
}

const bounds = [
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "minItems",
  "maxItems",
  "enum",
  "enumDescriptions",
] as const;

/** A duration is text: what bounds it stands in its description. */
function boundsOf(parameter: Parameter): Schema {
  if (parameter.type === "duration") return {};
  return Object.fromEntries(bounds.flatMap((key) => (parameter[key] === undefined ? [] : [[key, parameter[key]]])));
}

function parameterSchema(parameter: Parameter): Schema {
  const { description, deprecated, versions } = parameter;
  return {
    ...(description === undefined ? {} : described(description, parameter.default)),
    ...typeOf(parameter),
    ...boundsOf(parameter),
    ...(deprecated === undefined ? {} : { deprecated: true, deprecationMessage: deprecated.message }),
    ...(deprecated?.oneToOne ? { "x-renamed-to": deprecated.replacement } : {}),
    ...(versions === undefined ? {} : lifetime(versions)),
  };
}

function typeOf({ type, open, values, properties = {}, items }: Parameter): Schema {
  if (type === "duration") return duration;
  if (type === "array") return { type, ...(items === undefined ? {} : { items: itemSchema(items) }) };
  if (type !== "object" || open) return { type };
  return values === undefined ? objectOf(properties) : { type, additionalProperties: { type: values } };
}

/** KV cache in use is a fraction. */
function itemSchema(items: Parameter): Schema {
  const schema = parameterSchema(items);
  if (items.properties?.["metric"]?.enum?.includes("kv-cache-utilization") !== true) return schema;
  const metric = { const: "kv-cache-utilization" };
  const maxValue = { description: "Highest KV cache in use that stays, as a fraction.", type: "number", maximum: 1 };
  return {
    ...schema,
    if: { properties: { metric, maxValue: { type: "number" } }, required: ["metric", "maxValue"] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    then: { properties: { maxValue } },
  };
}
