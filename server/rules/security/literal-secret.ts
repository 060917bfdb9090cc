import { isWorkload } from "../../graph/scale-target.ts";
import { configMap } from "../../kinds/config-map/kind.ts";
import { productionStackValues } from "../../kinds/helm-values/production-stack.ts";
import { pod } from "../../kinds/pod/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { isOpen, readServers } from "../../kinds/vllm/command-line.ts";
import { daemonSet } from "../../kinds/workload/daemon-set.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { spanOfWord } from "../../text/command-words.ts";
import type { Span } from "../../text/node.ts";
import { at, entriesAt, itemsAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { templatesOf } from "../vllm/servers.ts";

const example = (value: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.19.0
          args: ["Qwen/Qwen3-8B"]
          env:
            - name: HF_TOKEN
${value}`;

export const literalSecret = defineRule({
  id: "security/literal-secret",
  title: "Secret that stands in the manifest",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["P-05", "VLM-20"],
  docs: {
    summary:
      "A token, password or key is written as text: in a container's variable, behind --api-key or --hf-token, in a ConfigMap or in Helm values.",
    why: "Whoever can read the repository, the Deployment or the ConfigMap has it, and so has every copy and every log of a diff. Secrets have permissions of their own, and can be exchanged without a commit.",
    mend: "Put it into a Secret and take it with secretKeyRef; in charts, name the Secret. What was committed once must be replaced.",
    sources: [
      "https://kubernetes.io/docs/concepts/configuration/secret/",
      "https://huggingface.co/docs/hub/security-tokens",
    ],
  },
  examples: {
    bad: example("              value: hf_0123456789abcdefghijABCDEFGHIJ0123 # <-\n"),
    good: example("              valueFrom: {secretKeyRef: {name: hub, key: token}}\n"),
  },
  messages: {
    text: "{object}: {name} stands here as text, for whoever reads the file or the object. Put it into a Secret, and replace it if this was committed.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet, daemonSet, pod, configMap, productionStackValues],
  check({ object, report }) {
    for (const { name, at: place } of secretsIn(object)) {
      report({ at: place, message: "text", slots: { object: object.title, name } });
    }
  },
});

interface Told {
  readonly name: string;
  readonly at: Span;
}

function secretsIn(object: StackObject): Told[] {
  if (isTemplatedWorkload(object)) return inWorkload(object);
  if (object.kind.id === configMap.id) return inMap(object);
  const models = itemsAt(object.root, "servingEngineSpec", "modelSpec");
  return models.flatMap((model) => {
    const token = stringAt(model, "hf_token");
    return token === undefined || !isSecret("HF_TOKEN", token.value) ? [] : [{ name: "hf_token", at: token.node }];
  });
}

function isTemplatedWorkload(object: StackObject): object is StackObject<Workload> | StackObject<undefined> {
  return isWorkload(object) || object.kind.id === daemonSet.id || object.kind.id === pod.id;
}

function inWorkload(object: StackObject<Workload> | StackObject<undefined>): Told[] {
  const containers = templatesOf(object).flatMap((template) => [...template.containers, ...template.initContainers]);
  return containers.flatMap((container) => {
    const variables = container.env.flatMap(({ name, value }) =>
      value !== undefined && isSecret(name, value.value) ? [{ name, at: value.node }] : [],
    );
    const flags = readServers(container, undefined).flatMap((server) =>
      server.arguments.flatMap(({ flag, values }) =>
        flag?.name === "--api-key" || flag?.name === "--hf-token"
          ? values.flatMap(({ text, word, start }) =>
              isValue(text) ? [{ name: flag.name, at: spanOfWord(word, start) }] : [],
            )
          : [],
      ),
    );
    return [...variables, ...flags];
  });
}

function inMap({ root }: StackObject): Told[] {
  return entriesAt(root, "data").flatMap(({ key }) => {
    const value = stringAt(at(root, "data"), key.text);
    return value !== undefined && isSecret(key.text, value.value) ? [{ name: key.text, at: value.node }] : [];
  });
}

const names = /(?:^|_)(?:TOKEN|PASSWORD|PASSWD|API_?KEY|SECRET|SECRET_KEY|SECRET_ACCESS_KEY|PRIVATE_KEY)$/;
/** What tokens of these makers look like, whatever the variable is called. */
const known = /^(?:hf_[A-Za-z0-9]{20,}|sk-[A-Za-z0-9_-]{20,}|gh[pousr]_[A-Za-z0-9]{30,}|AKIA[0-9A-Z]{16})$/;

function isSecret(name: string, value: string): boolean {
  return known.test(value.trim()) || (names.test(name) && isValue(value));
}

/** Words that stand for a secret in examples, paths of files with one, and truths are none. */
const placeholder =
  /^(?:|EMPTY|none|null|dummy|fake|test|true|false|placeholder|change[-_ ]?me|replace[-_ ]?me|todo|x{3,}|\*+|[-_. ]*your[-_ ].*|.*[-_ ](?:here|placeholder)|.*<.*>.*|\d{1,5})$/i;

function isValue(value: string): boolean {
  const text = value.trim();
  return (
    text.length <= 4096 &&
    !isOpen(text) &&
    !text.includes("\n") &&
    !/^(?:[./]|\w+:\/\/)/.test(text) &&
    !placeholder.test(text)
  );
}
