// Printed by `npm run generate`.
import type { Kind } from "./kind.ts";
import { configMap } from "./config-map/kind.ts";
import { eksctlCluster } from "./eksctl/kind.ts";
import { endpointPickerConfig, routerConfig, detectorBlock } from "./epp/kind.ts";
import { gateway } from "./gateway/kind.ts";
import { headroomConfig } from "./headroom-config/kind.ts";
import { gieValues } from "./helm-values/gie.ts";
import { modelserviceValues } from "./helm-values/modelservice.ts";
import { productionStackValues } from "./helm-values/production-stack.ts";
import { routerValues } from "./helm-values/router.ts";
import { helmfile } from "./helmfile/kind.ts";
import { hpa } from "./hpa/kind.ts";
import { httpRoute } from "./http-route/kind.ts";
import { inferenceModelRewrite, gieInferenceModelRewrite } from "./inference-model-rewrite/kind.ts";
import { inferenceModel } from "./inference-model/kind.ts";
import { inferenceObjective, gieInferenceObjective } from "./inference-objective/kind.ts";
import { inferencePool, oldInferencePool } from "./inference-pool/kind.ts";
import { clusterTriggerAuthentication } from "./keda/cluster-trigger-authentication.ts";
import { scaledObject } from "./keda/scaled-object.ts";
import { triggerAuthentication } from "./keda/trigger-authentication.ts";
import { kubernetesObject } from "./kubernetes/kind.ts";
import { kustomization, kustomizationObject, kustomizeComponent } from "./kustomization/kind.ts";
import { llmdShorthand } from "./llmd-shorthand/kind.ts";
import { lmcacheConfig } from "./lmcache/flat.ts";
import { nestedLmcacheConfig } from "./lmcache/nested.ts";
import { lmcacheEngine, cacheBlendEngine, lmcacheCoordinator } from "./lmcache/operator.ts";
import { nodePool } from "./node-pool/kind.ts";
import { persistentVolumeClaim } from "./persistent-volume-claim/kind.ts";
import { podDisruptionBudget } from "./pod-disruption-budget/kind.ts";
import { podMonitor } from "./pod-monitor/kind.ts";
import { pod } from "./pod/kind.ts";
import { priorityClass } from "./priority-class/kind.ts";
import { prometheusRule } from "./prometheus-rule/kind.ts";
import { adapterConfig, adapterValues } from "./prometheus/adapter.ts";
import { prometheusConfig } from "./prometheus/config.ts";
import { ruleFile } from "./prometheus/rule-file.ts";
import { resourceQuota } from "./resource-quota/kind.ts";
import { serviceMonitor } from "./service-monitor/kind.ts";
import { service } from "./service/kind.ts";
import { traffic } from "./traffic/kind.ts";
import { verticalPodAutoscaler } from "./vertical-pod-autoscaler/kind.ts";
import { vllmRuntime } from "./vllm-runtime/kind.ts";
import { kvTransferConfig } from "./vllm/kv-transfer.ts";
import { daemonSet } from "./workload/daemon-set.ts";
import { deployment } from "./workload/deployment.ts";
import { leaderWorkerSet } from "./workload/leader-worker-set.ts";
import { statefulSet } from "./workload/stateful-set.ts";
import { acceleratorCost } from "./wva/accelerator-cost.ts";
import { saturationEntry } from "./wva/entry.ts";
import { wvaManagerConfig, wvaManagerFile } from "./wva/manager.ts";
import { queueingEntry } from "./wva/queueing.ts";
import { saturationConfig } from "./wva/saturation.ts";
import { scaleToZeroEntry } from "./wva/scale-to-zero.ts";
import { serviceClass } from "./wva/service-class.ts";
import { wvaValues } from "./wva/values.ts";
import { variantAutoscaling } from "./wva/variant-autoscaling.ts";

export const kinds: readonly Kind[] = [
  configMap,
  eksctlCluster,
  endpointPickerConfig,
  routerConfig,
  detectorBlock,
  gateway,
  headroomConfig,
  gieValues,
  modelserviceValues,
  productionStackValues,
  routerValues,
  helmfile,
  hpa,
  httpRoute,
  inferenceModelRewrite,
  gieInferenceModelRewrite,
  inferenceModel,
  inferenceObjective,
  gieInferenceObjective,
  inferencePool,
  oldInferencePool,
  clusterTriggerAuthentication,
  scaledObject,
  triggerAuthentication,
  kubernetesObject,
  kustomization,
  kustomizationObject,
  kustomizeComponent,
  llmdShorthand,
  lmcacheConfig,
  nestedLmcacheConfig,
  lmcacheEngine,
  cacheBlendEngine,
  lmcacheCoordinator,
  nodePool,
  persistentVolumeClaim,
  podDisruptionBudget,
  podMonitor,
  pod,
  priorityClass,
  prometheusRule,
  adapterConfig,
  adapterValues,
  prometheusConfig,
  ruleFile,
  resourceQuota,
  serviceMonitor,
  service,
  traffic,
  verticalPodAutoscaler,
  vllmRuntime,
  kvTransferConfig,
  daemonSet,
  deployment,
  leaderWorkerSet,
  statefulSet,
  acceleratorCost,
  saturationEntry,
  wvaManagerConfig,
  wvaManagerFile,
  queueingEntry,
  saturationConfig,
  scaleToZeroEntry,
  serviceClass,
  wvaValues,
  variantAutoscaling,
];
