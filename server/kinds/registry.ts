// Printed by `npm run generate`.
import type { Kind } from "./kind.ts";
import { configMap } from "./config-map/kind.ts";
import { endpointPickerConfig, routerConfig, detectorBlock } from "./epp/kind.ts";
import { headroomConfig } from "./headroom-config/kind.ts";
import { hpa } from "./hpa/kind.ts";
import { scaledObject } from "./keda/scaled-object.ts";
import { triggerAuthentication } from "./keda/trigger-authentication.ts";
import { kubernetesObject } from "./kubernetes/kind.ts";
import { kustomization, kustomizationObject, kustomizeComponent } from "./kustomization/kind.ts";
import { lmcacheConfig } from "./lmcache/flat.ts";
import { nestedLmcacheConfig } from "./lmcache/nested.ts";
import { lmcacheEngine, cacheBlendEngine, lmcacheCoordinator } from "./lmcache/operator.ts";
import { persistentVolumeClaim } from "./persistent-volume-claim/kind.ts";
import { service } from "./service/kind.ts";
import { deployment } from "./workload/deployment.ts";
import { leaderWorkerSet } from "./workload/leader-worker-set.ts";
import { statefulSet } from "./workload/stateful-set.ts";
import { acceleratorCost } from "./wva/accelerator-cost.ts";
import { saturationEntry } from "./wva/entry.ts";
import { queueingEntry } from "./wva/queueing.ts";
import { saturationConfig } from "./wva/saturation.ts";
import { scaleToZeroEntry } from "./wva/scale-to-zero.ts";
import { serviceClass } from "./wva/service-class.ts";
import { wvaValues } from "./wva/values.ts";
import { variantAutoscaling } from "./wva/variant-autoscaling.ts";

export const kinds: readonly Kind[] = [
  configMap,
  endpointPickerConfig,
  routerConfig,
  detectorBlock,
  headroomConfig,
  hpa,
  scaledObject,
  triggerAuthentication,
  kubernetesObject,
  kustomization,
  kustomizationObject,
  kustomizeComponent,
  lmcacheConfig,
  nestedLmcacheConfig,
  lmcacheEngine,
  cacheBlendEngine,
  lmcacheCoordinator,
  persistentVolumeClaim,
  service,
  deployment,
  leaderWorkerSet,
  statefulSet,
  acceleratorCost,
  saturationEntry,
  queueingEntry,
  saturationConfig,
  scaleToZeroEntry,
  serviceClass,
  wvaValues,
  variantAutoscaling,
];
