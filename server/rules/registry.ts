// Printed by `npm run generate`.
import type { Rule } from "./rule.ts";
import { notScalable } from "./autoscaler/not-scalable.ts";
import { prefillDecodeRatio } from "./autoscaler/prefill-decode-ratio.ts";
import { prefillDecode } from "./autoscaler/prefill-decode.ts";
import { replicasInManifest } from "./autoscaler/replicas-in-manifest.ts";
import { targetMissing } from "./autoscaler/target-missing.ts";
import { twoOnOneTarget } from "./autoscaler/two-on-one-target.ts";
import { variantNotScaled } from "./autoscaler/variant-not-scaled.ts";
import { verticalOnSameResource } from "./autoscaler/vertical-on-same-resource.ts";
import { wvaBesideLoad } from "./autoscaler/wva-beside-load.ts";
import { wvaIgnored } from "./autoscaler/wva-ignored.ts";
import { blockedDrain } from "./capacity/blocked-drain.ts";
import { cpuTierTooSmall } from "./capacity/cpu-tier.ts";
import { kvCacheTooSmall } from "./capacity/kv-cache.ts";
import { noBudget } from "./capacity/no-budget.ts";
import { overNodePool } from "./capacity/node-pool.ts";
import { quotaKey } from "./capacity/quota-key.ts";
import { overQuota } from "./capacity/quota.ts";
import { rolloutWithoutSpare } from "./capacity/rollout.ts";
import { weightsDoNotFit } from "./capacity/weights.ts";
import { invalidConfig } from "./config/invalid.ts";
import { blockHashes } from "./epp/block-hashes.ts";
import { deciderOrder } from "./epp/decider-order.ts";
import { duplicateName } from "./epp/duplicate-name.ts";
import { experimentalPlugin } from "./epp/experimental-plugin.ts";
import { featureGate } from "./epp/feature-gate.ts";
import { flowControlIgnored } from "./epp/flow-control-ignored.ts";
import { kvEvents } from "./epp/kv-events.ts";
import { kvThreshold } from "./epp/kv-threshold.ts";
import { missingPlugin } from "./epp/missing-plugin.ts";
import { noDecodeProfile } from "./epp/no-decode-profile.ts";
import { oldApiVersion as eppOldApiVersion } from "./epp/old-api-version.ts";
import { pluginsConfigFile } from "./epp/plugins-config-file.ts";
import { poolName } from "./epp/pool-name.ts";
import { prefillNeverUsed } from "./epp/prefill-never-used.ts";
import { profileHandler } from "./epp/profile-handler.ts";
import { roleFilter } from "./epp/role-filter.ts";
import { routerFlags } from "./epp/router-flags.ts";
import { saturationDetector } from "./epp/saturation-detector.ts";
import { shortPrefix } from "./epp/short-prefix.ts";
import { shorthand } from "./epp/shorthand.ts";
import { smallBlocks } from "./epp/small-blocks.ts";
import { staleMetrics } from "./epp/stale-metrics.ts";
import { statePerReplica } from "./epp/state-per-replica.ts";
import { twoPickers } from "./epp/two-pickers.ts";
import { unusedPlugin } from "./epp/unused-plugin.ts";
import { withoutEffect as eppWithoutEffect } from "./epp/without-effect.ts";
import { behaviorRange } from "./hpa/behavior-range.ts";
import { colonName } from "./hpa/colon-name.ts";
import { counter } from "./hpa/counter.ts";
import { cpuSignal } from "./hpa/cpu-signal.ts";
import { externalMetricsServer } from "./hpa/external-metrics-server.ts";
import { metricType as hpaMetricType } from "./hpa/metric-type.ts";
import { minAboveMax } from "./hpa/min-above-max.ts";
import { missingRequest as hpaMissingRequest } from "./hpa/missing-request.ts";
import { oldApiVersion as hpaOldApiVersion } from "./hpa/old-api-version.ts";
import { ratioTarget } from "./hpa/ratio-target.ts";
import { refused as hpaRefused } from "./hpa/refused.ts";
import { replicaSteps } from "./hpa/replica-steps.ts";
import { sameVariantName } from "./hpa/same-variant-name.ts";
import { saturatingSignal } from "./hpa/saturating-signal.ts";
import { scaleDownAtOnce } from "./hpa/scale-down-at-once.ts";
import { scaleDownWindowRule } from "./hpa/scale-down-window.ts";
import { scaleToZero } from "./hpa/scale-to-zero.ts";
import { scaleUpBurst } from "./hpa/scale-up-burst.ts";
import { scaleUpWindowRule } from "./hpa/scale-up-window.ts";
import { scalingOff } from "./hpa/scaling-off.ts";
import { shortPeriod } from "./hpa/short-period.ts";
import { smallestPolicy } from "./hpa/smallest-policy.ts";
import { stuckAtZero } from "./hpa/stuck-at-zero.ts";
import { targetApiVersion } from "./hpa/target-api-version.ts";
import { targetType } from "./hpa/target-type.ts";
import { toleranceDropped } from "./hpa/tolerance-dropped.ts";
import { unsupportedResource } from "./hpa/unsupported-resource.ts";
import { zeroBehindService } from "./hpa/zero-behind-service.ts";
import { activation } from "./keda/activation.ts";
import { authModes } from "./keda/auth-modes.ts";
import { authenticationMissing } from "./keda/authentication-missing.ts";
import { cooldown } from "./keda/cooldown.ts";
import { cronWindow } from "./keda/cron-window.ts";
import { fallbackReplicas } from "./keda/fallback-replicas.ts";
import { fallbackWithoutEffect } from "./keda/fallback-without-effect.ts";
import { formula } from "./keda/formula.ts";
import { idleReplicas } from "./keda/idle-replicas.ts";
import { initialCooldown } from "./keda/initial-cooldown.ts";
import { metricTypeInMetadata } from "./keda/metric-type-in-metadata.ts";
import { metricType as kedaMetricType } from "./keda/metric-type.ts";
import { missingRequest as kedaMissingRequest } from "./keda/missing-request.ts";
import { neverWakes } from "./keda/never-wakes.ts";
import { noFallback } from "./keda/no-fallback.ts";
import { noMaximum } from "./keda/no-maximum.ts";
import { nullIsZero } from "./keda/null-is-zero.ts";
import { oldMetricName } from "./keda/old-metric-name.ts";
import { paused } from "./keda/paused.ts";
import { refused as kedaRefused } from "./keda/refused.ts";
import { serverAddress } from "./keda/server-address.ts";
import { severalSeries } from "./keda/several-series.ts";
import { slowWakeUp } from "./keda/slow-wake-up.ts";
import { targetOfZero } from "./keda/target-of-zero.ts";
import { unusedCredentials } from "./keda/unused-credentials.ts";
import { waitAtZero } from "./keda/wait-at-zero.ts";
import { withoutEffect as kedaWithoutEffect } from "./keda/without-effect.ts";
import { besidePd } from "./lmcache/beside-pd.ts";
import { chunkSize } from "./lmcache/chunk-size.ts";
import { configFileMissing } from "./lmcache/config-file-missing.ts";
import { configPath } from "./lmcache/config-path.ts";
import { contradiction } from "./lmcache/contradiction.ts";
import { differentKeys } from "./lmcache/different-keys.ts";
import { diskIndex } from "./lmcache/disk-index.ts";
import { diskOnEmptyDir } from "./lmcache/disk-on-emptydir.ts";
import { diskPath } from "./lmcache/disk-path.ts";
import { diskRoomRule } from "./lmcache/disk-room.ts";
import { environmentOverFile } from "./lmcache/environment-over-file.ts";
import { extraConfig } from "./lmcache/extra-config.ts";
import { halfDiskTier } from "./lmcache/half-disk-tier.ts";
import { hashSeed as lmcacheHashSeed } from "./lmcache/hash-seed.ts";
import { hostPort } from "./lmcache/host-port.ts";
import { hotCacheOff } from "./lmcache/hot-cache-off.ts";
import { hugePages } from "./lmcache/huge-pages.ts";
import { hybridModel } from "./lmcache/hybrid-model.ts";
import { injectionSkipped } from "./lmcache/injection-skipped.ts";
import { lazyMemory } from "./lmcache/lazy-memory.ts";
import { cacheMemoryLimit } from "./lmcache/memory-limit.ts";
import { memoryRequest } from "./lmcache/memory-request.ts";
import { missingSettings } from "./lmcache/missing-settings.ts";
import { nestedForm } from "./lmcache/nested-form.ts";
import { noPool } from "./lmcache/no-pool.ts";
import { notLoaded } from "./lmcache/not-loaded.ts";
import { openDoor } from "./lmcache/open-door.ts";
import { passwordInUrl } from "./lmcache/password-in-url.ts";
import { pdRole } from "./lmcache/pd-role.ts";
import { portCount } from "./lmcache/port-count.ts";
import { remoteMissing } from "./lmcache/remote-missing.ts";
import { remoteUrl } from "./lmcache/remote-url.ts";
import { runtimeSize } from "./lmcache/runtime-size.ts";
import { serverEviction } from "./lmcache/server-eviction.ts";
import { serverFlagMissing } from "./lmcache/server-flag-missing.ts";
import { lmcacheServerFlag } from "./lmcache/server-flag.ts";
import { serverMemory } from "./lmcache/server-memory.ts";
import { serverMetricsPort } from "./lmcache/server-metrics-port.ts";
import { serverMismatch } from "./lmcache/server-mismatch.ts";
import { settingsOnSidecar } from "./lmcache/settings-on-sidecar.ts";
import { sharedMemory as lmcacheSharedMemory } from "./lmcache/shared-memory.ts";
import { sizeInBytes } from "./lmcache/size-in-bytes.ts";
import { twoSerdes } from "./lmcache/two-serdes.ts";
import { lmcacheVariable } from "./lmcache/variable.ts";
import { pickerCredentials } from "./monitors/picker-credentials.ts";
import { portMissing } from "./monitors/port-missing.ts";
import { scrapeAnnotation } from "./monitors/scrape-annotation.ts";
import { selectsNothing as monitorsSelectsNothing } from "./monitors/selects-nothing.ts";
import { gpuRequest } from "./pods/gpu-request.ts";
import { gpuTaint } from "./pods/gpu-taint.ts";
import { gracePeriod } from "./pods/grace-period.ts";
import { imageTag } from "./pods/image-tag.ts";
import { killedWhileLoading } from "./pods/killed-while-loading.ts";
import { migAndGpu } from "./pods/mig-and-gpu.ts";
import { noReadinessProbe } from "./pods/no-readiness-probe.ts";
import { nodeContradiction } from "./pods/node-contradiction.ts";
import { priorityClassMissing } from "./pods/priority-class-missing.ts";
import { progressDeadline } from "./pods/progress-deadline.ts";
import { singleReplica } from "./pods/single-replica.ts";
import { missing } from "./pool/missing.ts";
import { mixedForm } from "./pool/mixed-form.ts";
import { oldGroup } from "./pool/old-group.ts";
import { overlap } from "./pool/overlap.ts";
import { pickerPortOf } from "./pool/picker-port.ts";
import { pickerService } from "./pool/picker-service.ts";
import { rewriteTarget } from "./pool/rewrite-target.ts";
import { rewriteWeights } from "./pool/rewrite-weights.ts";
import { roleLabel } from "./pool/role-label.ts";
import { roleRights } from "./pool/role-rights.ts";
import { selectsNothing as poolSelectsNothing } from "./pool/selects-nothing.ts";
import { targetPort } from "./pool/target-port.ts";
import { counterWithoutRate } from "./prometheus/counter-without-rate.ts";
import { flowControlOff } from "./prometheus/flow-control-off.ts";
import { heldBackQueue } from "./prometheus/held-back-queue.ts";
import { histogramSeries } from "./prometheus/histogram-series.ts";
import { meanAsAverageValue } from "./prometheus/mean-as-average-value.ts";
import { otherPool } from "./prometheus/other-pool.ts";
import { podsMetricSummed } from "./prometheus/pods-metric-summed.ts";
import { querySyntax } from "./prometheus/query-syntax.ts";
import { rateAsRatio } from "./prometheus/rate-as-ratio.ts";
import { rateOfGauge } from "./prometheus/rate-of-gauge.ts";
import { ratioAsPercentage } from "./prometheus/ratio-as-percentage.ts";
import { renamedMetric } from "./prometheus/renamed-metric.ts";
import { unknownLabel } from "./prometheus/unknown-label.ts";
import { unknownMetric } from "./prometheus/unknown-metric.ts";
import { unpublishedMetric } from "./prometheus/unpublished-metric.ts";
import { unwatched } from "./prometheus/unwatched.ts";
import { deprecatedKey } from "./schema/deprecated-key.ts";
import { missingKey } from "./schema/missing-key.ts";
import { otherVersion } from "./schema/other-version.ts";
import { unknownKey } from "./schema/unknown-key.ts";
import { wrongType } from "./schema/wrong-type.ts";
import { wrongValue } from "./schema/wrong-value.ts";
import { literalSecret } from "./security/literal-secret.ts";
import { tlsVerificationOff } from "./security/tls-verification-off.ts";
import { suppressionWithoutReason } from "./suppression/no-reason.ts";
import { unusedSuppression } from "./suppression/unused.ts";
import { invalidTraffic } from "./traffic/invalid.ts";
import { artifactsSize } from "./values/artifacts-size.ts";
import { autoscalingUnheard } from "./values/autoscaling-unheard.ts";
import { cacheMemory } from "./values/cache-memory.ts";
import { cacheSize } from "./values/cache-size.ts";
import { gpuCount as valuesGpuCount } from "./values/gpu-count.ts";
import { kedaTriggers } from "./values/keda-triggers.ts";
import { modelCommand } from "./values/model-command.ts";
import { movedKeys } from "./values/moved-keys.ts";
import { parallelism } from "./values/parallelism.ts";
import { pdKey } from "./values/pd-key.ts";
import { pdRoles } from "./values/pd-roles.ts";
import { prefixCachingOff as valuesPrefixCachingOff } from "./values/prefix-caching-off.ts";
import { routerRefused } from "./values/router-refused.ts";
import { routingSetting } from "./values/routing-setting.ts";
import { abbreviatedFlag } from "./vllm/abbreviated-flag.ts";
import { batchSize } from "./vllm/batch-size.ts";
import { disaggregatedPair } from "./vllm/disaggregated-pair.ts";
import { disaggregatedRoles } from "./vllm/disaggregated-roles.ts";
import { vllmDottedKey } from "./vllm/dotted-key.ts";
import { flagValue } from "./vllm/flag-value.ts";
import { gatedModel } from "./vllm/gated-model.ts";
import { gpuCount as vllmGpuCount } from "./vllm/gpu-count.ts";
import { hashSeed as vllmHashSeed } from "./vllm/hash-seed.ts";
import { headsDoNotDivide } from "./vllm/heads.ts";
import { kvConnector } from "./vllm/kv-connector.ts";
import { memoryShare } from "./vllm/memory-share.ts";
import { modelLength } from "./vllm/model-length.ts";
import { modelVolume } from "./vllm/model-volume.ts";
import { nixlHost } from "./vllm/nixl-host.ts";
import { flagOfOtherVersion } from "./vllm/other-version.ts";
import { wrongPort } from "./vllm/port.ts";
import { prefixCachingOff as vllmPrefixCachingOff } from "./vllm/prefix-caching-off.ts";
import { serviceLinks } from "./vllm/service-links.ts";
import { sharedMemory as vllmSharedMemory } from "./vllm/shared-memory.ts";
import { sidecarConnector } from "./vllm/sidecar-connector.ts";
import { sidecarFlag } from "./vllm/sidecar-flag.ts";
import { transferTime } from "./vllm/transfer-time.ts";
import { unknownFlag } from "./vllm/unknown-flag.ts";
import { unknownVariable } from "./vllm/unknown-variable.ts";
import { acceleratorLabel } from "./wva/accelerator-label.ts";
import { boundsDeadlock } from "./wva/bounds-deadlock.ts";
import { configMapName } from "./wva/config-map-name.ts";
import { deadThresholds } from "./wva/dead-thresholds.ts";
import { entryNeverRead } from "./wva/entry-never-read.ts";
import { entryRefused } from "./wva/entry-refused.ts";
import { eppThresholds } from "./wva/epp-thresholds.ts";
import { intervalWithoutEffect } from "./wva/interval-without-effect.ts";
import { lastVersion } from "./wva/last-version.ts";
import { lateThresholds } from "./wva/late-thresholds.ts";
import { maximumLeftOut } from "./wva/maximum-left-out.ts";
import { metricName } from "./wva/metric-name.ts";
import { metricTarget } from "./wva/metric-target.ts";
import { modelId } from "./wva/model-id.ts";
import { targetWithoutVersion } from "./wva/target-without-version.ts";
import { triggerUnreachable } from "./wva/trigger-unreachable.ts";
import { twoVariants } from "./wva/two-variants.ts";
import { variantName } from "./wva/variant-name.ts";
import { workloadProfile } from "./wva/workload-profile.ts";
import { duplicateKey } from "./yaml/duplicate-key.ts";
import { limit } from "./yaml/limit.ts";
import { syntax } from "./yaml/syntax.ts";
import { template } from "./yaml/template.ts";

export const rules: readonly Rule[] = [
  notScalable,
  prefillDecodeRatio,
  prefillDecode,
  replicasInManifest,
  targetMissing,
  twoOnOneTarget,
  variantNotScaled,
  verticalOnSameResource,
  wvaBesideLoad,
  wvaIgnored,
  blockedDrain,
  cpuTierTooSmall,
  kvCacheTooSmall,
  noBudget,
  overNodePool,
  quotaKey,
  overQuota,
  rolloutWithoutSpare,
  weightsDoNotFit,
  invalidConfig,
  blockHashes,
  deciderOrder,
  duplicateName,
  experimentalPlugin,
  featureGate,
  flowControlIgnored,
  kvEvents,
  kvThreshold,
  missingPlugin,
  noDecodeProfile,
  eppOldApiVersion,
  pluginsConfigFile,
  poolName,
  prefillNeverUsed,
  profileHandler,
  roleFilter,
  routerFlags,
  saturationDetector,
  shortPrefix,
  shorthand,
  smallBlocks,
  staleMetrics,
  statePerReplica,
  twoPickers,
  unusedPlugin,
  eppWithoutEffect,
  behaviorRange,
  colonName,
  counter,
  cpuSignal,
  externalMetricsServer,
  hpaMetricType,
  minAboveMax,
  hpaMissingRequest,
  hpaOldApiVersion,
  ratioTarget,
  hpaRefused,
  replicaSteps,
  sameVariantName,
  saturatingSignal,
  scaleDownAtOnce,
  scaleDownWindowRule,
  scaleToZero,
  scaleUpBurst,
  scaleUpWindowRule,
  scalingOff,
  shortPeriod,
  smallestPolicy,
  stuckAtZero,
  targetApiVersion,
  targetType,
  toleranceDropped,
  unsupportedResource,
  zeroBehindService,
  activation,
  authModes,
  authenticationMissing,
  cooldown,
  cronWindow,
  fallbackReplicas,
  fallbackWithoutEffect,
  formula,
  idleReplicas,
  initialCooldown,
  metricTypeInMetadata,
  kedaMetricType,
  kedaMissingRequest,
  neverWakes,
  noFallback,
  noMaximum,
  nullIsZero,
  oldMetricName,
  paused,
  kedaRefused,
  serverAddress,
  severalSeries,
  slowWakeUp,
  targetOfZero,
  unusedCredentials,
  waitAtZero,
  kedaWithoutEffect,
  besidePd,
  chunkSize,
  configFileMissing,
  configPath,
  contradiction,
  differentKeys,
  diskIndex,
  diskOnEmptyDir,
  diskPath,
  diskRoomRule,
  environmentOverFile,
  extraConfig,
  halfDiskTier,
  lmcacheHashSeed,
  hostPort,
  hotCacheOff,
  hugePages,
  hybridModel,
  injectionSkipped,
  lazyMemory,
  cacheMemoryLimit,
  memoryRequest,
  missingSettings,
  nestedForm,
  noPool,
  notLoaded,
  openDoor,
  passwordInUrl,
  pdRole,
  portCount,
  remoteMissing,
  remoteUrl,
  runtimeSize,
  serverEviction,
  serverFlagMissing,
  lmcacheServerFlag,
  serverMemory,
  serverMetricsPort,
  serverMismatch,
  settingsOnSidecar,
  lmcacheSharedMemory,
  sizeInBytes,
  twoSerdes,
  lmcacheVariable,
  pickerCredentials,
  portMissing,
  scrapeAnnotation,
  monitorsSelectsNothing,
  gpuRequest,
  gpuTaint,
  gracePeriod,
  imageTag,
  killedWhileLoading,
  migAndGpu,
  noReadinessProbe,
  nodeContradiction,
  priorityClassMissing,
  progressDeadline,
  singleReplica,
  missing,
  mixedForm,
  oldGroup,
  overlap,
  pickerPortOf,
  pickerService,
  rewriteTarget,
  rewriteWeights,
  roleLabel,
  roleRights,
  poolSelectsNothing,
  targetPort,
  counterWithoutRate,
  flowControlOff,
  heldBackQueue,
  histogramSeries,
  meanAsAverageValue,
  otherPool,
  podsMetricSummed,
  querySyntax,
  rateAsRatio,
  rateOfGauge,
  ratioAsPercentage,
  renamedMetric,
  unknownLabel,
  unknownMetric,
  unpublishedMetric,
  unwatched,
  deprecatedKey,
  missingKey,
  otherVersion,
  unknownKey,
  wrongType,
  wrongValue,
  literalSecret,
  tlsVerificationOff,
  suppressionWithoutReason,
  unusedSuppression,
  invalidTraffic,
  artifactsSize,
  autoscalingUnheard,
  cacheMemory,
  cacheSize,
  valuesGpuCount,
  kedaTriggers,
  modelCommand,
  movedKeys,
  parallelism,
  pdKey,
  pdRoles,
  valuesPrefixCachingOff,
  routerRefused,
  routingSetting,
  abbreviatedFlag,
  batchSize,
  disaggregatedPair,
  disaggregatedRoles,
  vllmDottedKey,
  flagValue,
  gatedModel,
  vllmGpuCount,
  vllmHashSeed,
  headsDoNotDivide,
  kvConnector,
  memoryShare,
  modelLength,
  modelVolume,
  nixlHost,
  flagOfOtherVersion,
  wrongPort,
  vllmPrefixCachingOff,
  serviceLinks,
  vllmSharedMemory,
  sidecarConnector,
  sidecarFlag,
  transferTime,
  unknownFlag,
  unknownVariable,
  acceleratorLabel,
  boundsDeadlock,
  configMapName,
  deadThresholds,
  entryNeverRead,
  entryRefused,
  eppThresholds,
  intervalWithoutEffect,
  lastVersion,
  lateThresholds,
  maximumLeftOut,
  metricName,
  metricTarget,
  modelId,
  targetWithoutVersion,
  triggerUnreachable,
  twoVariants,
  variantName,
  workloadProfile,
  duplicateKey,
  limit,
  syntax,
  template,
];
