import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Graph } from "../../server/graph/graph.ts";
import { isFile, type Target, titleOf } from "../../server/graph/references/reference.ts";
import { mentionAt, referencesOf, usesOf } from "../../server/graph/references.ts";
import { Workspace } from "../../server/graph/workspace.ts";
import { kinds } from "../../server/kinds/registry.ts";
import { atMark } from "../support/cursor.ts";
import type { Files } from "../support/lint.ts";

function workspaceOf(files: Files): Workspace {
  const workspace = new Workspace(kinds);
  for (const [path, text] of Object.entries(files)) workspace.update(path, text);
  return workspace;
}

/** `path:line what`, with lines from one. */
function placeOf(target: Target): string {
  if (isFile(target)) return target.path;
  const { doc, start, end } = target.name;
  const line = doc.file.rangeOf({ doc, start, end }).start.line + 1;
  return `${doc.file.path}:${line} ${titleOf(target)}`;
}

/** What the name at the mark means. */
function meant(marked: Files): string[] | undefined {
  const { files, path, offset } = atMark(marked);
  const workspace = workspaceOf(files);
  const file = workspace.files.get(path);
  assert.ok(file !== undefined);
  return mentionAt(new Graph(workspace), workspace.objectsIn(file), offset)?.targets.map(placeOf);
}

const workload = (spec: string, kind = "Deployment") =>
  `apiVersion: apps/v1
kind: ${kind}
metadata: {name: llama}
spec:
  template:
    metadata: {labels: {app: llama}}
    spec:
${spec.replace(/^/gm, "      ")}
`;
const named = (apiVersion: string, kind: string, name = "llama", rest = "") =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}}\n${rest}`;
const hpa = (spec: string) => named("autoscaling/v2", "HorizontalPodAutoscaler", "h", `spec: ${spec}\n`);
const scaledObject = (spec: string) => named("keda.sh/v1alpha1", "ScaledObject", "s", `spec: ${spec}\n`);
const configMap = (keys: string) => named("v1", "ConfigMap", "cache", `data:\n${keys}\n`);
const deployment = named("apps/v1", "Deployment");
const variant = named("llmd.ai/v1alpha1", "VariantAutoscaling");
const epp = (rest: string) => `apiVersion: inference.networking.x-k8s.io/v1alpha1
kind: EndpointPickerConfig
plugins:
- type: queue-scorer
- type: prefix-cache-scorer
  name: prefix
${rest}`;

const mounted = (volume: string, container: string) =>
  workload(`volumes:
- name: config
  ${volume}
containers:
- name: vllm
  ${container}`);
const cacheMap = configMap("  lmcache.yaml: |\n    local_cpu: true\n  other.yaml: x");
const inConfigMap = "configMap: {name: cache}";

describe("a name leads to what it means", () => {
  const table: [title: string, files: Files, expected: string[] | undefined][] = [
    [
      "scaleTargetRef of an HPA",
      { "h.yaml": hpa("{scaleTargetRef: {kind: Deployment, name: lla|ma}}"), "d.yaml": deployment },
      ['d.yaml:3 Deployment "llama"'],
    ],
    [
      "of another kind: not a Deployment of that name",
      { "h.yaml": hpa("{scaleTargetRef: {kind: StatefulSet, name: lla|ma}}"), "d.yaml": deployment },
      [],
    ],
    [
      "scaleTargetRef of a ScaledObject, which is a Deployment unless it says otherwise",
      { "s.yaml": scaledObject("{scaleTargetRef: {name: |llama}}"), "d.yaml": deployment },
      ['d.yaml:3 Deployment "llama"'],
    ],
    [
      "scaleTargetRef of a VariantAutoscaling, at the end of the name",
      {
        "v.yaml": named("llmd.ai/v1alpha1", "VariantAutoscaling", "v", "spec: {scaleTargetRef: {name: llama|}}\n"),
        "d.yaml": deployment,
      },
      ['d.yaml:3 Deployment "llama"'],
    ],
    [
      "a kind that is filled in later: nothing",
      { "s.yaml": scaledObject('{scaleTargetRef: {kind: "${KIND}", name: |llama}}'), "d.yaml": deployment },
      undefined,
    ],
    [
      "authenticationRef",
      {
        "s.yaml": scaledObject("{triggers: [{type: prometheus, authenticationRef: {name: pr|om}}]}"),
        "a.yaml": named("keda.sh/v1alpha1", "TriggerAuthentication", "prom"),
        "c.yaml": named("keda.sh/v1alpha1", "ClusterTriggerAuthentication", "prom"),
      },
      ['a.yaml:3 TriggerAuthentication "prom"'],
    ],
    [
      "authenticationRef to the whole cluster's",
      {
        "s.yaml": scaledObject("{triggers: [{authenticationRef: {kind: ClusterTriggerAuthentication, name: pr|om}}]}"),
        "a.yaml": named("keda.sh/v1alpha1", "TriggerAuthentication", "prom"),
        "c.yaml": named("keda.sh/v1alpha1", "ClusterTriggerAuthentication", "prom"),
      },
      ['c.yaml:3 ClusterTriggerAuthentication "prom"'],
    ],
    [
      "the ConfigMap of a volume",
      { "d.yaml": workload("volumes: [{name: c, configMap: {name: cac|he}}]"), "c.yaml": cacheMap },
      ['c.yaml:3 ConfigMap "cache"'],
    ],
    [
      "the ConfigMap in a projected volume",
      {
        "d.yaml": workload("volumes: [{name: c, projected: {sources: [{configMap: {name: cac|he}}]}}]"),
        "c.yaml": cacheMap,
      },
      ['c.yaml:3 ConfigMap "cache"'],
    ],
    [
      "the claim of a volume",
      {
        "d.yaml": workload("volumes: [{name: c, persistentVolumeClaim: {claimName: mod|els}}]"),
        "c.yaml": named("v1", "PersistentVolumeClaim", "models"),
      },
      ['c.yaml:3 PersistentVolumeClaim "models"'],
    ],
    [
      "the volume of a mount",
      { "d.yaml": mounted("emptyDir: {}", "volumeMounts: [{name: con|fig, mountPath: /c}]") },
      ['d.yaml:9 volume "config"'],
    ],
    [
      "the claim template of a mount",
      {
        "d.yaml": `${workload("containers: [{name: vllm, volumeMounts: [{name: mod|els, mountPath: /c}]}]", "StatefulSet")}  volumeClaimTemplates: [{metadata: {name: models}}]\n`,
      },
      ['d.yaml:9 volume "models"'],
    ],
    [
      "envFrom",
      { "d.yaml": workload("containers: [{name: a, envFrom: [{configMapRef: {name: cac|he}}]}]"), "c.yaml": cacheMap },
      ['c.yaml:3 ConfigMap "cache"'],
    ],
    [
      "configMapKeyRef, the name",
      {
        "d.yaml": workload(
          "containers: [{name: a, env: [{name: A, valueFrom: {configMapKeyRef: {name: cac|he, key: other.yaml}}}]}]",
        ),
        "c.yaml": cacheMap,
      },
      ['c.yaml:3 ConfigMap "cache"'],
    ],
    [
      "configMapKeyRef, the key",
      {
        "d.yaml": workload(
          "containers: [{name: a, env: [{name: A, valueFrom: {configMapKeyRef: {name: cache, key: oth|er.yaml}}}]}]",
        ),
        "c.yaml": cacheMap,
      },
      ['c.yaml:7 key "other.yaml"'],
    ],
    [
      "LMCACHE_CONFIG_FILE",
      {
        "d.yaml": mounted(
          inConfigMap,
          "volumeMounts: [{name: config, mountPath: /etc/lm}]\n  env: [{name: LMCACHE_CONFIG_FILE, value: /etc/lm/lmc|ache.yaml}]",
        ),
        "c.yaml": cacheMap,
      },
      ['c.yaml:5 key "lmcache.yaml"'],
    ],
    [
      "the same through items, under another name",
      {
        "d.yaml": mounted(
          "configMap: {name: cache, items: [{key: lmcache.yaml, path: in/my.yaml}]}",
          "volumeMounts: [{name: config, mountPath: /etc/lm}]\n  env: [{name: LMCACHE_CONFIG_FILE, value: /etc/lm/in/m|y.yaml}]",
        ),
        "c.yaml": cacheMap,
      },
      ['c.yaml:5 key "lmcache.yaml"'],
    ],
    [
      "the key of items",
      {
        "d.yaml": mounted("configMap: {name: cache, items: [{key: lmcache|.yaml, path: my.yaml}]}", "image: x"),
        "c.yaml": cacheMap,
      },
      ['c.yaml:5 key "lmcache.yaml"'],
    ],
    [
      "the same through subPath",
      {
        "d.yaml": mounted(
          inConfigMap,
          "volumeMounts: [{name: config, mountPath: /etc/my.yaml, subPath: lmcache.yaml}]\n  env: [{name: LMCACHE_CONFIG_FILE, value: /etc/m|y.yaml}]",
        ),
        "c.yaml": cacheMap,
      },
      ['c.yaml:5 key "lmcache.yaml"'],
    ],
    [
      "a path on the command line",
      {
        "d.yaml": mounted(
          inConfigMap,
          'volumeMounts: [{name: config, mountPath: /etc/lm}]\n  args: ["--config-file=/etc/lm/lmc|ache.yaml"]',
        ),
        "c.yaml": cacheMap,
      },
      ['c.yaml:5 key "lmcache.yaml"'],
    ],
    [
      "a path on a mount that hides another: nothing",
      {
        "d.yaml": mounted(
          inConfigMap,
          "volumeMounts: [{name: config, mountPath: /etc}, {name: x, mountPath: /etc/lm}]\n  env: [{name: A, value: /etc/lm/lmc|ache.yaml}]",
        ),
        "c.yaml": cacheMap,
      },
      [],
    ],
    [
      "variant_name of an HPA",
      {
        "h.yaml": hpa(
          "{metrics: [{type: External, external: {metric: {selector: {matchLabels: {variant_name: lla|ma}}}}}]}",
        ),
        "v.yaml": variant,
        "d.yaml": deployment,
      },
      ['v.yaml:3 VariantAutoscaling "llama"'],
    ],
    [
      "variant_name without a VariantAutoscaling: whatever a version of WVA may take",
      {
        "h.yaml": hpa(
          "{metrics: [{type: External, external: {metric: {selector: {matchLabels: {variant_name: lla|ma}}}}}]}",
        ),
        "d.yaml": deployment,
      },
      ['d.yaml:3 Deployment "llama"'],
    ],
    [
      "variant_name in a query",
      {
        "s.yaml": scaledObject(
          `{triggers: [{type: prometheus, metadata: {query: 'max(wva_desired_replicas{ns="variant_name", variant_name="lla|ma"})'}}]}`,
        ),
        "v.yaml": variant,
      },
      ['v.yaml:3 VariantAutoscaling "llama"'],
    ],
    [
      "the rest of the query: nothing",
      {
        "s.yaml": scaledObject(
          `{triggers: [{type: prometheus, metadata: {query: 'max(wva_|desired_replicas{variant_name="llama"})'}}]}`,
        ),
        "v.yaml": variant,
      },
      undefined,
    ],
    [
      "pluginRef to a plugin with a name",
      { "e.yaml": epp("schedulingProfiles:\n- name: default\n  plugins:\n  - pluginRef: pre|fix\n") },
      ['e.yaml:6 plugin "prefix"'],
    ],
    [
      "pluginRef to a plugin by its type",
      { "e.yaml": epp("saturationDetector: {pluginRef: queue-|scorer}\n") },
      ['e.yaml:4 plugin "queue-scorer"'],
    ],
    [
      "pluginRef to what is none: nothing",
      { "e.yaml": epp("saturationDetector: {pluginRef: prefix-|cache-scorer}\n") },
      [],
    ],
    [
      "pluginRef in a ConfigMap",
      {
        "c.yaml": configMap(
          `  plugins.yaml: |\n${epp("schedulingProfiles: [{name: default, plugins: [{pluginRef: pre|fix}]}]").replace(/^/gm, "    ")}`,
        ),
      },
      ['c.yaml:11 plugin "prefix"'],
    ],
    [
      "a plugin in the parameters of another, and a profile",
      {
        "e.yaml": epp(
          "- type: pd-profile-handler\n  parameters: {deciderPluginName: prefix, decodeProfile: de|code}\nschedulingProfiles: [{name: decode}]\n",
        ),
      },
      ['e.yaml:9 profile "decode"'],
    ],
    [
      "endpointPickerRef",
      {
        "p.yaml": named(
          "inference.networking.k8s.io/v1",
          "InferencePool",
          "pool",
          "spec: {endpointPickerRef: {name: ep|p}}\n",
        ),
        "s.yaml": named("v1", "Service", "epp"),
      },
      ['s.yaml:3 Service "epp"'],
    ],
    [
      "extensionRef of the older InferencePool",
      {
        "p.yaml": named(
          "inference.networking.x-k8s.io/v1alpha2",
          "InferencePool",
          "pool",
          "spec: {extensionRef: {name: ep|p}}\n",
        ),
        "s.yaml": named("v1", "Service", "epp"),
      },
      ['s.yaml:3 Service "epp"'],
    ],
    [
      "backendRefs of a route",
      {
        "r.yaml": named(
          "gateway.networking.k8s.io/v1",
          "HTTPRoute",
          "r",
          "spec: {rules: [{backendRefs: [{kind: InferencePool, name: po|ol}]}]}\n",
        ),
        "p.yaml": named("inference.networking.k8s.io/v1", "InferencePool", "pool"),
      },
      ['p.yaml:3 InferencePool "pool"'],
    ],
    [
      "the selector of a Service: the label of the pods that have all of its labels",
      {
        "s.yaml": named("v1", "Service", "s", "spec: {selector: {app: lla|ma}}\n"),
        "d.yaml": workload("containers: []"),
        "e.yaml": workload("containers: []").replace("app: llama", "app: mistral"),
      },
      ['d.yaml:6 pods "llama"'],
    ],
    [
      "a selector that fits only in part: nothing",
      {
        "s.yaml": named("v1", "Service", "s", "spec: {selector: {app: lla|ma, tier: gpu}}\n"),
        "d.yaml": workload("containers: []"),
      },
      [],
    ],
    [
      "a file of a kustomization",
      { "o/kustomization.yaml": "resources: [../ba|se/d.yaml]\n", "base/d.yaml": deployment },
      ["base/d.yaml"],
    ],
    [
      "a directory of a kustomization",
      { "o/kustomization.yaml": "components: [../ba|se]\n", "base/kustomization.yaml": "resources: []\n" },
      ["base/kustomization.yaml"],
    ],
    [
      "a patch of a kustomization",
      { "o/kustomization.yaml": "patches: [{path: |p.yaml}]\n", "o/p.yaml": deployment },
      ["o/p.yaml"],
    ],
    ["a file that is not here: nothing", { "kustomization.yaml": "resources: [gon|e.yaml]\n" }, []],
    [
      "the values of a release of a helmfile",
      {
        "helmfile.yaml": "releases: [{name: a, chart: b/c, values: [{x: 1}, values/ll|ama.yaml]}]\n",
        "values/llama.yaml": "a: 1\n",
      },
      ["values/llama.yaml"],
    ],
    [
      "a helmfile in a helmfile",
      { "helmfile.yaml": "helmfiles: [{path: o|ther}]\n", "other/helmfile.yaml": "releases: []\n" },
      ["other/helmfile.yaml"],
    ],
    [
      "a chart that is a directory here",
      {
        "helmfile.yaml": "releases: [{name: a, chart: ./charts/l|lama}]\n",
        "charts/llama/Chart.yaml": "name: llama\n",
      },
      ["charts/llama/Chart.yaml"],
    ],
    [
      "a chart of a repository, which is no file",
      { "helmfile.yaml": "releases: [{name: a, chart: l|lm/a}]\n", "llm/a": "" },
      undefined,
    ],
    [
      "the name in a patch: the object that it changes",
      {
        "o/kustomization.yaml": "resources: [../base]\npatches: [{path: p.yaml}]\n",
        "o/p.yaml": deployment.replace("llama", "lla|ma"),
        "base/kustomization.yaml": "resources: [d.yaml]\n",
        "base/d.yaml": deployment,
      },
      ['base/d.yaml:3 Deployment "llama"'],
    ],
    [
      "the name in a patch that is written out in a kustomization",
      {
        "o/kustomization.yaml": `resources: [../base]\npatches:\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata:\n      name: lla|ma\n`,
        "base/kustomization.yaml": "resources: [d.yaml]\n",
        "base/d.yaml": deployment,
      },
      ['base/d.yaml:3 Deployment "llama"'],
    ],
    [
      "the target of a patch",
      {
        "kustomization.yaml":
          "resources: [d.yaml]\npatches: [{path: p.yaml, target: {kind: Deployment, name: lla|ma}}]\n",
        "d.yaml": deployment,
      },
      ['d.yaml:3 Deployment "llama"'],
    ],
    [
      "a ConfigMap that a kustomization makes",
      {
        "kustomization.yaml": "resources: [d.yaml]\nconfigMapGenerator: [{name: cache, files: [x.yaml]}]\n",
        "d.yaml": workload("volumes: [{name: c, configMap: {name: cac|he}}]"),
      },
      ['kustomization.yaml:2 ConfigMap "cache"'],
    ],
    [
      "priorityClassName",
      {
        "d.yaml": workload("priorityClassName: hi|gh"),
        "p.yaml": named("scheduling.k8s.io/v1", "PriorityClass", "high"),
      },
      ['p.yaml:3 PriorityClass "high"'],
    ],
    ["priorityClassName that stands in no file: nothing", { "d.yaml": workload("priorityClassName: hi|gh") }, []],
    [
      "serviceAccountName",
      { "d.yaml": workload("serviceAccountName: sa|a"), "s.yaml": named("v1", "ServiceAccount", "saa") },
      ['s.yaml:3 ServiceAccount "saa"'],
    ],
    [
      "the containers of a LeaderWorkerSet's workers",
      {
        "d.yaml": named(
          "leaderworkerset.x-k8s.io/v1",
          "LeaderWorkerSet",
          "l",
          "spec: {leaderWorkerTemplate: {workerTemplate: {spec: {containers: [{envFrom: [{configMapRef: {name: cac|he}}]}]}}}}\n",
        ),
        "c.yaml": cacheMap,
      },
      ['c.yaml:3 ConfigMap "cache"'],
    ],
    [
      "an alias: what its anchor says",
      {
        "d.yaml": workload("x: &it cache\nvolumes: [{name: c, configMap: {name: *i|t }}]"),
        "c.yaml": cacheMap,
      },
      ['c.yaml:3 ConfigMap "cache"'],
    ],
    ["the definition itself", { "d.yaml": deployment.replace("llama", "lla|ma") }, ['d.yaml:3 Deployment "llama"']],
    ["a value that names nothing", { "d.yaml": workload("hostname: lla|ma") }, undefined],
    [
      "several that may be meant: all of them",
      {
        "a/h.yaml": hpa("{scaleTargetRef: {kind: Deployment, name: lla|ma}}"),
        "b/d.yaml": deployment,
        "c/d.yaml": deployment,
      },
      ['b/d.yaml:3 Deployment "llama"', 'c/d.yaml:3 Deployment "llama"'],
    ],
  ];
  for (const [title, files, expected] of table) test(title, () => assert.deepEqual(meant(files), expected));
});

describe("the uses of a name", () => {
  const uses = (marked: Files) => {
    const { files, path, offset } = atMark(marked);
    const workspace = workspaceOf(files);
    const file = workspace.files.get(path);
    assert.ok(file !== undefined);
    const [target] = mentionAt(new Graph(workspace), workspace.objectsIn(file), offset)?.targets ?? [];
    assert.ok(target !== undefined);
    return usesOf(workspace, target).map(
      ({ reference: { at, from } }) => `${from.path}:${at.doc.file.rangeOf(at).start.line + 1} ${at.text}`,
    );
  };

  test("stand in every file that means it, and in no overlay that means another of that name", () => {
    const overlay = (at: string): Files => ({
      [`${at}/kustomization.yaml`]: "resources: [d.yaml, h.yaml]\n",
      [`${at}/d.yaml`]: deployment,
      [`${at}/h.yaml`]: hpa("{scaleTargetRef: {kind: Deployment, name: llama}}"),
    });
    const files = { ...overlay("dev"), ...overlay("prod") };
    files["dev/d.yaml"] = deployment.replace("llama", "|llama");
    assert.deepEqual(uses(files), ["dev/h.yaml:4 llama"]);
  });

  test("of a key: paths through mounts too", () => {
    const env = "env: [{name: LMCACHE_CONFIG_FILE, value: /etc/lm/lmcache.yaml}]";
    assert.deepEqual(
      uses({
        "c.yaml": cacheMap.replace("lmcache.yaml", "lmc|ache.yaml"),
        "d.yaml": mounted(inConfigMap, `volumeMounts: [{name: config, mountPath: /etc/lm}]\n  ${env}`),
        "e.yaml": mounted("emptyDir: {}", `volumeMounts: [{name: config, mountPath: /etc/lm}]\n  ${env}`),
      }),
      ["d.yaml:14 lmcache.yaml"],
    );
  });

  test("of a variant: labels and queries", () => {
    assert.deepEqual(
      uses({
        "v.yaml": variant.replace("llama", "lla|ma"),
        "h.yaml": hpa(
          "{metrics: [{type: External, external: {metric: {selector: {matchLabels: {variant_name: llama}}}}}]}",
        ),
        "s.yaml": scaledObject(`{triggers: [{type: prometheus, metadata: {query: 'm{variant_name="llama"}'}}]}`),
      }),
      ["h.yaml:4 llama", "s.yaml:4 llama"],
    );
  });
});

test("aliases that multiply are not followed more often than there are nodes", () => {
  const level = (name: string, of: string) => `  ${name}: &${name} [${`{volumes: *${of}}, `.repeat(30)}]\n`;
  const text = workload(
    `x0: &a [{name: v, configMap: {name: cache}}]\n${`x1: &b\n${level("x2", "a")}`}${level("x3", "x2")}${level("x4", "x3")}volumes: *x4\ncontainers: [${"*x4, ".repeat(500)}]`,
  );
  const workspace = workspaceOf({ "d.yaml": text });
  const [object] = [...workspace.files.values()].flatMap((file) => workspace.objectsIn(file));
  assert.ok(object !== undefined);
  referencesOf(new Graph(workspace), object);
});
