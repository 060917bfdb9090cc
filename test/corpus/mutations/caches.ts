import type { StackObject } from "../../../server/kinds/stack-object.ts";
import type { Node, ScalarNode } from "../../../server/text/node.ts";
import { entryOf, itemsAt, mapAt, scalarAt } from "../../../server/text/read.ts";
import { drop, type Operator, operator, overwrite, type Planted, put, textAt, write } from "./operator.ts";
import { engines, workloadKinds } from "./serving.ts";

const flat = "lmcache-config";

/** Engines with LMCache inside them. */
export function loading(object: StackObject): readonly Node[] {
  return engines(object).filter((container) => transferOf(container)?.text.includes("LMCacheConnectorV1") === true);
}

/** The argument that loads a connector. */
export function transferOf(container: Node): ScalarNode | undefined {
  return itemsAt(container, "args").find(
    (item): item is ScalarNode => item.type === "scalar" && item.text.includes('"kv_connector"'),
  );
}

/** Words inside of a scalar put in place of others, where they stand. */
export function replaced(node: ScalarNode | undefined, words: string | RegExp, by: string): Planted[] {
  if (node === undefined) return [];
  const { doc, start, end } = node;
  const before = doc.text.slice(start, end);
  const newText = before.replace(words, by);
  return newText === before ? [] : [overwrite(node, newText)];
}

function variable(container: Node, name: string): Node | undefined {
  return itemsAt(container, "env").find((item) => textAt(item, "name") === name);
}

/** One more variable, before the first one; found at its value. */
function anotherVariable(container: Node, name: string, value: string): Planted[] {
  const [first] = itemsAt(container, "env");
  if (first === undefined) return [];
  const { doc, start } = first;
  const indent = " ".repeat(start - doc.text.lastIndexOf("\n", start) - 3);
  const newText = `{name: ${name}, value: "${value}"}\n${indent}- `;
  return [{ edits: [{ doc, start, end: start, newText }], at: name }];
}

function withFile(object: StackObject): readonly Node[] {
  return loading(object).filter((container) => variable(container, "LMCACHE_CONFIG_FILE") !== undefined);
}

function setting(rule: string, title: string, key: string, yaml: string): Operator {
  return operator(rule, flat, title, ({ root }) => put(mapAt(root), key, yaml));
}

/** Two edits that add at one place, as one: the inner mapping's first. */
function joined(inner: Planted, outer: Planted): Planted["edits"] {
  const [first] = inner.edits;
  const [second] = outer.edits;
  return first === undefined || second === undefined ? [] : [{ ...first, newText: first.newText + second.newText }];
}

export const cacheOperators: readonly Operator[] = [
  operator("lmcache/beside-pd", flat, "a remote cache beside prefill/decode", ({ root }) =>
    textAt(root, "enable_pd") === "true" ? put(mapAt(root), "remote_url", "redis://redis.split.svc:6379") : [],
  ),
  operator("lmcache/chunk-size", flat, "a chunk of 100 tokens", ({ root }) => write(scalarAt(root, "chunk_size"), "100")),
  operator("lmcache/config-file-missing", workloadKinds, "a file that is not mounted", (object) =>
    withFile(object).flatMap((container) =>
      write(scalarAt(variable(container, "LMCACHE_CONFIG_FILE"), "value"), "/etc/lmcache/lmcach.yaml"),
    ),
  ),
  operator("lmcache/config-path", workloadKinds, "the variable of the nested form", (object) =>
    withFile(object).flatMap((container) =>
      write(scalarAt(variable(container, "LMCACHE_CONFIG_FILE"), "name"), "LMCACHE_CONFIG_PATH"),
    ),
  ),
  operator("lmcache/contradiction", flat, "huge pages beside P2P", ({ root }) =>
    textAt(root, "enable_p2p") === "true" ? put(mapAt(root), "local_cpu_use_hugepages", "true") : [],
  ),
  setting("lmcache/disk-path", "a path that begins nowhere", "local_disk", "cache/kv"),
  operator("lmcache/disk-index", flat, "a disk tier on the models' claim", ({ root }) =>
    entryOf(mapAt(root), "local_disk") === undefined
      ? put(mapAt(root), "local_disk", "file:///models/kv/\nmax_local_disk_size: 100", "local_disk")
      : [],
  ),
  operator("lmcache/environment-over-file", workloadKinds, "another chunk size in the environment", (object) =>
    withFile(object).flatMap((container) => anotherVariable(container, "LMCACHE_CHUNK_SIZE", "512")),
  ),
  operator("lmcache/extra-config", workloadKinds, "a dictionary of Python", (object) =>
    loading(object).flatMap((container) => anotherVariable(container, "LMCACHE_EXTRA_CONFIG", "{'use_odirect': True}")),
  ),
  operator("lmcache/half-disk-tier", flat, "a disk tier without a size", ({ root }) =>
    drop(mapAt(root), "max_local_disk_size", scalarAt(root, "local_disk")),
  ),
  operator("lmcache/half-disk-tier", flat, "a size without a disk tier", ({ root }) =>
    entryOf(mapAt(root), "local_disk") === undefined ? put(mapAt(root), "max_local_disk_size", "100") : [],
  ),
  operator("lmcache/hash-seed", workloadKinds, "a salt of its own for every process", (object) =>
    loading(object).flatMap((container) => {
      const at = scalarAt(variable(container, "LMCACHE_REMOTE_URL"), "value");
      const seed = scalarAt(variable(container, "PYTHONHASHSEED"), "name");
      return at === undefined ? [] : write(seed, "PYTHON_HASH_SEED").map(({ edits }) => ({ edits, at }));
    }),
  ),
  operator("lmcache/hot-cache-off", flat, "no hot cache", ({ root }) => write(scalarAt(root, "local_cpu"), "false")),
  setting("lmcache/huge-pages", "huge pages that nobody asks for", "local_cpu_use_hugepages", "true"),
  operator("lmcache/hybrid-model", workloadKinds, "a model with layers of two kinds", (object) =>
    loading(object).flatMap((container) => {
      const [model] = itemsAt(container, "args");
      const at = transferOf(container);
      return at === undefined || model === at
        ? []
        : write(model, "openai/gpt-oss-20b").map(({ edits }) => ({ edits, at }));
    }),
  ),
  setting("lmcache/lazy-memory", "memory taken later", "enable_lazy_memory_allocator", "true"),
  operator("lmcache/memory-request", workloadKinds, "a request below the pool", (object) =>
    loading(object).flatMap((container) => write(scalarAt(container, "resources", "requests", "memory"), "1Gi")),
  ),
  operator("lmcache/missing-settings", flat, "P2P without its ports", ({ root }) =>
    drop(mapAt(root), "p2p_lookup_ports", scalarAt(root, "enable_p2p")),
  ),
  operator("lmcache/no-pool", flat, "no pool", ({ root }) => write(scalarAt(root, "max_local_cpu_size"), "0")),
  operator("lmcache/not-loaded", workloadKinds, "the connector of the old engine", (object) =>
    loading(object).flatMap((container) =>
      replaced(transferOf(container), '"LMCacheConnectorV1"', '"LMCacheConnector"'),
    ),
  ),
  setting("lmcache/open-door", "an API for everybody", "internal_api_server_enabled", "true"),
  setting("lmcache/password-in-url", "a password in a URL", "remote_url", "redis://:s3cr3t@redis:6379"),
  operator("lmcache/pd-role", workloadKinds, "the other side's role", (object) =>
    loading(object).flatMap((container) => [
      ...replaced(transferOf(container), '"kv_consumer"', '"kv_producer"'),
      ...replaced(transferOf(container), '"kv_producer"', '"kv_consumer"'),
    ]),
  ),
  operator("lmcache/port-count", flat, "two ports for one worker", ({ root }) =>
    ["p2p_init_ports", "p2p_lookup_ports"].flatMap((key) =>
      entryOf(mapAt(root), key) === undefined ? [] : put(mapAt(root), key, "[8200, 8300]"),
    ),
  ),
  operator("lmcache/remote-missing", workloadKinds, "another port of the store", (object) =>
    loading(object).flatMap((container) =>
      replaced(scalarAt(variable(container, "LMCACHE_REMOTE_URL"), "value"), ":65432", ":65433"),
    ),
  ),
  setting("lmcache/remote-url", "a scheme that nobody takes", "remote_url", "rediss+tls://redis:6379"),
  setting("lmcache/size-in-bytes", "a size in bytes", "max_local_cpu_size", "21474836480"),
  operator("lmcache/nested-form", flat, "the nested form", ({ root }) => {
    const { doc, start, end } = root;
    return [{ edits: [{ doc, start, end, newText: "storage: {cpu: {enabled: true, buffer_size: 20GB}}" }], at: "storage" }];
  }),
  operator("lmcache/injection-skipped", workloadKinds, "an engine one letter short", ({ root }) => {
    const engine = scalarAt(root, "spec", "template", "metadata", "annotations", "lmcache.ai/lmcache-engine");
    return write(engine, engine?.text.slice(0, -1) ?? "");
  }),
  operator("lmcache/runtime-size", "vllm-runtime", "a size with its unit", ({ root }) =>
    write(scalarAt(root, "spec", "lmCacheConfig", "cpuOffloadingBufferSize"), "4Gi"),
  ),
  operator("lmcache/two-serdes", "lmcache-engine", "a serde in both places", ({ root }) => {
    const backend = mapAt(root, "spec", "l2Backend");
    const [own] = put(mapAt(backend, "raw", "config"), "serde", "{type: fp8}");
    const [other] = put(backend, "serde", "{fp8: {}}");
    return own === undefined || other === undefined ? [] : [{ edits: joined(own, other), at: "serde" }];
  }),
];
