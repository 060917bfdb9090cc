import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { contributes } from "../../package.json";
import { headroomConfig, scaffolds } from "../../scripts/printed/scaffolds.ts";
import { type Answers, answerKeys, nameOf, questions, usualAnswers } from "../../server/cli/init/answers.ts";
import { gpuNames } from "../../server/cli/init/gpus.ts";
import { filesOf } from "../../server/cli/init/stack-files.ts";
import { stacks } from "../../server/cli/init/stacks.ts";
import { slot } from "../../server/cli/init/template.ts";
import { templates } from "../../server/cli/init/templates.ts";
import { choices, valuesOf } from "../../server/cli/init/values.ts";
import type { Finding } from "../../server/findings/finding.ts";
import type { StackObject } from "../../server/kinds/stack-object.ts";
import { type Files, lint, pipelineOf } from "../support/lint.ts";
import { expand } from "./expand.ts";

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

const paths = readdirSync("snippets").filter((name) => name.endsWith(".json"));
const snippets = paths.flatMap((path) =>
  Object.values(JSON.parse(readFileSync(`snippets/${path}`, "utf8")) as Record<string, Snippet>),
);

const objectKinds = ["VariantAutoscaling", "HorizontalPodAutoscaler"] as const;

/** What each snippet is taken for: the API kinds of its documents, and what stands in their scalars. */
const recognised: Readonly<Record<string, { readonly are: readonly string[]; readonly hold?: readonly string[] }>> = {
  "headroom-hpa-wva": { are: ["HorizontalPodAutoscaler"] },
  "headroom-hpa-vllm-queue": { are: ["HorizontalPodAutoscaler"] },
  "headroom-adapter-wva": { are: ["ConfigMap"] },
  "headroom-adapter-vllm-queue": { are: ["ConfigMap"] },
  "headroom-scaledobject-wva": { are: ["ScaledObject"] },
  "headroom-scaledobject-epp": { are: ["ScaledObject"] },
  "headroom-triggerauthentication": { are: ["TriggerAuthentication"] },
  "headroom-triggerauthentication-bearer": { are: ["TriggerAuthentication"] },
  "headroom-variantautoscaling": { are: ["VariantAutoscaling"] },
  "headroom-wva-saturation": { are: ["ConfigMap"], hold: ["wva-saturation-entry"] },
  "headroom-wva-scale-to-zero": { are: ["ConfigMap"], hold: ["wva-scale-to-zero-entry", "wva-scale-to-zero-entry"] },
  "headroom-lmcache-config": { are: ["ConfigMap"], hold: ["lmcache-config"] },
  "headroom-lmcache-config-disk": { are: ["ConfigMap"], hold: ["lmcache-config"] },
  "headroom-lmcacheengine": { are: ["LMCacheEngine"] },
  "headroom-epp-scoring": { are: ["ConfigMap"], hold: ["epp-config"] },
  "headroom-epp-pd": { are: ["ConfigMap"], hold: ["epp-config"] },
  "headroom-inferencepool": { are: ["InferencePool"] },
  "headroom-httproute": { are: ["HTTPRoute"] },
  "headroom-router": { are: ["ServiceAccount", "Role", "RoleBinding", "Deployment", "Service"] },
  "headroom-router-servicemonitor": { are: ["ServiceMonitor"] },
  "headroom-vllm-lmcache": { are: ["Deployment"] },
  "headroom-vllm-pd": { are: ["Deployment", "Deployment"] },
  "headroom-weights": { are: ["PersistentVolumeClaim", "Job"] },
  "headroom-service": { are: ["Service"] },
  "headroom-servicemonitor": { are: ["ServiceMonitor"] },
  "headroom-pdb": { are: ["PodDisruptionBudget"] },
  "headroom-config": { are: ["headroom-config"] },
};

/** Of these Headroom knows the name and nothing else. */
const others = ["Job", "Role", "RoleBinding", "ServiceAccount"];

describe("snippets", () => {
  it("are all contributed to YAML files", () => {
    assert.deepEqual(
      contributes.snippets.map(({ path }) => path).sort(),
      paths.map((path) => `./snippets/${path}`).sort(),
    );
    assert.deepEqual([...new Set(contributes.snippets.map(({ language }) => language))], ["yaml"]);
  });

  it("have a name of their own that begins with headroom-, and a short description", () => {
    const prefixes = snippets.map(({ prefix }) => prefix);
    assert.equal(new Set(prefixes).size, prefixes.length);
    for (const { prefix, description } of snippets) {
      assert.match(prefix, /^headroom-[a-z-]+$/);
      assert.ok(description.length > 0 && description.length <= 120 && !description.endsWith("."), description);
    }
  });

  it("use every template", () => {
    const used = [...Object.values(scaffolds).flat(), headroomConfig].flatMap((scaffold) => scaffold.templates);
    assert.deepEqual(readdirSync("snippets/templates").sort(), used.map((name) => `${name}.yaml`).sort());
    assert.deepEqual(Object.keys(templates).sort(), [...used].sort());
  });

  it("use every value", () => {
    const slots = Object.values(templates).flatMap((text) => [...text.matchAll(slot)].map(([, name]) => name));
    assert.deepEqual([...new Set(slots)].sort(), Object.keys(valuesOf(usualAnswers())).sort());
  });

  it("offer the usual value among the choices", () => {
    const usual: Readonly<Record<string, unknown>> = valuesOf(usualAnswers());
    for (const [name, offered] of Object.entries(choices)) assert.ok(offered.includes(String(usual[name])), name);
  });

  for (const { prefix, body } of snippets) {
    it(`${prefix} as it is inserted has nothing wrong in it`, () => {
      const text = expand(body);
      assert.doesNotMatch(text, /\$\{/);
      assert.deepEqual(
        lint({ [fileOf(prefix)]: text })
          .filter(isMistake)
          .map(told),
        [],
      );
    });
  }

  for (const [prefix, { are, hold = [] }] of Object.entries(recognised)) {
    it(`${prefix} is ${[...are, ...hold].join(", ")}`, () => {
      const objects = objectsIn({ [fileOf(prefix)]: expand(bodyOf(prefix)) });
      const outer = objects.filter(({ doc }) => doc.depth === 0);
      assert.deepEqual(
        outer.map(({ apiKind, kind }) => apiKind ?? kind.id),
        are,
      );
      for (const { apiKind = "", kind } of outer)
        assert.equal(kind.id === "kubernetes-object", others.includes(apiKind));
      const inner = objects.filter(({ doc }) => doc.depth > 0).map(({ kind }) => kind.id);
      assert.deepEqual(hold.length === 0 ? [] : inner, hold);
    });
  }

  it("of kinds are all in that table", () => {
    const kinds = snippets.map(({ prefix }) => prefix).filter((prefix) => !prefix.startsWith("headroom-stack-"));
    assert.deepEqual(kinds.sort(), Object.keys(recognised).sort());
  });

  it("mirror the variant's name wherever it is meant", () => {
    const text = expand(bodyOf("headroom-stack-wva-hpa"), { 1: "llama-l40s" });
    const objects = objectsIn({ "manifest.yaml": text });
    for (const kind of objectKinds) {
      assert.equal(objects.find(({ apiKind }) => apiKind === kind)?.name?.value, "llama-l40s", kind);
    }
    assert.match(text, /variant_name: llama-l40s\n/);
    assert.doesNotMatch(text, /qwen3-32b/);
    assert.deepEqual(lint({ "manifest.yaml": text }).filter(isMistake).map(told), []);
  });

  it("keep what is not theirs: a variable of Kubernetes, braces of PromQL", () => {
    assert.match(expand(bodyOf("headroom-router")), /--pool-namespace=\$\(NAMESPACE\)\n/);
    assert.match(
      expand(bodyOf("headroom-scaledobject-wva"), { 1: "a", 2: "b" }),
      /query: max\(wva_desired_replicas\{variant_name="a",exported_namespace="b"\}\)\n/,
    );
  });
});

describe("stacks", () => {
  const models = ["Qwen/Qwen3-32B", "meta-llama/Llama-3.1-8B-Instruct", "on/true", "0/1"];

  for (const stack of stacks) {
    it(`${stack.name} has nothing wrong in it, whatever is answered`, () => {
      for (const gpu of gpuNames) {
        for (const tensorParallel of [1, 2, 4, 8]) {
          const model = models[tensorParallel % models.length] ?? "";
          const answers = { ...usualAnswers(), model, name: nameOf(model), namespace: "0", gpu, tensorParallel };
          const files = Object.fromEntries(filesOf(stack, answers, templates));
          assert.deepEqual(lint(files).filter(isMistake).map(told), [], `${gpu} x ${tensorParallel}`);
        }
      }
    });

    it(`${stack.name} asks for what shows in it, and for nothing else`, () => {
      const other: Answers = {
        model: "a/b",
        name: "c",
        namespace: "d",
        gpu: "L40S",
        tensorParallel: 4,
        maxReplicas: 7,
      };
      const text = (answers: Answers) => JSON.stringify([...filesOf(stack, answers, templates)]);
      for (const key of answerKeys) {
        const changed = text({ ...usualAnswers(), [key]: other[key] }) !== text(usualAnswers());
        assert.equal(changed, !stack.skips.includes(key), key);
      }
    });

    it(`${stack.name} has every file in a kustomization, and says where what is left to do stands`, () => {
      const files = filesOf(stack, usualAnswers(), templates);
      const named = [...files].flatMap(([path, text]) => {
        const directory = path.slice(0, path.lastIndexOf("/") + 1);
        return path.endsWith("kustomization.yaml")
          ? [path, ...[...text.matchAll(/^ {2}- (\S+)$/gm)].map(([, name]) => `${directory}${name}`)]
          : [];
      });
      assert.deepEqual([...named, "headroom.config.yaml"].sort(), [...files.keys()].sort());
      for (const note of stack.yours) assert.ok(files.has(note.slice(0, note.indexOf(":"))), note);
      for (const text of files.values()) assert.match(text, /[^\n]\n$/);
    });
  }

  it("name things so that YAML reads the names", () => {
    for (const name of ["true", "null", "on", "y"]) {
      const [stack] = stacks;
      const answers = { ...usualAnswers(), name, namespace: "1e3" };
      const files = Object.fromEntries(stack === undefined ? [] : filesOf(stack, answers, templates));
      const objects = objectsIn(files).filter(({ apiKind }) => apiKind === "Deployment");
      assert.deepEqual(
        objects.map((object) => object.name?.value),
        [name],
      );
      assert.match(files["autoscaling.yaml"] ?? "", new RegExp(`variant_name: "${name}"\\n`));
      assert.match(files["autoscaling.yaml"] ?? "", /namespace: "1e3"\n/);
    }
  });

  it("are named after the model, as Kubernetes allows", () => {
    const table = {
      "Qwen/Qwen3-32B": "qwen3-32b",
      "meta-llama/Llama-3.1-8B-Instruct": "llama-3-1-8b-instruct",
      "01-ai/01-Yi": "model-01-yi",
      "a/_": "model",
      [`a/${"b.".repeat(40)}`]: `${"b-".repeat(24)}b`,
    };
    for (const [model, name] of Object.entries(table)) {
      assert.equal(nameOf(model), name);
      assert.equal(questions.name.read(name), name);
    }
  });
});

function bodyOf(prefix: string): readonly string[] {
  return snippets.find((snippet) => snippet.prefix === prefix)?.body ?? [];
}

function fileOf(prefix: string): string {
  return prefix === "headroom-config" ? "headroom.config.yaml" : "manifest.yaml";
}

function objectsIn(files: Files): StackObject[] {
  const { workspace } = pipelineOf(files);
  return [...workspace.files.values()].flatMap((file) => workspace.objectsIn(file));
}

/** That WVA ends is worth knowing of a stack with it, and no mistake. */
const isMistake = ({ rule }: { rule: string }) => rule !== "wva/last-version";
function told({ rule, file, range, message }: Finding): string {
  return `${file}:${range.start.line + 1} ${rule} ${message}`;
}
