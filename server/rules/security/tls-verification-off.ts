import type { Environment } from "../../config/environment.ts";
import type { Severity } from "../../findings/finding.ts";
import type { RawFix } from "../../findings/raw-finding.ts";
import { isWorkload } from "../../graph/scale-target.ts";
import { configMap } from "../../kinds/config-map/kind.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { envOf } from "../../kinds/workload/container.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { wvaManagerConfig, wvaManagerFile } from "../../kinds/wva/manager.ts";
import { setScalar } from "../../text/edits.ts";
import { type Placed, resolve, stringAt } from "../../text/read.ts";
import { parseTruth } from "../../text/values/truth.ts";
import { defineRule } from "../rule.ts";

/** The manager of WVA reads it from its environment and from its ConfigMap (internal/config/loader.go). */
const skipVerify = "PROMETHEUS_TLS_INSECURE_SKIP_VERIFY";

const severities: Record<Environment, Severity> = {
  production: "error",
  staging: "warning",
  development: "info",
  e2e: "info",
};

export const tlsVerificationOff = defineRule({
  id: "security/tls-verification-off",
  title: "An autoscaler that believes any certificate",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["K-27", "S1"],
  docs: {
    summary:
      'A KEDA trigger has `unsafeSsl: "true"`, or WVA runs with `PROMETHEUS_TLS_INSECURE_SKIP_VERIFY: "true"`. An error in production, a warning in staging, information in development and e2e.',
    why: "The number of GPU pods follows the answers of this one endpoint. With verification off, whoever can answer in its place sets the replica count, and is sent the bearer token that goes with the query.",
    mend: 'Set it to "false" and make the CA known. KEDA trusts the certificates that are mounted below /custom/ca of its operator (`--ca-dir`); where the endpoint asks for a client certificate as well, put ca, cert and key into a TriggerAuthentication and set `authModes: tls`. WVA reads the CA from the file that PROMETHEUS_CA_CERT_PATH names: mount it from a ConfigMap or Secret.',
    sources: [
      "https://keda.sh/docs/latest/operate/security/#register-your-own-ca-in-keda-operator-trusted-store",
      "https://keda.sh/docs/latest/scalers/prometheus/",
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/main/internal/config/loader.go",
    ],
  },
  examples: {
    bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: wva-variantautoscaling-config
  namespace: workload-variant-autoscaler-system
data:
  PROMETHEUS_BASE_URL: https://prometheus.monitoring.svc:9090
  PROMETHEUS_TLS_INSECURE_SKIP_VERIFY: "true" # <-
`,
    good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: wva-variantautoscaling-config
  namespace: workload-variant-autoscaler-system
data:
  PROMETHEUS_BASE_URL: https://prometheus.monitoring.svc:9090
  PROMETHEUS_TLS_INSECURE_SKIP_VERIFY: "false"
  PROMETHEUS_CA_CERT_PATH: /etc/prometheus-ca/ca.crt
`,
  },
  messages: {
    keda: '{object} has unsafeSsl "{value}": KEDA believes any certificate, so whoever answers in place of {server} sets the number of pods. Set it to "false" and register the CA with KEDA (a file below /custom/ca of its operator).',
    wva: '{object} has {key} "{value}": WVA believes any certificate, so whoever answers in place of Prometheus sets the number of pods. Set it to "false" and name a mounted CA in PROMETHEUS_CA_CERT_PATH.',
  },
  reads: [scaledObject, deployment, statefulSet, leaderWorkerSet, configMap, wvaManagerConfig, wvaManagerFile],
  check({ object, settings, report }) {
    const severity = severities[settings.environment(object.path)];
    const { view } = object;
    for (const { metadata, type } of "triggers" in view ? view.triggers : []) {
      const unsafe = stringAt(metadata, "unsafeSsl");
      if (!isOn(unsafe)) continue;
      const server = stringAt(metadata, "serverAddress")?.value ?? `the ${type ?? ""} server`;
      const slots = { object: object.title, value: unsafe.value, server };
      report({ at: unsafe.node, message: "keda", severity, slots, fixes: setFalse("unsafeSsl", unsafe) });
    }
    for (const skip of skipVerifyIn(object)) {
      const slots = { object: object.title, key: skipVerify, value: skip.value };
      report({ at: skip.node, message: "wva", severity, slots, fixes: setFalse(skipVerify, skip) });
    }
  },
});

function skipVerifyIn(object: StackObject): Placed<string>[] {
  if (object.kind.id === wvaManagerFile.id) return [stringAt(object.root, skipVerify)].filter(isOn);
  if (!isWorkload(object)) return [stringAt(object.root, "data", skipVerify)].filter(isOn);
  const { template } = object.view;
  const containers = [...(template?.containers ?? []), ...(template?.initContainers ?? [])];
  return containers.map((container) => envOf(container, skipVerify)?.value).filter(isOn);
}

/** KEDA and WVA both read booleans with strconv.ParseBool. */
function isOn(value: Placed<string> | undefined): value is Placed<string> {
  return value !== undefined && parseTruth(value.value) === true;
}

/** Most places hold strings, where a bare `false` would be refused; the others take one too. */
function setFalse(key: string, { node }: Placed<string>): RawFix[] {
  const scalar = resolve(node);
  if (scalar?.type !== "scalar") return [];
  const edit = setScalar(scalar, "false");
  const newText = scalar.style === "plain" ? '"false"' : edit.newText;
  return [{ title: `Set ${key} to "false"`, safe: false, edits: [{ ...edit, newText }] }];
}
