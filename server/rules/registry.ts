// Printed by `npm run generate`.
import type { Rule } from "./rule.ts";
import { targetMissing } from "./autoscaler/target-missing.ts";
import { twoOnOneTarget } from "./autoscaler/two-on-one-target.ts";
import { invalidConfig } from "./config/invalid.ts";
import { scaleDownWindowRule } from "./hpa/scale-down-window.ts";
import { scaleUpWindowRule } from "./hpa/scale-up-window.ts";
import { unsupportedResource } from "./hpa/unsupported-resource.ts";
import { metricTypeInMetadata } from "./keda/metric-type-in-metadata.ts";
import { diskOnEmptyDir } from "./lmcache/disk-on-emptydir.ts";
import { cacheMemoryLimit } from "./lmcache/memory-limit.ts";
import { lmcacheServerFlag } from "./lmcache/server-flag.ts";
import { lmcacheVariable } from "./lmcache/variable.ts";
import { portMissing } from "./monitors/port-missing.ts";
import { selectsNothing } from "./monitors/selects-nothing.ts";
import { counterWithoutRate } from "./prometheus/counter-without-rate.ts";
import { flowControlOff } from "./prometheus/flow-control-off.ts";
import { histogramSeries } from "./prometheus/histogram-series.ts";
import { meanAsAverageValue } from "./prometheus/mean-as-average-value.ts";
import { podsMetricSummed } from "./prometheus/pods-metric-summed.ts";
import { querySyntax } from "./prometheus/query-syntax.ts";
import { rateAsRatio } from "./prometheus/rate-as-ratio.ts";
import { rateOfGauge } from "./prometheus/rate-of-gauge.ts";
import { ratioAsPercentage } from "./prometheus/ratio-as-percentage.ts";
import { renamedMetric } from "./prometheus/renamed-metric.ts";
import { unknownLabel } from "./prometheus/unknown-label.ts";
import { unknownMetric } from "./prometheus/unknown-metric.ts";
import { unpublishedMetric } from "./prometheus/unpublished-metric.ts";
import { deprecatedKey } from "./schema/deprecated-key.ts";
import { missingKey } from "./schema/missing-key.ts";
import { otherVersion } from "./schema/other-version.ts";
import { unknownKey } from "./schema/unknown-key.ts";
import { wrongType } from "./schema/wrong-type.ts";
import { wrongValue } from "./schema/wrong-value.ts";
import { tlsVerificationOff } from "./security/tls-verification-off.ts";
import { suppressionWithoutReason } from "./suppression/no-reason.ts";
import { unusedSuppression } from "./suppression/unused.ts";
import { abbreviatedFlag } from "./vllm/abbreviated-flag.ts";
import { flagValue } from "./vllm/flag-value.ts";
import { flagOfOtherVersion } from "./vllm/other-version.ts";
import { unknownFlag } from "./vllm/unknown-flag.ts";
import { unknownVariable } from "./vllm/unknown-variable.ts";
import { eppThresholds } from "./wva/epp-thresholds.ts";
import { metricTarget } from "./wva/metric-target.ts";
import { triggerUnreachable } from "./wva/trigger-unreachable.ts";
import { duplicateKey } from "./yaml/duplicate-key.ts";
import { limit } from "./yaml/limit.ts";
import { syntax } from "./yaml/syntax.ts";
import { template } from "./yaml/template.ts";

export const rules: readonly Rule[] = [
  targetMissing,
  twoOnOneTarget,
  invalidConfig,
  scaleDownWindowRule,
  scaleUpWindowRule,
  unsupportedResource,
  metricTypeInMetadata,
  diskOnEmptyDir,
  cacheMemoryLimit,
  lmcacheServerFlag,
  lmcacheVariable,
  portMissing,
  selectsNothing,
  counterWithoutRate,
  flowControlOff,
  histogramSeries,
  meanAsAverageValue,
  podsMetricSummed,
  querySyntax,
  rateAsRatio,
  rateOfGauge,
  ratioAsPercentage,
  renamedMetric,
  unknownLabel,
  unknownMetric,
  unpublishedMetric,
  deprecatedKey,
  missingKey,
  otherVersion,
  unknownKey,
  wrongType,
  wrongValue,
  tlsVerificationOff,
  suppressionWithoutReason,
  unusedSuppression,
  abbreviatedFlag,
  flagValue,
  flagOfOtherVersion,
  unknownFlag,
  unknownVariable,
  eppThresholds,
  metricTarget,
  triggerUnreachable,
  duplicateKey,
  limit,
  syntax,
  template,
];
