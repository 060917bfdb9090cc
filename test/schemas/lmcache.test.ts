import assert from "node:assert/strict";
import { test } from "node:test";
import { checks, readSchema } from "./support/schema.ts";

checks("lmcache-config", [
  [
    "a clean file",
    `chunk_size: 256
local_cpu: true
max_local_cpu_size: 20
local_disk: file:///var/cache/lmcache/
max_local_disk_size: 100
remote_url: redis://redis:6379
remote_serde: naive
cache_policy: lru
extra_config: {save_only_first_rank: true, anything.of_a_plugin: 1}
`,
  ],
  ["an empty file", "{}"],
  ["numbers and truths in quotes", 'chunk_size: "256"\nmax_local_cpu_size: "20.5"\nlocal_cpu: "True"\nuse_gds: 0\n'],
  [
    "lists in all their spellings",
    `lmcache_worker_ports: [8500, 8501]
p2p_init_ports: 8200
p2p_lookup_ports: "8300, 8301"
blend_recompute_ratios: 0.15
storage_plugins: mine, yours
`,
  ],
  ["nothing, where nothing is allowed", "remote_url: null\nlocal_disk:\nextra_config:\npd_role: null\n"],
  [
    "prefill and decode",
    "enable_pd: true\npd_role: sender\npd_buffer_size: 1073741824\npd_buffer_device: cuda\npd_allocation_timeout_sec: inf\n",
  ],
  ["an encoder cache", "ec_chunk_size: 128\nec_cache_policy: LFU\nec:\n  max_local_cpu_size: 2\n"],
  [
    "old names, which are known",
    `enable_xpyd: true
nixl_role: sender
controller_url: c:8300
cufile_buffer_size: 8192
weka_path: /mnt/weka
error_handling: true
`,
  ],
  ["an unknown key", "max_local_cpu_sizes: 20", "/ additionalProperties max_local_cpu_sizes"],
  ["an unknown key of the encoder cache", "ec_chunksize: 1", "/ additionalProperties ec_chunksize"],
  ["an unknown key inside ec", "ec: {chunksize: 1}", "/ec additionalProperties chunksize"],
  ["a size with a unit", "max_local_cpu_size: 150Gi", "/max_local_cpu_size pattern"],
  ["a size that is no number", "max_local_disk_size: [1]", "/max_local_disk_size type"],
  ["a size of nothing", "max_local_cpu_size: null", "/max_local_cpu_size type"],
  ["a negative size", "max_local_cpu_size: -1", "/max_local_cpu_size minimum"],
  ["chunks of no token", "chunk_size: 0", "/chunk_size minimum"],
  ["half a token", "chunk_size: 0.5", "/chunk_size type", "/chunk_size minimum"],
  ["a truth that Python reads as false", "local_cpu: 'yes'", "/local_cpu pattern"],
  ["a policy that there is not", "cache_policy: LRUU", "/cache_policy enum"],
  ["an encoding that there is not", "remote_serde: zstd", "/remote_serde enum"],
  ["a side that there is not", "pd_role: prefill", "/pd_role enum"],
  ["an address without a scheme", "remote_url: redis:6379", "/remote_url pattern"],
  ["a port that there is not", "mp_port: 70000", "/mp_port maximum"],
  ["a wrong type in the encoder cache", "ec_chunk_size: many", "/ec_chunk_size pattern"],
  [
    "NIXL storage without what it needs",
    "extra_config: {enable_nixl_storage: true, nixl_backend: POSIX}",
    "/extra_config required nixl_pool_size",
  ],
  [
    "a plugin of NIXL that there is not",
    "extra_config: {enable_nixl_storage: false, nixl_backend: NFS}",
    "/extra_config/nixl_backend enum",
  ],
  [
    "a quoted truth where LMCache does not convert",
    'extra_config: {use_odirect: "false"}',
    "/extra_config/use_odirect type",
  ],
]);

test("every key that LMCache reads has its ec_ form, and no old one has", () => {
  const schema = readSchema("lmcache-config");
  const properties = schema["properties"] as Record<string, { deprecated?: boolean }>;
  const live = Object.keys(properties).filter((key) => key !== "ec" && properties[key]?.deprecated !== true);
  const patterns = schema["patternProperties"] as object;
  assert.deepEqual(
    Object.entries(patterns),
    live.map((key) => [`^ec_${key}$`, { $ref: `#/properties/${key}` }]),
  );
  assert.equal(live.length, 108);
});

checks("lmcache-nested", [
  [
    "the guides' own file",
    `storage:
  cpu: {enabled: true, buffer_size: "150Gi", eviction_policy: lru}
  disk: {enabled: true, path: /var/cache/lmcache, max_size: "1Ti", compression: zstd}
  remote: {enabled: true, backend: redis, endpoint: "redis:6379"}
async: {max_workers: 8, queue_size: 10000}
observability: {metrics_port: 8001, health_check_interval: 30}
`,
  ],
  ["nobody reads it, so one key more is one key more", "storage: {cpu: {size: 1}}\nlogging: {}"],
  ["a wrong type", "storage: {cpu: {buffer_size: [150]}}", "/storage/cpu/buffer_size type"],
  ["no tiers", "async: {}", "/ required storage"],
]);

const resource = (kind: string, spec: string, more = "") =>
  `apiVersion: lmcache.lmcache.ai/v1alpha1\nkind: ${kind}\nmetadata: {name: cache}\nspec: ${spec}\n${more}`;
const engine = (spec: string, more?: string) => resource("LMCacheEngine", spec, more);
const blend = (spec: string) => resource("CacheBlendEngine", spec);
const coordinator = (spec: string) => resource("LMCacheCoordinator", spec);

checks("lmcache-engine", [
  ["the least", engine("{l1: {sizeGB: 60}}")],
  [
    "a clean engine",
    engine(
      `
  image: {repository: lmcache/standalone, tag: v0.4.2}
  server: {port: 6555, chunkSize: 256, maxWorkers: 4, hashAlgorithm: blake3}
  l1: {sizeGB: 60.5}
  eviction: {policy: noop, triggerWatermark: 0.8, evictionRatio: 1}
  l2Backend:
    storePolicy: skip_l1
    raw: {type: fs, config: {base_path: /data}}
    serde: {aesgcm: {masterKeySecretRef: {name: key}, aesBits: 256}}
  coordinator: {ref: {name: fleet}, l2EventReporting: true}
  prometheus: {serviceMonitor: {enabled: true, labels: {release: prom}}}
  resourceOverrides: {requests: {memory: 70Gi, cpu: 8}}
  runtimeClassName: ""
  hostIPC: true
  env: [{name: PYTHONHASHSEED, value: "0"}]
  tolerations: [{key: nvidia.com/gpu, operator: Exists}]
  initContainers: [{name: prepare, image: busybox}]
  pd: {nixlLoadFailurePolicy: ignore}`,
      "status: {phase: Running}\n",
    ),
  ],
  ["keys of other versions of the operator", engine("{l1: {sizeGB: 60}, isolatedIPC: true, pd: {role: decoder}}")],
  ["a role that there never was", engine("{l1: {sizeGB: 60}, pd: {role: both}}"), "/spec/pd/role enum"],
  ["an unknown key at the top", engine("{l1: {sizeGB: 60}}", "data: {}\n"), "/ additionalProperties data"],
  ["an unknown key", engine("{l1: {sizeGB: 60, size: 60}}"), "/spec/l1 additionalProperties size"],
  ["a wrong type", engine('{l1: {sizeGB: "60"}}'), "/spec/l1/sizeGB type"],
  ["a value that there is not", engine("{l1: {sizeGB: 1}, logLevel: info}"), "/spec/logLevel enum"],
  ["no size", engine("{l1: {}}"), "/spec/l1 required sizeGB"],
  ["no cache", engine("{}"), "/spec required l1"],
  ["a size of nothing", engine("{l1: {sizeGB: 0}}"), "/spec/l1/sizeGB exclusiveMinimum"],
  [
    "a watermark above one",
    engine("{l1: {sizeGB: 1}, eviction: {triggerWatermark: 80}}"),
    "/spec/eviction/triggerWatermark maximum",
  ],
  ["a low port", engine("{l1: {sizeGB: 1}, server: {port: 80}}"), "/spec/server/port minimum"],
  [
    "two storages at once",
    engine("{l1: {sizeGB: 1}, l2Backend: {resp: {host: r, port: 6379}, raw: {type: fs}}}"),
    "/spec/l2Backend oneOf",
  ],
  [
    "a storage that is none",
    engine("{l1: {sizeGB: 1}, l2Backend: {storePolicy: default}}"),
    "/spec/l2Backend required resp",
    "/spec/l2Backend required raw",
    "/spec/l2Backend oneOf",
  ],
  ["storages in a list, as it once was", engine("{l1: {sizeGB: 1}, l2Backends: [{type: fs}]}")],
  [
    "another group",
    engine("{l1: {sizeGB: 1}}").replace("lmcache.lmcache.ai/v1alpha1", "lmcache.ai/v1"),
    "/apiVersion const",
  ],
]);

checks("cache-blend-engine", [
  [
    "a clean engine",
    blend(`
  l1: {sizeGB: 60}
  server: {chunkSize: 256}
  blend: {checkLayer: 0, recompRatio: 0.15, partialBucket: 4096}
  injection: {payloadImage: {repository: registry/cacheblend-plugin}, cudagraph: piecewise}`),
  ],
  [
    "an unknown key",
    blend("{l1: {sizeGB: 1}, injection: {payloadImage: {repository: r}}, blend: {ratio: 1}}"),
    "/spec/blend additionalProperties ratio",
  ],
  [
    "a wrong type",
    blend("{l1: {sizeGB: 1}, injection: {payloadImage: {repository: r}}, blend: {checkLayer: one}}"),
    "/spec/blend/checkLayer type",
  ],
  [
    "full graphs, which there are not",
    blend("{l1: {sizeGB: 1}, injection: {payloadImage: {repository: r}, cudagraph: full}}"),
    "/spec/injection/cudagraph enum",
  ],
  ["no plugin", blend("{l1: {sizeGB: 1}}"), "/spec required injection"],
  [
    "no image of the plugin",
    blend("{l1: {sizeGB: 1}, injection: {payloadImage: {tag: latest}}}"),
    "/spec/injection/payloadImage required repository",
  ],
  [
    "another chunk size",
    blend("{l1: {sizeGB: 1}, injection: {payloadImage: {repository: r}}, server: {chunkSize: 512}}"),
    "/spec/server/chunkSize const",
  ],
  [
    "to compute nothing again",
    blend("{l1: {sizeGB: 1}, injection: {payloadImage: {repository: r}}, blend: {recompRatio: 0}}"),
    "/spec/blend/recompRatio exclusiveMinimum",
  ],
]);

checks("lmcache-coordinator", [
  ["the least", coordinator("{}")],
  [
    "a clean coordinator",
    coordinator("{port: 9300, instanceTimeout: 30, healthCheckInterval: 0, evictionRatio: 0, logLevel: DEBUG}"),
  ],
  ["an unknown key", coordinator("{timeout: 30}"), "/spec additionalProperties timeout"],
  ["a wrong type", coordinator("{replicas: one}"), "/spec/replicas type"],
  ["a value that there is not", coordinator("{logLevel: TRACE}"), "/spec/logLevel enum"],
  ["no spec", coordinator("{}").replace(/^spec.*$/m, ""), "/ required spec"],
  ["no time at all", coordinator("{instanceTimeout: 0}"), "/spec/instanceTimeout exclusiveMinimum"],
  ["a ratio above one", coordinator("{evictionRatio: 1.5}"), "/spec/evictionRatio maximum"],
]);
