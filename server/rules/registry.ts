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
import { tlsVerificationOff } from "./security/tls-verification-off.ts";
import { suppressionWithoutReason } from "./suppression/no-reason.ts";
import { unusedSuppression } from "./suppression/unused.ts";
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
  tlsVerificationOff,
  suppressionWithoutReason,
  unusedSuppression,
  eppThresholds,
  metricTarget,
  triggerUnreachable,
  duplicateKey,
  limit,
  syntax,
  template,
];
