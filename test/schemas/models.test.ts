import assert from "node:assert/strict";
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
import { kindCases } from "./support/kubernetes-kinds.ts";
import { slipsOf } from "./support/slips.ts";

type Model = new (data?: never) => { validate(): void };

/** The validators that the packages ship, made from the OpenAPI documents and CRDs; nobody has one for LeaderWorkerSet. */
const models: Readonly<Record<string, Model>> = {
  ...{ ClusterTriggerAuthentication, ConfigMap, Deployment, Gateway, HorizontalPodAutoscaler, HTTPRoute, NodePool },
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
});
