// The schemas of Kubernetes and KEDA kinds, from the types of well-kept packages with our own words over them.
import { existsSync, readFileSync } from "node:fs";
import { createGenerator } from "ts-json-schema-generator";
import { withScalers } from "./keda.mjs";
import { kinds } from "./kinds.mjs";
import { lay, merge, withoutUnused } from "./overlay.mjs";
import { shape } from "./shape.mjs";

/** @typedef {Record<string, any>} Schema */

/** @returns {Map<string, Schema>} schemas by name */
export function generatedSchemas() {
  const types = createGenerator({
    path: "scripts/schemas/types/*.ts",
    tsconfig: "tsconfig.json",
    skipTypeCheck: true,
    expose: "all",
    topRef: false,
    encodeRefs: false,
  });
  const { definitions: metadata } = types.createSchema("IConfigMap");
  const common = overlay("common");
  const used = new Set();
  const schemas = new Map(
    kinds.map((kind) => {
      const shaped = shape(kind, types.createSchema(kind.type), metadata);
      const whole = kind.name === "scaled-object" ? withScalers(shaped) : shaped;
      const shared = (kind.overlays ?? []).map(overlay).reduce(merge, lay(whole, common, {}, used));
      const laid = withoutUnused(merge(shared, overlay(kind.name)));
      return [kind.name, kind.data === undefined ? laid : withData(laid, handMade(kind.data))];
    }),
  );
  schemas.set("wva-manager-file", asFile("wva-manager-file", handMade("wva-manager-data")));
  const idle = Object.keys(common.$defs).filter((name) => !used.has(name));
  if (idle.length > 0) throw new Error(`schemas/overlays/common.json: no kind has ${idle.join(", ")}`);
  return schemas;
}

/** A ConfigMap whose data is known key by key. */
function withData(schema, { $schema: _, $id: __, title: ___, ...data }) {
  return { ...schema, properties: { ...schema.properties, data } };
}

/** The same settings in a YAML file, where numbers and truths need no quotes. */
function asFile(name, schema) {
  const { "config.yaml": _, ...properties } = schema.properties;
  const loose = Object.entries(properties).map(([key, one]) => [
    key,
    { ...one, type: one.type === "object" ? one.type : ["string", "number", "boolean"] },
  ]);
  return { ...schema, $id: `headroom:${name}`, properties: Object.fromEntries(loose) };
}

function handMade(name) {
  return JSON.parse(readFileSync(`schemas/${name}.schema.json`, "utf8"));
}

function overlay(name) {
  const file = `schemas/overlays/${name}.json`;
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}
