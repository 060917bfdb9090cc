// Keywords as our validators compile them: errors that carry what a message needs, and no schema in the code.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { _, Name, or, str, stringify } = require("ajv/dist/compile/codegen");
const { checkDataType } = require("ajv/dist/compile/validate/dataType");
const { default: names } = require("ajv/dist/compile/names");
const { default: additionalProperties } = require("ajv/dist/vocabularies/applicator/additionalProperties");
const { default: unevaluatedProperties } = require("ajv/dist/vocabularies/unevaluated/unevaluatedProperties");
const { default: enumeration } = require("ajv/dist/vocabularies/validation/enum");
const { default: pattern } = require("ajv/dist/vocabularies/validation/pattern");

/** @param {import("ajv").default} ajv */
export function ours(ajv) {
  for (const keyword of [unknown(additionalProperties), unknown(unevaluatedProperties), listed, formed])
    replace(ajv, keyword);
  for (const keyword of ["anyOf", "oneOf"]) replace(ajv, branches(keyword));
  for (const keyword of [types, scalars, note]) ajv.addKeyword(keyword);
  return ajv;
}

function replace(ajv, definition) {
  ajv.removeKeyword(definition.keyword);
  ajv.addKeyword(definition);
}

/** A key that a closed object does not know, with the number of that object among the facts. */
function unknown(standard) {
  const params = ({ params: { additionalProperty, unevaluatedProperty }, parentSchema }) =>
    _`{key: ${additionalProperty ?? unevaluatedProperty}, object: ${parentSchema["x-object"] ?? null}}`;
  return {
    ...standard,
    error: { ...standard.error, params },
    code(cxt) {
      const { gen, schema, parentSchema, data, it } = cxt;
      const byName =
        standard === additionalProperties && schema === false && parentSchema.patternProperties === undefined;
      if (!byName) return standard.code(cxt);
      it.props = true;
      gen.forIn("key", data, (key) => {
        gen.if(_`!${new Name("known")}[${parentSchema["x-object"]}].has(${key})`, () => {
          cxt.setParams({ additionalProperty: key });
          cxt.error();
        });
      });
    },
  };
}

/** The values that are allowed, in the error itself. */
const listed = {
  ...enumeration,
  error: { ...enumeration.error, params: ({ schema }) => _`{allowed: ${stringify(schema)}}` },
};

/** What a text must look like, in words where the schema has them. */
const formed = {
  ...pattern,
  error: {
    ...pattern.error,
    params: ({ schema, parentSchema }) => _`{pattern: ${schema}, says: ${parentSchema.patternErrorMessage ?? null}}`,
  },
};

/** `type` with several types; it stands for itself, so that the error lists them. */
const types = {
  keyword: "x-types",
  schemaType: "array",
  error: { message: "type", params: ({ schema }) => _`{type: ${stringify(schema)}}` },
  code(cxt) {
    const { schema, data, it } = cxt;
    cxt.pass(or(...schema.map((type) => checkDataType(type, data, it.opts.strictNumbers))));
  },
};

/** The properties of an object that are plain scalars: one look-up in a table instead of code for each. */
const scalars = {
  keyword: "x-scalars",
  type: "object",
  schemaType: "number",
  code({ gen, schema, data, it }) {
    const path = str`${names.instancePath}${it.errorPath}`;
    gen.assign(names.vErrors, _`${new Name("scalars")}(${names.vErrors}, ${data}, ${path}, ${schema})`);
    gen.if(_`${names.vErrors} !== null`, () => gen.assign(names.errors, _`${names.vErrors}.length`));
  },
};

/** Something to say about a value that is there: deprecated, or of other versions. It is no error. */
const note = {
  keyword: "x-note",
  schemaType: "number",
  code({ gen, schema, it }) {
    gen.code(_`this.notes.push([${str`${names.instancePath}${it.errorPath}`}, ${schema}])`);
  },
};

/**
 * anyOf and oneOf that keep the errors of their branches apart: the error follows them, and its `ends` say how many of
 * them there were before the first branch and after each. Notes of a branch that does not hold are forgotten.
 */
function branches(keyword) {
  return {
    keyword,
    schemaType: "array",
    trackErrors: true,
    error: { message: keyword, params: ({ params: { ends, passing } }) => _`{ends: ${ends}, passing: ${passing}}` },
    code(cxt) {
      const { gen, schema, it } = cxt;
      const passing = gen.let("passing", 0);
      const ends = gen.const("ends", _`[${names.errors}]`);
      const holds = gen.name("_valid");
      const noted = gen.let("noted");
      gen.block(() => {
        schema.forEach((_branch, index) => {
          gen.assign(noted, _`this.notes.length`);
          const branch = cxt.subschema({ keyword, schemaProp: index, compositeRule: true }, holds);
          gen.code(_`${ends}.push(${names.errors})`);
          gen.if(
            holds,
            () => gen.code(_`${passing}++`),
            () => gen.assign(_`this.notes.length`, noted),
          );
          if (it.opts.unevaluated) cxt.mergeValidEvaluated(branch, holds);
        });
      });
      cxt.setParams({ ends, passing });
      cxt.result(
        keyword === "anyOf" ? _`${passing} > 0` : _`${passing} === 1`,
        () => cxt.reset(),
        () => cxt.error(true),
      );
    },
  };
}
