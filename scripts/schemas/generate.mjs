// The schemas of Kubernetes and KEDA kinds, from the types of well-kept packages with our own words over them.
import { existsSync, readFileSync } from "node:fs";
import { createGenerator } from "ts-json-schema-generator";
import { withScalers } from "./keda.mjs";
import { kinds } from "./kinds.mjs";
import { lay, withoutUnused } from "./overlay.mjs";
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
      return [kind.name, withoutUnused(lay(whole, common, overlay(kind.name), used))];
    }),
  );
  const idle = Object.keys(common.$defs).filter((name) => !used.has(name));
  if (idle.length > 0) throw new Error(`schemas/overlays/common.json: no kind has ${idle.join(", ")}`);
  return schemas;
}

function overlay(name) {
  const file = `schemas/overlays/${name}.json`;
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}
