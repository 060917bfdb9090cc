import type { Consumer } from "../../schemas/compiled.ts";
import { meantKey, unwritten } from "../../schemas/meant.ts";
import { dotted, stepsOf } from "../../schemas/place.ts";
import { defineRule } from "../rule.ts";
import { aftermathOf } from "./aftermath.ts";
import { rename } from "./rename.ts";
import { mendOfSlip } from "./slips.ts";
import { checkedKinds, titleFor, told } from "./told.ts";
import { isBefore, type Running, runningFor } from "./versions.ts";
import { holderOf } from "./words.ts";

export const unknownKey = defineRule({
  id: "schema/unknown-key",
  title: "Key that nobody reads",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["H-08", "K-04", "W-04", "LMC-001", "LMC-054", "EPP-04", "GW-05", "HPA-07", "VAL-03", "VLM-06"],
  docs: {
    summary:
      "A key stands where its consumer does not know it. The message says who reads the object and what becomes of the key.",
    why: "What the line should do does not happen. The API server drops unknown fields without a word, and kubectl refuses the file only while its validation is on; a scaler of KEDA and most engines ignore what they do not know; others do not start. A misspelt key looks right in every review.",
    mend: "Correct the name: the fix is offered where one known key is meant. A right name in the wrong place mostly has the wrong indentation.",
    sources: [
      "https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation",
      "https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-pruning",
      "https://github.com/kedacore/keda/blob/main/schema/generated/scalers-schema.json",
    ],
  },
  examples: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: llama
spec:
  selectors: {app: llama} # <-
  ports:
    - port: 8000
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: llama
spec:
  selector: {app: llama}
  ports:
    - port: 8000
`,
  },
  messages: {
    pruned:
      '{object}: {holder} has no field "{key}".{meant} The API server drops it, and kubectl refuses the file while it validates.{mend}',
    rejected: '{object}: {by} refuses {holder} because of the unknown key "{key}".{meant}{mend}',
    ignored: '{object}: {by} does not know "{key}"{within} and ignores it.{meant}{mend}',
    misplaced: '{object}: "{key}" does not belong in {holder}{beside}.',
  },
  reads: checkedKinds,
  check(context) {
    const { object, report } = context;
    const title = titleFor(context);
    const running = runningFor(context);
    for (const problem of told(context, "unknown-key")) {
      const { key, map, consumer, beside, home } = problem;
      const slip = mendOfSlip(object.kind.schema, problem);
      const meant = slip === undefined ? meantKey(key.text, unwritten(problem)) : undefined;
      report({
        at: key,
        severity: consumer.open ? "warning" : "error",
        message: beside === undefined ? (effectOf(consumer, running) ?? "ignored") : "misplaced",
        slots: {
          object: title,
          holder: holderOf(problem.pointer),
          within: stepsOf(problem.pointer).length < 2 ? "" : ` in ${holderOf(problem.pointer)}`,
          key: key.text,
          by: consumer.by ?? "its reader",
          beside: beside ? `, which is of type ${beside}` : "",
          meant: meant === undefined ? "" : ` Did you mean "${meant}"?`,
          mend: slip === undefined ? belongs(home) + aftermathOf(object.kind.schema, meant, running) : ` ${slip}`,
        },
        fixes: meant === undefined ? [] : rename(key, map, meant, false),
      });
    }
  },
});

function belongs(home: string | undefined): string {
  return home === undefined ? "" : ` It belongs in ${dotted(home) || "the document itself"}: check the indentation.`;
}

/** What becomes of the key in the version that runs, or in the newest where nobody knows. */
function effectOf({ effect, earlier }: Consumer, running: Running): Consumer["effect"] {
  const version = earlier?.product === "router" ? running("router") : undefined;
  const isEarlier =
    version !== undefined && version.orNewer !== true && !isBefore(earlier?.until ?? "", version.version);
  return isEarlier ? earlier?.effect : effect;
}
