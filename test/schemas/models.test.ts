import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { Gateway } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway";
import { HTTPRoute } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute";
import { NodePool } from "@kubernetes-models/karpenter/karpenter.sh/v1/NodePool";
import { ClusterTriggerAuthentication } from "@kubernetes-models/keda/keda.sh/v1alpha1/ClusterTriggerAuthentication";
import { ScaledObject } from "@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject";
import { TriggerAuthentication } from "@kubernetes-models/keda/keda.sh/v1alpha1/TriggerAuthentication";
import { PodMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor";
import { PrometheusRule } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule";
import { ServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";
import { DaemonSet } from "kubernetes-models/apps/v1/DaemonSet";
import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { StatefulSet } from "kubernetes-models/apps/v1/StatefulSet";
import { HorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { PriorityClass } from "kubernetes-models/scheduling.k8s.io/v1/PriorityClass";
import { ConfigMap } from "kubernetes-models/v1/ConfigMap";
import { PersistentVolumeClaim } from "kubernetes-models/v1/PersistentVolumeClaim";
import { Pod } from "kubernetes-models/v1/Pod";
import { ResourceQuota } from "kubernetes-models/v1/ResourceQuota";
import { Service } from "kubernetes-models/v1/Service";
import { parseAllDocuments } from "yaml";
import { validatorModule } from "../../server/schemas/compiled.ts";
import { type Change, changesOf, type Json } from "./support/changes.ts";
import { explains, explanations } from "./support/differences.ts";
import { kindCases } from "./support/kubernetes-kinds.ts";
import { slipsOf } from "./support/slips.ts";

/** The generated schemas of API objects, by the kind that they are of. */
const generated: ReadonlyMap<string, string> = new Map(
  readdirSync(".generated/schemas")
    .sort()
    .reverse()
    .flatMap((file): [string, string][] => {
      const { properties } = JSON.parse(readFileSync(`.generated/schemas/${file}`, "utf8"));
      const kind = properties.kind?.const;
      return kind === undefined ? [] : [[kind, file.replace(".schema.json", "")]];
    }),
);

type Model = new (data?: never) => { validate(): void };

/** The validators that the packages ship, made from the OpenAPI documents and CRDs; nobody has one for LeaderWorkerSet. */
const models: Readonly<Record<string, Model>> = {
  ...{
    ClusterTriggerAuthentication,
    ConfigMap,
    DaemonSet,
    Deployment,
    Gateway,
    HorizontalPodAutoscaler,
    HTTPRoute,
    NodePool,
  },
  ...{ PersistentVolumeClaim, Pod, PodDisruptionBudget, PodMonitor, PriorityClass, PrometheusRule, ResourceQuota },
  ...{ ScaledObject, Service, ServiceMonitor, StatefulSet, TriggerAuthentication },
};

/** What a model says of the first document of a text. */
function refusalOf(Model: Model, text: string): string | undefined {
  try {
    new Model(parseAllDocuments(text)[0]?.toJS()).validate();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

describe("the validators of @kubernetes-models agree with ours", () => {
  for (const one of kindCases) {
    const { kind, clean } = one;
    const Model = models[kind];
    if (Model === undefined) continue;
    test(`on a clean ${kind}`, () => assert.equal(refusalOf(Model, clean), undefined));

    for (const [name, { from, to, theirs }] of slipsOf(one)) {
      const refusal = () => refusalOf(Model, clean.replace(from, to));
      if (theirs === undefined) test(`on ${name} in a ${kind}`, () => assert.notEqual(refusal(), undefined));
      else test(`except on ${name} in a ${kind}: ${theirs}`, () => assert.equal(refusal(), undefined));
    }
  }

  test("for every kind but one", () => {
    const without = kindCases.filter(({ kind }) => !(kind in models)).map(({ kind }) => kind);
    assert.deepEqual(without, ["LeaderWorkerSet"]);
  });

  test("and every generated schema is of such a kind", () => {
    const shown = new Set(kindCases.map(({ kind }) => kind));
    assert.deepEqual(
      [...generated.keys()].filter((kind) => !shown.has(kind)),
      [],
    );
  });
});

interface Difference {
  readonly kind: string;
  readonly change: Change;
  readonly ours: "refuse" | "take";
}

/** What both say of every document that differs from the clean one in one place. */
function differencesOf(kind: string, schema: string, clean: string): Difference[] {
  const Model = models[kind];
  const validate = validatorModule(schema)?.validators[schema];
  if (Model === undefined || validate === undefined) return [];
  const plain = JSON.stringify(parseAllDocuments(clean)[0]?.toJS(), (_, value) => value ?? undefined);
  return changesOf(JSON.parse(plain) as Json).flatMap((change): Difference[] => {
    // A model is made of an object; of anything else it makes an empty one.
    if (change.value === null || typeof change.value !== "object" || Array.isArray(change.value)) return [];
    const ours = validate.call({ notes: [] }, change.value);
    const theirs = accepts(Model, change.value);
    return ours === theirs ? [] : [{ kind, change, ours: ours ? "take" : "refuse" }];
  });
}

function accepts(Model: Model, value: Json): boolean {
  try {
    new Model(value as never).validate();
    return true;
  } catch {
    return false;
  }
}

describe("where a document differs from a clean one in any one place", () => {
  const differences = kindCases.flatMap(({ kind, clean }) => {
    return differencesOf(kind, generated.get(kind) ?? "", clean);
  });
  const isExplained = ({ kind, change, ours }: Difference) =>
    ours === "refuse" && explanations.some((explanation) => explains(explanation, kind, change));

  test("both say the same, or the difference is explained", () => {
    const unexplained = differences.filter((one) => !isExplained(one));
    assert.deepEqual(
      unexplained.map(({ kind, change, ours }) => `${kind} ${change.at} ${change.to}: we ${ours} it`),
      [],
    );
  });

  for (const explanation of explanations) {
    test(`the explanation is needed: ${explanation.why}`, () => {
      assert.ok(differences.some(({ kind, change }) => explains(explanation, kind, change)));
      for (const place of explanation.at) {
        const alone = { ...explanation, at: [place] };
        assert.ok(
          differences.some(({ kind, change }) => explains(alone, kind, change)),
          place,
        );
      }
    });
  }
});
