import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { prometheus, said, scaledObject } from "./support.ts";

type Row = [rule: string, title: string, yaml: string, expected: string[]];

const bounds = "  minReplicaCount: 1\n  maxReplicaCount: 8";
const trigger = (modes: string, ref = "{name: prometheus}") =>
  scaledObject(bounds, `${prometheus("sum(a)", modes)}${ref === "" ? "" : `\n      authenticationRef: ${ref}`}`);
const auth = (spec: string, name = "prometheus", kind = "TriggerAuthentication") =>
  `---\napiVersion: keda.sh/v1alpha1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec: ${spec}\n`;
const secret = (...parameters: string[]) =>
  `{secretTargetRef: [${parameters.map((parameter) => `{parameter: ${parameter}, name: s, key: k}`).join(", ")}]}`;
const identity = "{podIdentity: {provider: gcp}}";
const vault = "{hashiCorpVault: {address: https://vault, authentication: token, secrets: []}}";

describe("credentials of a prometheus trigger", () => {
  const table: Row[] = [
    ["keda/unused-credentials", "no modes", trigger("") + auth(secret("bearerToken")), ["warning prometheus"]],
    ["keda/unused-credentials", "a mode", trigger("authModes: bearer") + auth(secret("bearerToken")), []],
    ["keda/unused-credentials", "an identity", trigger("") + auth(identity), []],
    ["keda/unused-credentials", "a vault", trigger("") + auth(vault), []],
    [
      "keda/unused-credentials",
      "keys of a cloud",
      trigger("awsRegion: eu-west-1") + auth(secret("awsAccessKeyID")),
      [],
    ],
    ["keda/unused-credentials", "not in these files", trigger(""), []],
    ["keda/auth-modes", "that fit", trigger("authModes: tls,bearer") + auth(secret("cert", "key", "bearerToken")), []],
    ["keda/auth-modes", "that lack a key", trigger("authModes: tls") + auth(secret("ca", "cert")), ["error tls"]],
    ["keda/auth-modes", "that KEDA does not have", trigger("authModes: token"), ["error token"]],
    ["keda/auth-modes", "that exclude one another", trigger("authModes: bearer,basic"), ["error bearer,basic"]],
    ["keda/auth-modes", "beside an identity", trigger("authModes: bearer") + auth(identity), ["error bearer"]],
    ["keda/auth-modes", "without credentials", trigger("authModes: bearer", ""), ["error bearer"]],
    ["keda/auth-modes", "that a vault may fill", trigger("authModes: bearer") + auth(vault), []],
    ["keda/auth-modes", "of credentials that are elsewhere", trigger("authModes: bearer"), []],
    ["keda/authentication-missing", "there", trigger("authModes: bearer") + auth(secret("bearerToken")), []],
    [
      "keda/authentication-missing",
      "of a near name",
      trigger("") + auth(secret("bearerToken"), "prometheus1"),
      ["error prometheus"],
    ],
    ["keda/authentication-missing", "of another name", trigger("") + auth(secret("bearerToken"), "kafka"), []],
    [
      "keda/authentication-missing",
      "of the other kind",
      trigger("") + auth(secret("bearerToken"), "prometheus", "ClusterTriggerAuthentication"),
      ["error prometheus"],
    ],
    [
      "keda/authentication-missing",
      "named with its kind",
      trigger("", "{name: prometheus, kind: ClusterTriggerAuthentication}") +
        auth(secret("bearerToken"), "prometheus", "ClusterTriggerAuthentication"),
      [],
    ],
  ];
  for (const [rule, title, yaml, expected] of table) {
    test(`${rule}: ${title}`, () => assert.deepEqual(said(rule, yaml), expected));
  }
});

describe("a cpu trigger over containers", () => {
  const cpu = `    - type: cpu\n      metricType: Utilization\n      metadata: {value: "70"}`;
  const only = `    - type: cpu\n      metricType: Utilization\n      metadata: {value: "70", containerName: a}`;
  const pods = (...resources: string[]) => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
${resources.map((text, index) => `        - {name: ${"ab"[index]}, image: acme/x:1, resources: ${text}}\n`).join("")}`;
  const range = "---\napiVersion: v1\nkind: LimitRange\nmetadata: {name: defaults}\nspec: {limits: []}\n";
  const asks = "{requests: {cpu: 1}}";
  const table: [title: string, yaml: string, expected: string[]][] = [
    ["with a request each", scaledObject(bounds, cpu) + pods(asks, asks), []],
    ["with a limit", scaledObject(bounds, cpu) + pods("{limits: {cpu: 1}}"), []],
    ["one of which has none", scaledObject(bounds, cpu) + pods(asks, "{}"), ["error cpu"]],
    ["one of which is not looked at", scaledObject(bounds, only) + pods(asks, "{}"), []],
    ["in a namespace that has defaults", scaledObject(bounds, cpu) + pods("{}") + range, []],
    ["that are filled in later", scaledObject(bounds, cpu) + pods(`\${RESOURCES}`), []],
    ["of a target that is elsewhere", scaledObject(bounds, cpu), []],
  ];
  for (const [title, yaml, expected] of table) {
    test(title, () => assert.deepEqual(said("keda/missing-request", yaml), expected));
  }
});
