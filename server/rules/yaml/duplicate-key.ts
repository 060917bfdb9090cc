import { defineDocumentRule } from "../rule.ts";

export const duplicateKey = defineDocumentRule({
  id: "yaml/duplicate-key",
  title: "The same key twice in one mapping",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["VLM-25"],
  docs: {
    summary: "A mapping holds one key more than once.",
    why: "YAML 1.2 forbids it. kubectl and Go programs refuse the document; Python programs silently keep the last value. Either way one of the two values is not what runs.",
    mend: "Keep the value that is meant and delete the other.",
    sources: ["https://yaml.org/spec/1.2.2/#3213-node-comparison"],
  },
  examples: {
    bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: lmcache-config
data:
  lmcache.yaml: |
    chunk_size: 256
    max_local_cpu_size: 20
    chunk_size: 512 # <-
`,
    good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: lmcache-config
data:
  lmcache.yaml: |
    chunk_size: 512
    max_local_cpu_size: 20
`,
  },
  messages: {
    twice:
      'The key "{key}" stands twice in this mapping: parsers refuse the document or keep only this last value. Delete one of the two.',
  },
  reads: "documents",
  check({ document, report }) {
    for (const problem of document.problems) {
      if (problem.type !== "duplicate-key") continue;
      report({
        at: document.span(problem.start, problem.end),
        message: "twice",
        slots: { key: problem.key },
        related: [
          { at: document.span(problem.first.start, problem.first.end), message: "the same key stands here first" },
        ],
      });
    }
  },
});
