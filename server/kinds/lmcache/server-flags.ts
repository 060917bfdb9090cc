import { type FlagType, parseType } from "../vllm/flag.ts";
import { rowsOf } from "../vllm/flags.ts";

/** A flag of `lmcache server`, the cache that all engines of a node share. */
export interface ServerFlag {
  readonly name: string;
  readonly type: FlagType;
  readonly default: string | undefined;
  readonly about: string;
}

/** LMCache docs/source/mp/configuration.rst, autumn 2026. Flags of which it is not said how they are switched take a value or none. */
const flags = `
--transport | one zmq,grpc | zmq | How engines reach the server.
--host | text | localhost | Address to listen on for engines.
--port | int >=1 <=65535 | 5555 | Port for engines.
--chunk-size | int >0 | 256 | Tokens of a chunk; a multiple of the engine's block size.
--null-block-id | int | 0 | Block of the engine that holds nothing.
--max-workers | int >=1 | 1 | Threads that move data.
--max-gpu-workers | int >=1 | as --max-workers | Those of them for GPUs.
--max-cpu-workers | int >=1 | as --max-workers | Those of them for memory.
--hash-algorithm | one builtin,sha256_cbor,blake3 | blake3 | How chunks are named; builtin needs one PYTHONHASHSEED for all.
--engine-type | some default,blend | default | blend for CacheBlend.
--supported-transfer-mode | one lmcache_driven,engine_driven,auto | auto | Who copies.
--isolated-ipc | text? | false | Work without shared memory of the host; the engines must say the same.
--shm-name | text | | Shared memory to take the first tier from.
--worker-reap-timeout-seconds | float >=0 | 120 | Silence after which an engine is forgotten; 0 for never.
--worker-registration-grace-seconds | float >=0 | 3600 | The same for one that is only starting.
--separate-object-groups | text? | false | Keep the kinds of layers of hybrid models apart.
--run-script-api-enabled | text? | false | Lets anyone who reaches the HTTP port run code.
--http-host | text | 127.0.0.1 | Address of metrics and health.
--http-port | int >=1 <=65535 | 8080 | Port of metrics and health.
--l1-size-gb | float >0 | | GiB of host memory for the first tier. It has to be there, unless --l1-manager is.
--l1-manager | text | | What else keeps the first tier.
--l1-use-lazy | bool | true | Take memory as it is needed; the limit stays the same.
--l1-init-size-gb | float >=0 | 20 | GiB taken at the start.
--l1-align-bytes | int >0 | 4096 | Alignment of chunks.
--l1-use-hugepages | text? | false | Use huge pages, without --l1-use-lazy.
--l1-devdax-path | text | | Persistent memory for the first tier.
--gds-l1-path | text | | An NVMe disk for the first tier.
--eviction-policy | one LRU,ARC,IsolatedLRU,noop | | What goes first. It has to be there.
--eviction-trigger-watermark | float >0 <=1 | 0.8 | Part of the first tier at which chunks begin to go.
--eviction-ratio | float >0 <=1 | 0.2 | Part that goes at once.
--l2-store-policy | some default,skip_l1 | default | Where new chunks go.
--l2-prefetch-policy | some default,retain | default | What becomes of chunks that were read ahead.
--l2-prefetch-max-in-flight | int >=1 | 8 | Reads ahead at once.
--l2-adapter | json | | A further tier, as JSON with its type. May come several times.
--coordinator-url | text | | Where servers find each other.
--p2p-advertise-url | text | | Address under which other servers read from this one.
--disable-metrics | text? | false | No metrics.
--otlp-endpoint | text | | Where OpenTelemetry data go.
--prometheus-port | int >=1 <=65535 | 9090 | Not read by lmcache server: metrics are on --http-port.
--metrics-sample-rate | float >0 <=1 | 0.01 | Part of the requests that detailed metrics are made of.
--enable-tracing | text? | false | Send traces to --otlp-endpoint.
`;

/** Flags of earlier servers, and what to write now (LMCache examples/multi_process, 2025). */
export const goneServerFlags: ReadonlyMap<string, string> = new Map([["--cpu-buffer-size", "--l1-size-gb"]]);

let table: ReadonlyMap<string, ServerFlag> | undefined;

/** Every flag by each of its spellings. Read at the first question. */
export function serverFlags(): ReadonlyMap<string, ServerFlag> {
  table ??= new Map(rowsOf(flags).flatMap(spellingsOf));
  return table;
}

function spellingsOf([name = "", type = "", usual = "", about = ""]: readonly string[]): [string, ServerFlag][] {
  const flag = { name, type: parseType(type), default: usual === "" ? undefined : usual, about };
  const opposite = flag.type.is === "bool" ? [name.replace("--", "--no-")] : [];
  return [name, ...opposite].map((spelling) => [spelling, flag]);
}
