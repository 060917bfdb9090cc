import type { Finding } from "../../findings/finding.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Pipeline } from "../../pipeline.ts";
import { within } from "../../topology/within.ts";

/** Findings of each severity in an object. */
export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

export function countsIn(pipeline: Pipeline): (object: StackObject) => Counts {
  const byFile = new Map<string, readonly Finding[]>();
  return (object) => {
    const known = byFile.get(object.path) ?? pipeline.findingsOf(object.path);
    byFile.set(object.path, known);
    const found = within(object, known);
    const count = (severity: Finding["severity"]) => found.filter((finding) => finding.severity === severity).length;
    return { errors: count("error"), warnings: count("warning"), infos: count("info") };
  };
}
