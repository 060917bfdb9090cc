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
import { boundsDeadlock } from "./wva/bounds-deadlock.ts";
import { deadThresholds } from "./wva/dead-thresholds.ts";
import { eppThresholds } from "./wva/epp-thresholds.ts";
import { metricName } from "./wva/metric-name.ts";
import { metricTarget } from "./wva/metric-target.ts";
import { triggerUnreachable } from "./wva/trigger-unreachable.ts";
import { twoVariants } from "./wva/two-variants.ts";
import { variantName } from "./wva/variant-name.ts";
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
  boundsDeadlock,
  deadThresholds,
  eppThresholds,
  metricName,
  metricTarget,
  triggerUnreachable,
  twoVariants,
  variantName,
  duplicateKey,
  limit,
  syntax,
  template,
];
