import { lifeWords, titleOf } from "../../schemas/lifetimes.ts";
import { defineRule } from "../rule.ts";
import { checkedKinds, titleFor, told } from "./told.ts";
import { outsideOf, runningFor } from "./versions.ts";
import { holderOf } from "./words.ts";

export const otherVersion = defineRule({
  id: "schema/other-version",
  title: "Key of another version",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["H-10", "EPP-04", "EPP-05", "GW-07"],
  docs: {
    summary:
      "A key or value exists in other versions than the one that runs: as headroom.config.yaml says, or, for the configuration of an endpoint picker, the image of the router that reads it or an apiVersion that only some routers have.",
    why: "An older version drops it or refuses the object; a newer one no longer reads it. Either way it does nothing, and the file looks right to everyone who knows the other version.",
    mend: "Leave it out, or upgrade. If another version runs, say so under `versions` in headroom.config.yaml.",
    sources: [
      "https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/",
      "https://github.com/kedacore/keda/blob/main/CHANGELOG.md",
    ],
  },
  examples: {
    bad: `# file: headroom.config.yaml
versions: {kubernetes: "1.31"}
# file: autoscaler.yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 8
  behavior:
    scaleUp:
      stabilizationWindowSeconds: 180
      tolerance: "0" # <-
    scaleDown:
      stabilizationWindowSeconds: 600
`,
    good: `# file: headroom.config.yaml
versions: {kubernetes: "1.35"}
# file: autoscaler.yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 8
  behavior:
    scaleUp:
      stabilizationWindowSeconds: 180
      tolerance: "0"
    scaleDown:
      stabilizationWindowSeconds: 600
`,
  },
  messages: {
    notYet: '{object}: {product} {running} does not know "{name}" in {holder} yet; it exists {life}.',
    noLonger: '{object}: {product} {running} no longer knows "{name}" in {holder}; it existed {life}.',
    wholeNotYet: "{object}: {product} {running} does not read {form} yet; it exists {life}.",
    wholeGone: "{object}: {product} {running} no longer reads {form}; it existed {life}.",
  },
  reads: checkedKinds,
  check(context) {
    const { report } = context;
    const title = titleFor(context);
    const running = runningFor(context);
    for (const { at, name, versions, pointer } of told(context, "other-version")) {
      const outside = outsideOf(versions, running);
      if (outside === undefined) continue;
      const { lifetime, tooOld } = outside;
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
        },
      });
    }
  },
});
