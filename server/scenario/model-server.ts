import type { Settings } from "../config/settings.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import { isOpen, readServers, type VllmServer } from "../kinds/vllm/command-line.ts";
import { readFloat, readSize } from "../kinds/vllm/values.ts";
import { parseVersion, versionOfImage } from "../kinds/vllm/version.ts";
import { type Container, envOf, gpusOf } from "../kinds/workload/container.ts";
import type { PodTemplate, Workload } from "../kinds/workload/pod-template.ts";
import { rememberedIn } from "../text/remembered.ts";
import { gpuNamesOf } from "./node-gpu.ts";

/** What the files say of a vLLM server. What they do not say, or fill in later, is absent. */
export interface ModelServer {
  /** For messages: `Deployment "chat", container "vllm"`. */
  readonly title: string;
  readonly model?: string;
  /** As node labels name it: each of them. */
  readonly gpuNames: readonly string[];
  readonly gpus?: number;
  readonly version?: string;
  readonly flags: ServerFlags;
  readonly container: Container;
  readonly command: VllmServer;
}

/** Arguments that decide over memory, as vLLM reads them. */
export interface ServerFlags {
  readonly tensor?: number;
  readonly pipeline?: number;
  readonly decodeContext?: number;
  readonly utilization?: number;
  readonly maxModelLen?: number;
  readonly maxNumSeqs?: number;
  readonly maxBatchedTokens?: number;
  readonly cacheDtype?: string;
  readonly quantization?: string;
  readonly blockSize?: number;
  readonly kvCacheBytes?: number;
  /** Tokens that a draft guesses; such drafts add a layer to the cache. */
  readonly draftTokens?: number;
  readonly enforceEager?: boolean;
  readonly noPrefixCaching?: boolean;
  readonly noHybridManager?: boolean;
  readonly noGraphEstimate?: boolean;
}

/** The vLLM servers that a workload starts. */
export const modelServers = rememberedIn(
  (object: StackObject<Workload>, settings: Settings): readonly ModelServer[] => {
    const { template } = object.view;
    if (template === undefined) return [];
    return template.containers.flatMap((container) => {
      const version = versionOfImage(container.image?.value ?? "") ?? settings.version("vllm");
      const [server, ...others] = readServers(container, parseVersion(version ?? ""));
      // Where a script chooses among servers, nobody can tell which one runs.
      return server === undefined || others.length > 0 ? [] : [serverOf(object, template, container, server, version)];
    });
  },
);

function serverOf(
  object: StackObject<Workload>,
  template: PodTemplate,
  container: Container,
  server: VllmServer,
  version: string | undefined,
): ModelServer {
  const name = container.name === undefined ? "" : `, container "${container.name.value}"`;
  const model = lastValue(server, "--model") ?? (server.model === undefined ? undefined : closed(server.model.text));
  const gpus = gpusOf(container)?.value;
  return {
    title: `${object.title}${name}`,
    gpuNames: gpuNamesOf(template),
    flags: flagsOf(server, container),
    container,
    command: server,
    ...(model === undefined ? {} : { model }),
    ...(gpus === undefined ? {} : { gpus }),
    ...(version === undefined ? {} : { version }),
  };
}

function flagsOf(server: VllmServer, container: Container): ServerFlags {
  const size = (name: string) => numberOf(lastValue(server, name), readSize);
  return given({
    tensor: size("--tensor-parallel-size"),
    pipeline: size("--pipeline-parallel-size"),
    decodeContext: size("--decode-context-parallel-size"),
    utilization: numberOf(lastValue(server, "--gpu-memory-utilization"), readFloat),
    maxModelLen: size("--max-model-len"),
    maxNumSeqs: size("--max-num-seqs"),
    maxBatchedTokens: size("--max-num-batched-tokens"),
    cacheDtype: lastValue(server, "--kv-cache-dtype"),
    quantization: lastValue(server, "--quantization"),
    blockSize: size("--block-size"),
    kvCacheBytes: size("--kv-cache-memory-bytes"),
    draftTokens: draftTokensOf(lastValue(server, "--speculative-config")),
    enforceEager: isOn(server, "--enforce-eager"),
    noPrefixCaching: isOff(server, "--enable-prefix-caching"),
    noHybridManager: isOn(server, "--disable-hybrid-kv-cache-manager"),
    noGraphEstimate: envOf(container, "VLLM_MEMORY_PROFILER_ESTIMATE_CUDAGRAPHS")?.value?.value === "0" || undefined,
  });
}

/** The value of the last of a flag's occurrences, as argparse takes it, unless it is filled in later. */
function lastValue(server: VllmServer, name: string): string | undefined {
  const argument = server.arguments.findLast(({ flag, path }) => flag?.name === name && path === undefined);
  return closed(argument?.values[0]?.text);
}

function closed(text: string | undefined): string | undefined {
  return text === undefined || isOpen(text) ? undefined : text;
}

function numberOf(text: string | undefined, read: (text: string) => number | undefined): number | undefined {
  const value = text === undefined ? undefined : read(text);
  return value !== undefined && Number.isFinite(value) && value > 0 ? value : undefined;
}

function isOn(server: VllmServer, name: string): true | undefined {
  const last = server.arguments.findLast(({ flag }) => flag?.name === name);
  return last !== undefined && !last.name.startsWith("--no-") ? true : undefined;
}

function isOff(server: VllmServer, name: string): true | undefined {
  const last = server.arguments.findLast(({ flag }) => flag?.name === name);
  return last?.name.startsWith("--no-") ? true : undefined;
}

/** Methods whose draft has attention layers of its own in the cache. */
const draftsInCache = /^(?:eagle3?|mtp|deepseek_mtp|qwen3_next_mtp)$/;

function draftTokensOf(json: string | undefined): number | undefined {
  try {
    const { method, num_speculative_tokens: tokens } = JSON.parse(json ?? "null") ?? {};
    const counts = typeof method === "string" && draftsInCache.test(method) && Number.isInteger(tokens) && tokens > 0;
    return counts ? tokens : undefined;
  } catch {
    return undefined;
  }
}

/** Without what is not said. */
function given<T extends object>(said: { readonly [Key in keyof T]: T[Key] | undefined }): T {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as T;
}
