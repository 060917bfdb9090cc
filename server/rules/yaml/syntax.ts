import { configMapName } from "../../kinds/wva/config-map-name.ts";
import type { Document } from "../../text/document.ts";
import { defineDocumentRule } from "../rule.ts";

export const syntax = defineDocumentRule({
  id: "yaml/syntax",
  title: "YAML that cannot be parsed",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: [],
  docs: {
    summary: "The document is not valid YAML 1.2.",
    why: "kubectl refuses the whole file, and a program that reads it at start does not come up. Nothing else in this document was checked; the other documents of the file were.",
    mend: "Mend the first error: what follows it is mostly its echo.",
    sources: ["https://yaml.org/spec/1.2.2/"],
  },
  examples: {
    bad: `apiVersion: v1
kind: ConfigMap
metadata: {name: lmcache-config
data: {} # <-
`,
    good: `apiVersion: v1
kind: ConfigMap
metadata: {name: lmcache-config}
data: {}
`,
  },
  messages: {
    broken: "{error}. Nothing else in this document was checked.",
    inner: "{error}. Whoever reads {name} from here cannot parse it; nothing else in it was checked.",
  },
  reads: "documents",
  check({ document, report }) {
    const { carrier } = document;
    // Text in other scalars may be anything; only what calls itself YAML, or is read as such, is held to it.
    if (carrier !== undefined && !/\.ya?ml$/.test(carrier.name) && !isReadAsYaml(document)) return;
    for (const problem of document.problems) {
      if (problem.type !== "syntax") continue;
      const at = document.span(problem.start, problem.end);
      if (carrier === undefined) report({ at, message: "broken", slots: { error: problem.message } });
      else report({ at, message: "inner", slots: { error: problem.message, name: carrier.name } });
    }
  },
});

/** ConfigMaps of WVA: each key is a document, whatever it is called. */
const ofWva = /(?:(?:capacity|saturation)-scaling|scale-to-zero|queueing-model|service-class(?:es)?)-config$/;

function isReadAsYaml(document: Document): boolean {
  return ofWva.test(configMapName(document) ?? "");
}
