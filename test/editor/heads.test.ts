import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Desk } from "./support/cursor.ts";

const list = (items: string) => `apiVersion: v1\nkind: List\nitems:\n${items}`;

describe("completion in a new file", { timeout: 120_000 }, () => {
  const desk = new Desk();

  test("apiVersions, each with the kinds that it has", async () => {
    const items = await desk.items("apiVersion: ‸\n");
    assert.equal(items.find(({ label }) => label === "apps/v1")?.detail, "DaemonSet, Deployment, StatefulSet");
    assert.equal(
      items.find(({ label }) => label === "keda.sh/v1alpha1")?.detail,
      "ClusterTriggerAuthentication, ScaledObject, TriggerAuthentication",
    );
  });

  test("one with a single kind brings the kind along", async () => {
    assert.equal(
      await desk.taken("apiVersion: auto‸\n", "autoscaling/v2"),
      "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n",
    );
    assert.equal(await desk.taken("apiVersion: ‸\n", "apps/v1"), "apiVersion: apps/v1\n");
    assert.equal(await desk.taken('apiVersion: "‸"\n', "autoscaling/v2"), 'apiVersion: "autoscaling/v2"\n');
  });

  test("kustomizations, which begin with what they take together", async () => {
    const labels = await desk.labels("‸\n");
    assert.ok(labels.includes("Kustomization") && labels.includes("Component"));
    assert.equal(
      await desk.taken("‸\n", "Kustomization"),
      "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  -\n",
    );
    assert.deepEqual(await desk.labels("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: ‸\n"), ["Kustomization"]);
  });

  test("the keys of a kustomization, and what they are for", async () => {
    const name = "over/kustomization.yaml";
    const head = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n";
    const labels = await desk.labels(`${head}resources: []\n‸\n`, name);
    assert.ok(labels.includes("configMapGenerator") && labels.includes("namePrefix"), labels.join());
    assert.ok(!labels.includes("resources"));
    assert.ok((await desk.labels("images:\n  - name: a\n    new‸\n", name)).includes("newTag"));
    assert.match((await desk.hovered(`${head}ba‸ses: [../a]\n`, name)) ?? "", /Deprecated: write them in resources\./);
    const component = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n";
    assert.match((await desk.hovered(`${component}patc‸hes: []\n`, name)) ?? "", /strategic merge or JSON 6902/);
  });

  test("the apiVersions of the kind that is there, the one to write first", async () => {
    assert.deepEqual(await desk.labels("apiVersion: ‸\nkind: InferencePool\n"), [
      "inference.networking.k8s.io/v1",
      "inference.networking.x-k8s.io/v1alpha2",
    ]);
    assert.deepEqual(await desk.labels("kind: ScaledObject\nmetadata:\n  name: x\napiVersion: k‸\n"), [
      "keda.sh/v1alpha1",
    ]);
    assert.equal(
      await desk.taken("apiVersion: v‸1\nkind: ScaledObject\n", "keda.sh/v1alpha1"),
      "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\n",
    );
  });

  test("the kinds of the apiVersion that is there", async () => {
    assert.deepEqual(await desk.labels("apiVersion: apps/v1\nkind: ‸\n"), ["DaemonSet", "Deployment", "StatefulSet"]);
    assert.deepEqual(await desk.labels("apiVersion: apps/v1\nkind: 'D‸'\n"), [
      "DaemonSet",
      "Deployment",
      "StatefulSet",
    ]);
  });

  test("a kind brings its apiVersion along", async () => {
    assert.equal(await desk.taken("kind: Sc‸\n", "ScaledObject"), "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\n");
    assert.equal(
      await desk.taken("kind: Sc‸\n".replaceAll("\n", "\r\n"), "ScaledObject"),
      "apiVersion: keda.sh/v1alpha1\r\nkind: ScaledObject\r\n",
    );
  });

  test("the key that is missing, with its value", async () => {
    assert.deepEqual(await desk.labels("apiVersion: apps/v1\n‸\n"), [
      "kind: DaemonSet",
      "kind: Deployment",
      "kind: StatefulSet",
    ]);
    assert.equal(
      await desk.taken("apiVersion: autoscaling/v2\nk‸\n", "kind: HorizontalPodAutoscaler"),
      "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n",
    );
    assert.deepEqual(await desk.labels("‸\nkind: Gateway\n"), [
      "apiVersion: gateway.networking.k8s.io/v1",
      "apiVersion: gateway.networking.k8s.io/v1beta1",
    ]);
  });

  test("whole objects where nothing is written", async () => {
    assert.equal(
      await desk.taken("‸", "HorizontalPodAutoscaler"),
      "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: \nspec:",
    );
    assert.equal(
      await desk.taken("# mine\nConf‸\n", "ConfigMap"),
      "# mine\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name:\n",
    );
    const second = "apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n---\n‸\n";
    assert.ok((await desk.labels(second)).includes("Deployment"));
    assert.equal(
      await desk.taken(second, "ConfigMap"),
      second.replace("‸", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name:"),
    );
  });

  test("nothing of that in configuration, in values and below other keys", async () => {
    assert.ok(!(await desk.labels("‸", "headroom.config.yaml")).includes("Deployment"));
    assert.deepEqual(await desk.labels("replicas: 1\n‸\n", "values.yaml"), []);
    assert.deepEqual(await desk.labels("spec:\n  other:\n    kind: ‸\n"), []);
    assert.deepEqual(await desk.labels("kind: Unknown\napiVersion: ‸\n"), []);
    assert.deepEqual(
      await desk.labels("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  x: |\n    ‸\n"),
      [],
    );
  });

  describe("in the items of a List", () => {
    const hpa = "  - apiVersion: autoscaling/v2\n    kind: HorizontalPodAutoscaler\n    metadata:\n      name: a\n";

    test("apiVersion and kind", async () => {
      assert.deepEqual(await desk.labels(list("  - apiVersion: apps/v1\n    kind: ‸\n")), [
        "DaemonSet",
        "Deployment",
        "StatefulSet",
      ]);
      assert.equal(
        await desk.taken(list(`${hpa}  - apiVersion: pol‸\n`), "policy/v1"),
        list(`${hpa}  - apiVersion: policy/v1\n    kind: PodDisruptionBudget\n`),
      );
      assert.equal(
        await desk.taken(list("- kind: Pod‸\n"), "PodMonitor"),
        list("- apiVersion: monitoring.coreos.com/v1\n  kind: PodMonitor\n"),
      );
    });

    test("whole objects", async () => {
      assert.equal(
        await desk.taken(list(`${hpa}  - ‸\n`), "ConfigMap"),
        list(`${hpa}  - apiVersion: v1\n    kind: ConfigMap\n    metadata:\n      name:\n`).replace(
          "name:\n",
          "name:\n",
        ),
      );
    });

    test("keys and values by the schema of the item", async () => {
      const service = "  - apiVersion: v1\n    kind: Service\n    metadata:\n      name: a\n    spec:\n      type: ‸\n";
      assert.deepEqual(await desk.labels(list(`${hpa}    spec:\n      behavior:\n        ‸\n`)), [
        "scaleDown",
        "scaleUp",
      ]);
      assert.deepEqual(
        await desk.labels(list(`${hpa}    spec:\n      behavior:\n        ‸\n${service.replace("‸", "")}`)),
        ["scaleDown", "scaleUp"],
      );
      assert.deepEqual((await desk.labels(list(`${hpa}${service}`))).toSorted(), [
        "ClusterIP",
        "ExternalName",
        "LoadBalancer",
        "NodePort",
      ]);
    });

    test("names", async () => {
      const deployment = "  - apiVersion: apps/v1\n    kind: Deployment\n    metadata:\n      name: llama\n";
      const target = "    spec:\n      scaleTargetRef:\n        kind: Deployment\n        name: ‸\n";
      const text = list(`${deployment}${hpa}${target}`);
      assert.deepEqual(await desk.labels(text), ["llama"]);
    });

    test("hover", async () => {
      assert.match((await desk.hovered(list(`${hpa}    spec:\n      max‸Replicas: 3\n`))) ?? "", /replicas/i);
    });
  });
});
