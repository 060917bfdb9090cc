import type { RawFix } from "../../findings/raw-finding.ts";
import { type EppView, endpointPickerConfig } from "../../kinds/epp/kind.ts";
import { oldInferencePool } from "../../kinds/inference-pool/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { lifeWords, titleOf } from "../../schemas/lifetimes.ts";
import { problemsOf } from "../../schemas/problems.ts";
import { toV1 } from "../pool/to-v1.ts";
import { defineRule } from "../rule.ts";
import { toPrefixProducer } from "./moved-parameters.ts";
import { checkedKinds, titleFor, told } from "./told.ts";
import { isBefore, outsideOf, runningFor } from "./versions.ts";
import { holderOf } from "./words.ts";

const example = (plugins: string) => `# file: headroom.config.yaml
versions: {router: "0.10"}
# file: epp.yaml
apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins:
  - type: queue-scorer
${plugins}`;

export const otherVersion = defineRule({
  id: "schema/other-version",
  title: "Key of another version",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["H-10", "EPP-04", "EPP-05", "GW-07"],
  docs: {
    summary:
      "A key or value exists in other versions than the one that runs: as headroom.config.yaml says, or, for the configuration of an endpoint picker, the image of the router that reads it or an apiVersion that only some routers have.",
    why: "An older version drops it or refuses the object; a newer one no longer reads it. Either way it does nothing, and the file looks right to everyone who knows the other version.",
    mend: "Leave it out, or upgrade. Where another place has taken it over, the fix moves it there. If another version runs, say so under `versions` in headroom.config.yaml.",
    sources: [
      "https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/",
      "https://github.com/kedacore/keda/blob/main/CHANGELOG.md",
    ],
  },
  examples: {
    bad: example(`  - type: prefix-cache-scorer
    parameters:
      blockSizeTokens: 128 # <-
`),
    good: example(`  - type: prefix-cache-scorer
  - type: approx-prefix-cache-producer
    parameters:
      blockSizeTokens: 128
`),
  },
  messages: {
    notYet: '{object}: {product} {running} does not know "{name}" in {holder} yet; it exists {life}.',
    noLonger: '{object}: {product} {running} no longer knows "{name}" in {holder}; it existed {life}.{instead}',
    wholeNotYet: "{object}: {product} {running} does not read {form} yet; it exists {life}.",
    wholeGone: "{object}: {product} {running} no longer reads {form}; it existed {life}.",
  },
  reads: checkedKinds,
  check(context) {
    const { object, report } = context;
    const title = titleFor(context);
    const running = runningFor(context);
    for (const { at, name, versions, pointer } of told(context, "other-version")) {
      const outside = outsideOf(versions, running);
      if (outside === undefined) continue;
      const { lifetime, tooOld } = outside;
      // Up to router 0.7 the prefix scorer had its parameters itself, under other names.
      const mended = !tooOld && (lifetime.product !== "router" || !isBefore(outside.running, "0.8"));
      report({
        at,
        message: pointer === "" ? (tooOld ? "wholeNotYet" : "wholeGone") : tooOld ? "notYet" : "noLonger",
        slots: {
          object: title,
          product: titleOf(lifetime.product),
          running: outside.running,
          name,
          holder: holderOf(pointer),
          form: `${context.object.apiKind} of ${context.object.apiVersion}`,
          life: lifeWords(lifetime),
          instead: mended ? insteadOf(object, pointer) : "",
        },
        fixes: mended ? mendsOf(object, pointer) : [],
      });
    }
  },
});

/** What the schema says besides of a parameter that another plugin has now. */
function insteadOf(object: StackObject, pointer: string): string {
  const deprecated = problemsOf(object).find((one) => one.type === "deprecated-key" && one.pointer === pointer);
  const isParameter = object.kind.id === endpointPickerConfig.id && deprecated?.type === "deprecated-key";
  return isParameter && deprecated.message !== undefined ? ` ${deprecated.message}` : "";
}

function mendsOf(object: StackObject, pointer: string): RawFix[] {
  if (object.kind.id === oldInferencePool.id) return toV1(object, false);
  return object.kind.id === endpointPickerConfig.id ? toPrefixProducer(object as StackObject<EppView>, pointer) : [];
}
