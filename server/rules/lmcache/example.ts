interface Parts {
  /** Lines of the ConfigMap's `lmcache.yaml`; absent: no ConfigMap. */
  readonly config?: string;
  readonly args?: string;
  readonly env?: string;
  readonly resources?: string;
  readonly mounts?: string;
  readonly volumes?: string;
  /** Another container. */
  readonly beside?: string;
}

const indented = (text: string, margin: number) => text.trimEnd().replace(/^(?=.)/gm, " ".repeat(margin));
const lines = (text: string, margin: number) => (text === "" ? "" : `${indented(text, margin)}\n`);

const connector = `--kv-transfer-config
'{"kv_connector":"LMCacheConnectorV1","kv_role":"kv_both"}'`;

/** vLLM with LMCache inside it, for the examples of rules. */
export function engineExample(parts: Parts): string {
  const { config, args = connector, env = "", resources = "", mounts = "", volumes = "", beside = "" } = parts;
  const map = `apiVersion: v1
kind: ConfigMap
metadata:
  name: lmcache-config
data:
  lmcache.yaml: |
${indented(config ?? "", 4)}
---
`;
  const file = "- name: LMCACHE_CONFIG_FILE\n  value: /etc/lmcache/lmcache.yaml";
  const mounted = `${config === undefined ? "" : "- name: lmcache-config\n  mountPath: /etc/lmcache\n"}${mounts}`;
  const made = `${config === undefined ? "" : "- name: lmcache-config\n  configMap:\n    name: lmcache-config\n"}${volumes}`;
  return `${config === undefined ? "" : map}apiVersion: apps/v1
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
          image: lmcache/vllm-openai:v0.4.3
          args:
            - meta-llama/Llama-3.1-8B-Instruct
            - --max-model-len=32768
${lines(args.replace(/^/gm, "- "), 12)}          env:
            - name: PYTHONHASHSEED
              value: "0"
${config === undefined ? "" : `${indented(file, 12)}\n`}${lines(env, 12)}${lines(resources, 10)}${mounted === "" ? "" : `          volumeMounts:\n${lines(mounted, 12)}`}${lines(beside, 8)}${made === "" ? "" : `      volumes:\n${lines(made, 8)}`}`;
}

/** `lmcache server` on every node, for the examples of rules. */
export function serverExample(args: string, pod = "hostIPC: true", resources = ""): string {
  return `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: lmcache
spec:
  selector: {matchLabels: {app: lmcache}}
  template:
    metadata: {labels: {app: lmcache}}
    spec:
${lines(pod, 6)}      containers:
        - name: lmcache
          image: lmcache/standalone:v0.4.3
          command: [lmcache, server]
          args:
${lines(args.replace(/^/gm, "- "), 12)}${lines(resources, 10)}`;
}
