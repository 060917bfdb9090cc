import assert from "node:assert/strict";
import { applyEdits, cut, type Files, lint } from "../../../support/lint.ts";

/** A ConfigMap with an LMCache configuration under one data key. */
export const configMap = (
  yaml: string,
  { key = "config.yaml", block = "|", name = "lmcache-config" } = {},
) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
  ${key}: ${block}
${yaml.trimEnd().replace(/^(?=.)/gm, "    ")}
`;

export const nested = (size: string, enabled = "true") => `storage:
  cpu:
    enabled: ${enabled}
    buffer_size: ${size}
    eviction_policy: lru
`;

export const flat = (size: string, more = "") => `chunk_size: 256
local_cpu: true
${size === "" ? "" : `max_local_cpu_size: ${size}\n`}${more}`;

export interface Pod {
  readonly limit?: string;
  readonly request?: string;
  readonly file?: string;
  readonly variable?: string;
  readonly volume?: string;
  readonly mount?: string;
  readonly args?: string;
  readonly env?: string;
  readonly gpus?: string;
}

export const memory = (limit = "", request = "", gpus = "") => `          resources:
            requests: {cpu: "4"${request === "" ? "" : `, memory: ${request}`}}
            limits: {cpu: "10"${limit === "" ? "" : `, memory: ${limit}`}${gpus === "" ? "" : `, nvidia.com/gpu: "${gpus}"`}}
`;

export const volumes = (volume = "configMap: {name: lmcache-config}") => `      volumes:
        - name: config
          ${volume}
`;

/** The guides' shape: vLLM beside an LMCache server that reads the ConfigMap. */
export const sidecar = ({ limit, request, file, variable, volume, mount }: Pod) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
spec:
  template:
    spec:
      containers:
        - name: vllm
          image: lmcache/vllm-openai:latest
          args: ["--model", "meta-llama/Llama-3.1-8B-Instruct"]
${memory("40Gi", "", "1")}        - name: lmcache
          image: lmcache/lmcache-server:latest
          env:
            - name: ${variable ?? "LMCACHE_CONFIG_PATH"}
              value: ${file ?? "/etc/lmcache/config.yaml"}
${memory(limit, request)}          volumeMounts:
            - ${mount ?? "{name: config, mountPath: /etc/lmcache}"}
${volumes(volume)}`;

/** LMCache inside vLLM. */
export const engine = ({ limit, request, file, volume, mount, args, env = "", gpus = "" }: Pod) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
spec:
  selector: {matchLabels: {app: llama}}
  template:
    spec:
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.21.0
          ${args ?? 'args: ["--model", "meta-llama/Llama-3.1-70B-Instruct"]'}
          env:
            - {name: HF_HOME, value: /models}
${file === "" ? "" : `            - {name: LMCACHE_CONFIG_FILE, value: ${file ?? "/etc/lmcache/config.yaml"}}\n`}${env}${memory(limit, request, gpus)}          volumeMounts:
            - ${mount ?? "{name: config, mountPath: /etc/lmcache}"}
${volumes(volume)}`;

export const ours = (files: Files) => lint(files).filter(({ rule }) => rule === "lmcache/memory-limit");

/** `error 10Gi`: the severity and the limit it stands at. */
export const found = (files: Files) => ours(files).map((finding) => `${finding.severity} ${cut(files, finding)}`);

export const stack = (...documents: string[]): Files => ({ "stack.yaml": documents.join("---\n") });

export const fixed = (files: Files, title: RegExp): string => {
  const fix = ours(files)
    .flatMap(({ fixes }) => fixes)
    .find((one) => title.test(one.title));
  assert.ok(fix, `no fix ${title}`);
  const result = applyEdits(files, fix.edits);
  assert.deepEqual(found(result), []);
  return Object.values(result).join("");
};
