import { closed, described, duration, lifetime, type Schema } from "./epp-parameters.ts";

/** A Kubernetes quantity of at least nothing. */
const quantity: Schema = {
  type: ["string", "number"],
  minimum: 0,
  pattern: "^\\+?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$",
  patternErrorMessage: "a quantity, such as 20Gi",
};

const band = {
  priority: {
    description: "Priority of the requests in this band; below 0 they may be rejected or evicted. Unique in the list.",
    type: "integer",
    examples: [10, 0, -1],
  },
  maxBytes: {
    ...described("Bytes of requests that may wait in this band; 0 stands for the default.", "1G"),
    ...quantity,
  },
  maxRequests: {
    ...described("Requests that may wait in this band; 0 stands for the default.", 5000),
    ...quantity,
    ...lifetime({ since: "0.8" }),
  },
  fairnessPolicyRef: {
    ...described("Name of the plugin that shares the band out between flows.", "global-strict-fairness-policy"),
    type: "string",
    examples: ["round-robin-fairness-policy"],
  },
  orderingPolicyRef: {
    ...described("Name of the plugin that orders the requests of a flow.", "fcfs-ordering-policy"),
    type: "string",
    examples: ["slo-deadline-ordering-policy"],
  },
  defaultRequestTTL: {
    description: "Longest wait of a request in this band. Without it, that of flowControl.",
    ...duration,
    ...lifetime({ since: "0.11" }),
  },
};

const template = (description: string): Schema => ({ description, type: "object", properties: band, ...closed });

/** Requests that wait in the picker. */
export const flowControl: Schema = {
  description:
    "Requests wait here while the pool is saturated, instead of in the engines. Without the feature gate flowControl only saturationDetector has an effect.",
  type: "object",
  properties: {
    maxBytes: { description: "Bytes of requests that may wait in all; 0 or nothing for no limit.", ...quantity },
    maxRequests: {
      description: "Requests that may wait in all; 0 or nothing for no limit.",
      ...quantity,
      ...lifetime({ since: "0.8" }),
    },
    defaultRequestTTL: {
      ...described(
        "Longest wait of a request; 0s for no limit. With scale to zero it must outlast the start of a pod. Before router 0.10 there was no limit.",
        "60s",
      ),
      ...duration,
      examples: ["300s", "0s"],
    },
    noEndpointRequestTTL: {
      description: "Longest wait while the pool has no pod at all. Without it, defaultRequestTTL.",
      ...duration,
      ...lifetime({ since: "0.11" }),
    },
    defaultPriorityBand: template("Settings of priorities that are not in priorityBands."),
    defaultNegativePriorityBand: {
      ...template("Settings of priorities below 0 that are not in priorityBands."),
      ...lifetime({ since: "0.9" }),
    },
    priorityBands: {
      description: "Settings of single priorities.",
      type: "array",
      items: { type: "object", required: ["priority"], properties: band, ...closed },
    },
    usageLimitPolicyPluginRef: {
      ...described("Name of the plugin that says from which saturation a priority waits.", "static-usage-limit-policy"),
      type: "string",
      ...lifetime({ since: "0.8" }),
    },
    saturationDetector: {
      description: "What calls the pool saturated. Read with or without the feature gate.",
      type: "object",
      properties: {
        pluginRef: {
          ...described("Name of a detector in `plugins`.", "utilization-detector"),
          type: "string",
          examples: ["concurrency-detector"],
        },
      },
      ...closed,
      ...lifetime({ since: "0.9" }),
    },
    enableEviction: {
      ...described("Ends running requests with priority below 0 to make room for higher ones.", false),
      type: "boolean",
      ...lifetime({ since: "0.10" }),
    },
  },
  ...closed,
  ...lifetime({ since: "0.6" }),
};
