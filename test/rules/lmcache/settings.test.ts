import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type EngineParts, engine, foundBy, mendedBy, messagesOf, variables } from "./support.ts";

type Case = readonly [name: string, parts: EngineParts, expected: readonly string[]];

function cases(rule: string, table: readonly Case[]): void {
  for (const [name, parts, expected] of table)
    test(name, () => assert.deepEqual(foundBy(rule, engine(parts)), expected));
}

const config = (text: string): EngineParts => ({ config: text });
const transfer = (json: string) => `--kv-transfer-config\n'${json}'`;

describe("the address of the remote cache", () => {
  cases("lmcache/remote-url", [
    ["redis without a port", config("local_cpu: true\nremote_url: redis://redis"), []],
    ["a scheme that is misspelt", config("remote_url: redsi://redis:6379"), ["error redsi://redis:6379"]],
    ["a scheme that nobody has", config("remote_url: memcached://m:11211"), ["error memcached://m:11211"]],
    ["a scheme of a plugin", config("remote_url: mine://m:1\nremote_storage_plugins: [mine]"), []],
    ["lm without a port", config("remote_url: lm://cache"), ["error lm://cache"]],
    ["lm with a port", config("remote_url: lm://cache:65432"), []],
    [
      "one host of a Valkey cluster without a port",
      config("remote_url: valkey://a:6379,b"),
      ["error valkey://a:6379,b"],
    ],
    ["a single Valkey without a port", config("remote_url: valkey://a"), []],
    ["sentinels", config("remote_url: redis-sentinel://a:26379,b:26379/mymaster"), []],
    ["a file system as its docstring writes it", config("remote_url: fs:///mnt/kv"), ["error fs:///mnt/kv"]],
    ["a file system as it is read", config("remote_url: fs://localhost:0/mnt/kv"), []],
    ["an address that is filled in later", config("remote_url: lm://${HOST}"), []],
    ["nothing", config("local_cpu: true\nremote_url: null"), []],
    ["a variable", { env: variables({ LMCACHE_REMOTE_URL: "lm://cache" }) }, ['error "lm://cache"']],
  ]);

  test("gets its scheme or its port", () => {
    assert.match(mendedBy("lmcache/remote-url", engine(config("remote_url: lm://cache"))).text, /"lm:\/\/cache:65432"/);
    assert.match(mendedBy("lmcache/remote-url", engine(config("remote_url: redsi://r:1"))).text, /"redis:\/\/r:1"/);
    assert.throws(() => mendedBy("lmcache/remote-url", engine(config("remote_url: fs:///mnt/kv"))), /no fix/);
  });

  cases("lmcache/password-in-url", [
    ["a password", config("remote_url: redis://user:secret@redis:6379"), ["warning redis://user:secret@redis:6379"]],
    ["a user alone", config("remote_url: redis://user@redis:6379"), []],
    ["a password from elsewhere", { env: variables({ LMCACHE_REMOTE_URL: "redis://:$(PASSWORD)@redis:6379" }) }, []],
    ["a password of Valkey", config("local_cpu: true\nextra_config: {valkey_password: secret}"), ["warning secret"]],
  ]);
});

describe("Python's hashes as keys", () => {
  const salted = (parts: EngineParts, from = '"0"', to = "random") => {
    const text = engine(parts)["stack.yaml"] ?? "";
    return { "stack.yaml": text.replace(`value: ${from}`, `value: ${to}`) };
  };
  const without = (parts: EngineParts) => {
    const text = engine(parts)["stack.yaml"] ?? "";
    return { "stack.yaml": text.replace(/ {12}- name: PYTHONHASHSEED\n.*\n/, "") };
  };
  const remote = config("local_cpu: true\nremote_url: redis://redis:6379");

  test("need one seed where a cache is shared", () => {
    assert.deepEqual(foundBy("lmcache/hash-seed", engine(remote)), []);
    assert.deepEqual(foundBy("lmcache/hash-seed", without(remote)), ["warning redis://redis:6379"]);
    assert.deepEqual(foundBy("lmcache/hash-seed", salted(remote)), ["warning redis://redis:6379"]);
    assert.deepEqual(foundBy("lmcache/hash-seed", without(config("local_cpu: true"))), []);
  });

  test("need none with another algorithm, or a connector that is not LMCache", () => {
    const sha = config("remote_url: redis://redis:6379\npre_caching_hash_algorithm: sha256_cbor");
    assert.deepEqual(foundBy("lmcache/hash-seed", without(sha)), []);
    assert.deepEqual(foundBy("lmcache/hash-seed", without({ ...remote, args: "--port=8000" })), []);
  });

  test("break prefill and decode", () => {
    assert.deepEqual(foundBy("lmcache/hash-seed", without(config("local_cpu: true\nenable_pd: true"))), ["error true"]);
  });

  test("may be seeded by what the files do not show", () => {
    const text = without(remote)["stack.yaml"].replace(
      "          env:",
      "          envFrom: [{configMapRef: {name: common}}]\n          env:",
    );
    assert.deepEqual(foundBy("lmcache/hash-seed", { "stack.yaml": text }), []);
  });

  test("get their seed", () => {
    const { text, left } = mendedBy("lmcache/hash-seed", without(remote));
    assert.deepEqual(left, []);
    assert.match(text, / {12}- name: PYTHONHASHSEED\n {14}value: "0"\n {12}- name: LMCACHE_CONFIG_FILE\n/);
  });
});

describe("what a switch needs", () => {
  const rule = "lmcache/missing-settings";
  const pd = "local_cpu: true\nenable_pd: true\npd_role: sender\npd_buffer_size: 1073741824\n";
  cases(rule, [
    ["all of it", config(`${pd}pd_buffer_device: cuda`), []],
    ["one thing less", config(pd), ["error true"]],
    ["the rest in the environment", { config: pd, env: variables({ LMCACHE_PD_BUFFER_DEVICE: "cuda" }) }, []],
    ["the switch off", config("local_cpu: true\nenable_pd: false\nenable_p2p: 0"), []],
    ["a value that is filled in later", config(`${pd}pd_buffer_device: \${DEVICE}`), []],
    ["P2P alone", config("local_cpu: true\nenable_p2p: true"), ["error true"]],
    [
      "NIXL storage",
      config("local_cpu: true\nextra_config: {enable_nixl_storage: true, nixl_backend: POSIX, nixl_pool_size: 1}"),
      ["error true"],
    ],
    [
      "NIXL storage on the CPU",
      config(
        "nixl_buffer_device: cpu\nlocal_cpu: true\nextra_config: {enable_nixl_storage: true, nixl_backend: POSIX, nixl_pool_size: 1}",
      ),
      [],
    ],
  ]);

  test("is listed", () => {
    const [message] = messagesOf(
      rule,
      engine(config("local_cpu: true\nenable_controller: true\nlmcache_instance_id: a")),
    );
    assert.equal(
      message,
      'Deployment "llama", container "vllm": enable_controller needs controller_pull_url, controller_reply_url and lmcache_worker_ports, and the engine stops at its start without them.',
    );
  });

  test("may come from outside a file that nobody mounts", () => {
    assert.deepEqual(foundBy(rule, { "lmcache.yaml": pd }), []);
  });
});

describe("settings that exclude each other", () => {
  const receiver = "local_cpu: true\nenable_pd: true\npd_role: receiver\n";
  const nixl = "local_cpu: true\nextra_config: {enable_nixl_storage: true}\nnixl_buffer_device: cpu\n";
  cases("lmcache/contradiction", [
    ["P2P and prefill/decode", config("local_cpu: true\nenable_p2p: true\nenable_pd: 1"), ["error 1"]],
    ["P2P and huge pages", config("enable_p2p: true\nlocal_cpu_use_hugepages: True"), ["error True"]],
    ["P2P by itself", config("enable_p2p: true\nenable_pd: false"), []],
    ["a receiver that stores to its peer", config(`${receiver}store_location: PDBackend`), ["error PDBackend"]],
    [
      "a receiver that looks elsewhere",
      config(`${receiver}retrieve_locations: [LocalCPUBackend]`),
      ["error [LocalCPUBackend]"],
    ],
    ["a receiver that looks at its peer", config(`${receiver}retrieve_locations: [PDBackend]`), []],
    ["a NIXL buffer on the CPU with a size", config(`${nixl}nixl_buffer_size: 1024`), ["error 1024"]],
    ["a NIXL buffer on the CPU", config(nixl), []],
  ]);

  cases("lmcache/beside-pd", [
    ["a remote cache", config("enable_pd: true\nremote_url: redis://redis:6379"), ["warning redis://redis:6379"]],
    ["the cache of decoding", config("enable_pd: true\nsave_decode_cache: true"), ["warning true"]],
    ["chunks that are not full", config("enable_pd: true\nsave_unfull_chunk: false"), ["info false"]],
    ["blending", config("local_cpu: true\nenable_blending: true\nsave_unfull_chunk: false"), ["info false"]],
    ["neither", config("local_cpu: true\nsave_unfull_chunk: false\nsave_decode_cache: true"), []],
  ]);
});

describe("roles", () => {
  const sides = (role: string, pd: string): EngineParts => ({
    config: `local_cpu: true\nenable_pd: true\npd_role: ${pd}`,
    args: transfer(`{"kv_connector":"LMCacheConnectorV1","kv_role":"${role}"}`),
  });
  cases("lmcache/pd-role", [
    ["a sender that consumes", sides("kv_consumer", "sender"), ['error "kv_consumer"']],
    ["a receiver that produces", sides("kv_producer", "receiver"), ['error "kv_producer"']],
    ["a sender that produces", sides("kv_producer", "sender"), []],
    ["a role for both", sides("kv_both", "sender"), []],
    ["a role that is filled in later", sides("kv_consumer", "${ROLE}"), []],
  ]);

  test("are made to agree", () => {
    const { text, left } = mendedBy("lmcache/pd-role", engine(sides("kv_consumer", "sender")));
    assert.deepEqual(left, []);
    assert.match(text, /"kv_role":"kv_producer"\}'/);
  });
});

describe("sizes and pools", () => {
  cases("lmcache/size-in-bytes", [
    ["bytes", config("max_local_cpu_size: 21474836480"), ["warning 21474836480"]],
    ["the largest that counts as GiB", config("max_local_disk_size: 16384\nlocal_disk: /a"), []],
    ["one more", config("max_local_disk_size: 16385\nlocal_disk: /a"), ["warning 16385"]],
  ]);
  test("in bytes or MiB become GiB", () => {
    const mended = (size: string) =>
      mendedBy("lmcache/size-in-bytes", engine(config(`max_local_cpu_size: ${size}`))).text;
    assert.match(mended("21474836480"), /max_local_cpu_size: 20\n/);
    assert.match(mended("20480"), /max_local_cpu_size: 20\n/);
    assert.throws(() => mended("16385"), /no fix/);
  });

  const memory = (request: string, limit: string, size = "60"): EngineParts => ({
    config: `max_local_cpu_size: ${size}`,
    resources: `resources:\n  requests: {${request}}\n  limits: {${limit}}`,
  });
  cases("lmcache/memory-request", [
    ["below what is pinned", memory("memory: 59Gi", "memory: 80Gi"), ["warning 59Gi"]],
    ["as much as is pinned", memory("memory: 60Gi", "memory: 80Gi"), []],
    ["none", memory("cpu: 4", "memory: 80Gi"), []],
    ["below it, without a limit", memory("memory: 16Gi", "cpu: 4"), ["warning 16Gi"]],
    ["below it, where the limit is too", memory("memory: 16Gi", "memory: 40Gi"), []],
    ["that is filled in later", memory("memory: '${REQUEST}'", "memory: 80Gi"), []],
  ]);

  const pages = (limits: string): EngineParts => ({
    config: "max_local_cpu_size: 20\nlocal_cpu_use_hugepages: true",
    resources: `resources:\n  limits: {${limits}}`,
  });
  cases("lmcache/huge-pages", [
    ["without huge pages", pages("memory: 40Gi"), ["error true"]],
    ["with too few", pages("memory: 40Gi, hugepages-2Mi: 19Gi"), ["error 19Gi"]],
    ["with enough", pages("memory: 40Gi, hugepages-2Mi: 20Gi"), []],
    ["without any limit", config("local_cpu_use_hugepages: true"), []],
  ]);

  cases("lmcache/lazy-memory", [
    ["taken lazily", config("local_cpu: true\nenable_lazy_memory_allocator: true"), ["warning true"]],
    ["taken at once", config("local_cpu: true\nenable_lazy_memory_allocator: false"), []],
  ]);
});

describe("where settings stand", () => {
  const env = (values: Record<string, string>) => variables(values);
  cases("lmcache/environment-over-file", [
    [
      "another value",
      { config: "max_local_cpu_size: 20", env: env({ LMCACHE_MAX_LOCAL_CPU_SIZE: "40" }) },
      ['info "40"'],
    ],
    ["the same value", { config: "max_local_cpu_size: 20", env: env({ LMCACHE_MAX_LOCAL_CPU_SIZE: "20.0" }) }, []],
    ["another key", { config: "max_local_cpu_size: 20", env: env({ LMCACHE_CHUNK_SIZE: "256" }) }, []],
  ]);

  cases("lmcache/extra-config", [
    ["JSON", { env: env({ LMCACHE_EXTRA_CONFIG: '{"use_odirect": true}' }) }, []],
    ["Python", { env: "- {name: LMCACHE_EXTRA_CONFIG, value: \"{'a': None}\"}" }, [`error "{'a': None}"`]],
    ["a list", { env: env({ LMCACHE_EXTRA_CONFIG: "[1]" }) }, ['error "[1]"']],
    ["nothing", { env: env({ LMCACHE_EXTRA_CONFIG: "" }) }, []],
    ["what is filled in later", { env: env({ LMCACHE_EXTRA_CONFIG: "$(EXTRA)" }) }, []],
  ]);

  test("Python becomes JSON", () => {
    const files = engine({ env: "- {name: LMCACHE_EXTRA_CONFIG, value: \"{'a': None, 'True': True}\"}" });
    assert.match(mendedBy("lmcache/extra-config", files).text, /'\{"a": null, "True": true\}'/);
  });

  const image = (text: string, from: string, to: string) => ({
    "stack.yaml": (engine(config(text))["stack.yaml"] ?? "").replace(from, to),
  });
  test("a file is there when a key of the ConfigMap has its name", () => {
    const rule = "lmcache/config-file-missing";
    const path = "/etc/lmcache/lmcache.yaml";
    assert.deepEqual(foundBy(rule, engine(config("local_cpu: true"))), []);
    assert.deepEqual(foundBy(rule, image("local_cpu: true", path, "/etc/lmcache/lmcache.yml")), [
      "error /etc/lmcache/lmcache.yml",
    ]);
    assert.deepEqual(foundBy(rule, image("local_cpu: true", path, "/config/lmcache.yaml")), [
      "error /config/lmcache.yaml",
    ]);
    assert.deepEqual(foundBy(rule, image("local_cpu: true", path, "/etc/lmcache/$(FILE)")), []);
    const { text } = mendedBy(rule, image("local_cpu: true", path, "/etc/lmcache/lmcache.yml"));
    assert.equal(text, engine(config("local_cpu: true"))["stack.yaml"]);
  });

  test("another's image may hold the file", () => {
    const own = image("local_cpu: true", "/etc/lmcache/lmcache.yaml", "/opt/lmcache.yaml")["stack.yaml"];
    const text = own.replace("lmcache/vllm-openai:v0.4.3", "registry.local/engine:1");
    assert.deepEqual(foundBy("lmcache/config-file-missing", { "stack.yaml": text }), []);
  });

  const size = env({ LMCACHE_MAX_LOCAL_CPU_SIZE: "20" });
  cases("lmcache/not-loaded", [
    ["a connector", { env: size }, []],
    ["no connector", { env: size, args: "--port=8000" }, ["error LMCACHE_MAX_LOCAL_CPU_SIZE"]],
    ["no connector and no setting", { args: "--port=8000" }, []],
    ["a log level alone", { env: env({ LMCACHE_LOG_LEVEL: "INFO" }), args: "--port=8000" }, []],
    [
      "another connector",
      { env: size, args: transfer('{"kv_connector":"NixlConnector","kv_role":"kv_both"}') },
      ["error LMCACHE_MAX_LOCAL_CPU_SIZE"],
    ],
    [
      "a connector of one's own",
      { env: size, args: transfer('{"kv_connector":"Mine","kv_connector_module_path":"m","kv_role":"kv_both"}') },
      [],
    ],
    [
      "one of several",
      {
        env: size,
        args: transfer(
          '{"kv_connector":"MultiConnector","kv_role":"kv_both","kv_connector_extra_config":{"connectors":[{"kv_connector":"LMCacheConnectorV1","kv_role":"kv_both"}]}}',
        ),
      },
      [],
    ],
    ["vLLM's short way to LMCache", { env: size, args: "--kv-offloading-backend=lmcache" }, []],
    ["a file of flags", { env: size, args: "--config=/etc/vllm.yaml" }, []],
    ["flags that are filled in later", { env: size, args: "$(EXTRA_ARGS)" }, []],
    [
      "the connector of V0",
      { args: transfer('{"kv_connector":"LMCacheConnector","kv_role":"kv_both"}') },
      ['error "LMCacheConnector"'],
    ],
  ]);

  const sidecar = (variable: string) => `- name: lmcache
  image: lmcache/lmcache-server:latest
  env: [{name: ${variable}, value: "60"}]`;
  cases("lmcache/settings-on-sidecar", [
    ["on a sidecar alone", { beside: sidecar("LMCACHE_MAX_LOCAL_CPU_SIZE") }, ["error LMCACHE_MAX_LOCAL_CPU_SIZE"]],
    ["on both", { beside: sidecar("LMCACHE_MAX_LOCAL_CPU_SIZE"), env: size }, []],
    ["that a server reads too", { beside: sidecar("LMCACHE_LOG_LEVEL") }, []],
    ["beside an engine without the connector", { beside: sidecar("LMCACHE_CHUNK_SIZE"), args: "--port=8000" }, []],
  ]);
});

describe("doors and ports", () => {
  cases("lmcache/open-door", [
    ["an open API", config("local_cpu: true\ninternal_api_server_enabled: true"), ["warning true"]],
    [
      "an API for the pod",
      config("internal_api_server_enabled: true\nlocal_cpu: true\ninternal_api_server_host: 127.0.0.1"),
      [],
    ],
    ["a service of configuration", config("local_cpu: true\nremote_config_url: http://c"), ["warning http://c"]],
  ]);

  const ports = (list: string, tp: number): EngineParts => ({
    config: `local_cpu: true\nenable_controller: true\nlmcache_worker_ports: ${list}`,
    args: `--tensor-parallel-size=${tp}\n${transfer('{"kv_connector":"LMCacheConnectorV1","kv_role":"kv_both"}')}`,
  });
  cases("lmcache/port-count", [
    ["one for each worker", ports("[8500, 8501]", 2), []],
    ["one too few", ports("[8500]", 2), ["warning [8500]"]],
    ["one for one", ports("8500", 1), []],
    ["as a text", ports('"8500,8501"', 4), ['warning "8500,8501"']],
    ["that are filled in later", ports('"${PORTS}"', 2), []],
  ]);
});

describe("the room for the disk tier", () => {
  const tier = (volume: string, more: EngineParts = {}): EngineParts => ({
    config: "local_disk: /cache\nmax_local_disk_size: 100",
    mounts: "- {name: disk, mountPath: /cache}",
    volumes: `- {name: disk, ${volume}}`,
    ...more,
  });
  const claim = (size: string) =>
    `ephemeral: {volumeClaimTemplate: {spec: {resources: {requests: {storage: ${size}}}}}}`;
  const two = { args: "--tensor-parallel-size=2" };
  cases("lmcache/disk-room", [
    ["an emptyDir with less", tier("emptyDir: {sizeLimit: 99Gi}"), ["error 99Gi"]],
    ["an emptyDir with as much", tier("emptyDir: {sizeLimit: 100Gi}"), []],
    ["an emptyDir without a limit", tier("emptyDir: {}"), []],
    [
      "a limit of ephemeral storage",
      tier("emptyDir: {}", { resources: "resources: {limits: {ephemeral-storage: 50Gi}}" }),
      ["error 50Gi"],
    ],
    ["a claim with less", tier(claim("50Gi")), ["error 50Gi"]],
    ["two ranks", tier(claim("150Gi"), two), ["error 150Gi"]],
    ["two ranks with room", tier(claim("200Gi"), two), []],
    ["a hostPath", tier("hostPath: {path: /mnt}"), []],
  ]);

  test("is made", () => {
    const { text, left } = mendedBy("lmcache/disk-room", engine(tier(claim("150Gi"), two)));
    assert.deepEqual(left, []);
    assert.match(text, /storage: 211Gi/);
  });

  test("may be stated by a claim of its own", () => {
    const pvc = (size: string) => `---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: kv}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: ${size}}}}
`;
    const text = engine(tier("persistentVolumeClaim: {claimName: kv}"))["stack.yaml"] ?? "";
    assert.deepEqual(foundBy("lmcache/disk-room", { "stack.yaml": text + pvc("80Gi") }), ["error 80Gi"]);
    assert.deepEqual(foundBy("lmcache/disk-room", { "stack.yaml": text + pvc("110Gi") }), []);
    assert.deepEqual(foundBy("lmcache/disk-room", { "stack.yaml": text }), []);
  });
});
