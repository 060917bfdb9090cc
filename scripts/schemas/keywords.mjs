// Keywords as our validators compile them: errors that carry what a message needs, and tables instead of code.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { _, getProperty, Name, or, str, stringify } = require("ajv/dist/compile/codegen");
const { checkDataType } = require("ajv/dist/compile/validate/dataType");
const { default: names } = require("ajv/dist/compile/names");
const { default: negation } = require("ajv/dist/vocabularies/applicator/not");
const { default: enumeration } = require("ajv/dist/vocabularies/validation/enum");
const { default: pattern } = require("ajv/dist/vocabularies/validation/pattern");

/** @param {import("ajv").default} ajv */
export function ours(ajv) {
  for (const keyword of [listed, formed, excluded, branches("anyOf"), branches("oneOf")]) {
    ajv.removeKeyword(keyword.keyword);
    ajv.addKeyword(keyword);
  }
  for (const keyword of [types, object, choice, note]) ajv.addKeyword(keyword);
  return ajv;
}

function pathOf({ errorPath }) {
  return str`${names.instancePath}${errorPath}`;
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

/** What a value may not be, in words of what it may be where the schema has them. */
const excluded = {
  ...negation,
  error: { ...negation.error, params: ({ parentSchema }) => _`{says: ${parentSchema.patternErrorMessage ?? null}}` },
};

/** `type` with several types; the standard one refers to the schema for their list. */
const types = {
  keyword: "x-types",
  schemaType: "array",
  error: { message: "type", params: ({ schema }) => _`{type: ${stringify(schema)}}` },
  code(cxt) {
    const { schema, data, it } = cxt;
    cxt.pass(or(...schema.map((type) => checkDataType(type, data, it.opts.strictNumbers))));
  },
};

/** An object: its keys, and those of its values that look like many others. */
const object = {
  keyword: "x-object",
  schemaType: "number",
  code({ gen, schema, data, it }) {
    gen.assign(names.vErrors, _`${new Name("object")}(this, ${names.vErrors}, ${data}, ${pathOf(it)}, ${schema})`);
    gen.if(_`${names.vErrors} !== null`, () => gen.assign(names.errors, _`${names.vErrors}.length`));
  },
};

/** Another schema for each word that a key may hold. */
const choice = {
  keyword: "x-switch",
  type: "object",
  schemaType: "object",
  code(cxt) {
    const { gen, schema, parentSchema, data } = cxt;
    const word = gen.const("word", _`${data}${getProperty(parentSchema["x-switch-on"])}`);
    for (const schemaProp of Object.keys(schema)) {
      gen.if(_`${word} === ${schemaProp}`, () => {
        cxt.subschema({ keyword: "x-switch", schemaProp }, gen.name("valid"));
      });
    }
  },
};

/** Something to say about a value that is there: deprecated, or of other versions. It is no error. */
const note = {
  keyword: "x-note",
  schemaType: "number",
  code({ gen, schema, it }) {
    gen.code(_`this.notes.push([${pathOf(it)}, ${schema}])`);
  },
};

/**
 * anyOf and oneOf that keep the errors of their branches apart: their own error follows those, and its `ends` say how
 * many errors there were before the first branch and after each. Notes of a branch that does not hold are forgotten.
 */
function branches(keyword) {
  return {
    keyword,
    schemaType: "array",
    trackErrors: true,
    error: { message: keyword, params: ({ params: { ends, passing } }) => _`{ends: ${ends}, passing: ${passing}}` },
    code(cxt) {
      const { gen, schema } = cxt;
      const passing = gen.let("passing", 0);
      const ends = gen.const("ends", _`[${names.errors}]`);
      const noted = gen.let("noted");
      const holds = gen.name("_valid");
      const forget = () => gen.assign(_`this.notes.length`, noted);
      gen.block(() => {
        for (const schemaProp of schema.keys()) {
          gen.assign(noted, _`this.notes.length`);
          cxt.subschema({ keyword, schemaProp, compositeRule: true }, holds);
          gen.code(_`${ends}.push(${names.errors})`);
          gen.if(holds, () => gen.code(_`${passing}++`), forget);
        }
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
