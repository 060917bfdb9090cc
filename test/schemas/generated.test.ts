import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import vm from "node:vm";
import { createGenerator } from "ts-json-schema-generator";
import { kinds } from "../../server/kinds/registry.ts";
import { rules } from "../../server/rules/registry.ts";
import { speakers } from "../../server/rules/schema/spoken-for.ts";
import { schemaNames, validatorModule } from "../../server/schemas/compiled.ts";

interface Schema {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const read = (file: string) => JSON.parse(readFileSync(file, "utf8"));
const generated = [...new Set(kinds.flatMap(({ schema }) => schema ?? []))].filter((name) => !isHandMade(name));

function isHandMade(name: string): boolean {
  try {
    return read(`schemas/${name}.schema.json`) !== undefined;
  } catch {
    return false;
  }
}

const schemaOf = (name: string): Schema => read(`.generated/schemas/${name}.schema.json`);

describe("what is generated", () => {
  test("every kind that names a schema has a validator of that name", () => {
    const named = kinds.flatMap(({ schema }) => schema ?? []);
    assert.deepEqual(
      named.filter((name) => typeof validatorModule(name)?.validators[name] !== "function"),
      [],
    );
    assert.equal(validatorModule("constructor"), undefined);
  });

  test("every schema belongs to a kind", () => {
    const named = new Set(kinds.map(({ schema }) => schema));
    const helm = /-values$|^wva-manager-data$/;
    assert.deepEqual(
      schemaNames.filter((name) => !named.has(name) && !helm.test(name)),
      [],
    );
  });

  for (const name of generated) {
    test(`${name}: every property says what it is, and every reference leads somewhere`, () => {
      const schema = schemaOf(name);
      const defs = schema.$defs ?? {};
      const told = ["type", "$ref", "enum", "anyOf", "const"];
      for (const [def, { properties = {} }] of [["root", schema] as const, ...Object.entries(defs)])
        for (const [key, property] of Object.entries(properties))
          assert.ok(
            told.some((keyword) => keyword in property),
            `${def}.${key}: an overlay of something that is not there`,
          );
      for (const [, ref = ""] of JSON.stringify(schema).matchAll(/"\$ref":"#\/\$defs\/([^"]+)"/g))
        assert.ok(ref in defs, ref);
      assert.ok(String(schema["description"]).length > 10);
    });
  }

  test("the validators need nothing but themselves", () => {
    const modules = readdirSync(".generated/validators").filter((file) => file !== "index.cjs");
    assert.ok(modules.length > 20);
    for (const module of modules) {
      const page = { module: { exports: {} as { validators?: object } } };
      vm.runInNewContext(readFileSync(`.generated/validators/${module}`, "utf8"), page);
      assert.ok(page.module.exports.validators, module);
    }
  });

  test("a rule that speaks for the schemas exists", () => {
    assert.deepEqual(
      speakers.filter((id) => !rules.some((rule) => rule.id === id)),
      [],
    );
  });
});

/** Kubernetes 1.30 is the last version of kubernetes-types: what it does not have came later, and says when. */
describe("fields younger than Kubernetes 1.30 say since when they exist", () => {
  const old = createGenerator({
    path: "node_modules/kubernetes-types/{core,apps,autoscaling}/v{1,2}.d.ts",
    tsconfig: "tsconfig.json",
    skipTypeCheck: true,
    expose: "all",
    topRef: false,
    encodeRefs: false,
  });
  const table: [schema: string, type: string][] = [
    ["deployment", "DeploymentSpec"],
    ["stateful-set", "StatefulSetSpec"],
    ["service", "ServiceSpec"],
    ["persistent-volume-claim", "PersistentVolumeClaimSpec"],
    ["horizontal-pod-autoscaler", "HorizontalPodAutoscalerSpec"],
  ];
  for (const [name, type] of table) {
    test(name, () => {
      const { definitions = {}, ...root } = old.createSchema(type) as Schema & { definitions?: Record<string, Schema> };
      const before: Record<string, Schema> = { ...definitions, [type]: root };
      const { $defs = {} } = schemaOf(name);
      const young = Object.entries($defs).flatMap(([def, { properties = {} }]) => {
        const known = before[def]?.properties;
        if (known === undefined) return [];
        return Object.entries(properties).flatMap(([key, property]) =>
          key in known || "x-versions" in property ? [] : [`${def}.${key}`],
        );
      });
      assert.deepEqual(young, []);
    });
  }
});
