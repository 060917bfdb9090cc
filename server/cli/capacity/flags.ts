import { findCacheDtype } from "../../engine/capacity/cache-dtype.ts";
import { parseVllmVersion } from "../../engine/capacity/vllm-laws.ts";
import { weightQuantizations } from "../../engine/capacity/weights.ts";
import type { ServerFlags } from "../../scenario/model-server.ts";
import { nearest } from "../../text/spelling.ts";
import { listed } from "../report/words.ts";

/** The options of the command, as they were written. */
export interface Written {
  readonly model: string | undefined;
  readonly gpu: string | undefined;
  readonly tp: string | undefined;
  readonly pp: string | undefined;
  readonly vllm: string | undefined;
  readonly "gpu-memory-utilization": string | undefined;
  readonly "max-model-len": string | undefined;
  readonly "max-num-seqs": string | undefined;
  readonly "kv-cache-dtype": string | undefined;
  readonly quantization: string | undefined;
  readonly isl: string | undefined;
  readonly osl: string | undefined;
  readonly log: string | undefined;
  readonly config: string | undefined;
  readonly parameters: string | undefined;
  readonly json: boolean;
}

/** What they say. */
export interface Asked {
  readonly model?: string;
  readonly gpu?: string;
  readonly version?: string;
  readonly flags: ServerFlags;
  readonly parameters?: number;
  readonly workload?: { readonly input: number; readonly output: number };
}

/** Reads the options; a mistake is a sentence. */
export function askedIn(written: Written): Asked | { readonly mistake: string } {
  const reader = new Reader(written);
  const flags = {
    ...reader.count("tp", "tensor"),
    ...reader.count("pp", "pipeline"),
    ...reader.count("max-model-len", "maxModelLen"),
    ...reader.count("max-num-seqs", "maxNumSeqs"),
    ...reader.utilization(),
    ...reader.oneOf(
      "kv-cache-dtype",
      "cacheDtype",
      (word) => findCacheDtype(word) !== undefined,
      "auto, fp8, fp8_e5m2, nvfp4, …",
    ),
    ...reader.oneOf(
      "quantization",
      "quantization",
      (word) => weightQuantizations.includes(word),
      listed(weightQuantizations, "or"),
    ),
  };
  const workload = reader.workload();
  const asked = {
    flags,
    ...reader.parameters(),
    ...(workload === undefined ? {} : { workload }),
    ...reader.version(),
    ...(written.model === undefined ? {} : { model: written.model }),
    ...(written.gpu === undefined ? {} : { gpu: written.gpu }),
  };
  return reader.mistake === undefined ? asked : { mistake: reader.mistake };
}

/** Longer than any model reads. */
const largest = 1e9;

class Reader {
  /** The first one. */
  mistake: string | undefined;
  private readonly written: Written;

  constructor(written: Written) {
    this.written = written;
  }

  count<Key extends string>(option: keyof Written & string, key: Key): { readonly [K in Key]?: number } {
    const value = this.wholeNumber(option);
    return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: number };
  }

  utilization(): { readonly utilization?: number } {
    const text = this.written["gpu-memory-utilization"];
    if (text === undefined) return {};
    const value = /^(?:0?\.\d+|1(?:\.0+)?)$/.test(text) ? Number(text) : 0;
    if (value > 0) return { utilization: value };
    const percent = /^[1-9]\d(?:%|)$/.test(text) ? ` Did you mean 0.${text.slice(0, 2)}?` : "";
    return this.refuse(`--gpu-memory-utilization takes a share above 0 and up to 1, not "${text}".${percent}`);
  }

  oneOf<Key extends string>(
    option: "kv-cache-dtype" | "quantization",
    key: Key,
    isKnown: (word: string) => boolean,
    words: string,
  ): { readonly [K in Key]?: string } {
    const text = this.written[option];
    if (text === undefined) return {};
    if (isKnown(text)) return { [key]: text } as { readonly [K in Key]?: string };
    const near =
      option === "kv-cache-dtype" && /^int[48]$/.test(text) ? "fp8" : nearest(text, words.split(/,? or |, /));
    const hint = near === undefined ? "" : ` Did you mean ${near}?`;
    this.refuse(`--${option} takes ${words}, not "${text}".${hint}`);
    return {};
  }

  version(): { readonly version?: string } {
    const text = this.written.vllm;
    if (text === undefined) return {};
    return parseVllmVersion(text) === undefined
      ? this.refuse(`--vllm takes a version such as 0.19.1, not "${text}".`)
      : { version: text };
  }

  parameters(): { readonly parameters?: number } {
    const text = this.written.parameters;
    if (text === undefined) return {};
    const [, digits = "", unit = ""] = /^(\d+(?:\.\d+)?(?:e\d{1,2})?)([BM]?)$/i.exec(text) ?? [];
    const value = Number(digits) * ({ b: 1e9, m: 1e6 }[unit.toLowerCase()] ?? 1);
    if (value >= 1e6 && value <= 1e14) return { parameters: value };
    return this.refuse(`--parameters takes a number such as 8.03B, not "${text}".`);
  }

  workload(): { readonly input: number; readonly output: number } | undefined {
    const input = this.wholeNumber("isl");
    const output = this.wholeNumber("osl");
    if ((this.written.isl === undefined) !== (this.written.osl === undefined))
      this.refuse("--isl and --osl go together.");
    return input === undefined || output === undefined ? undefined : { input, output };
  }

  private wholeNumber(option: keyof Written & string): number | undefined {
    const text = this.written[option];
    if (typeof text !== "string") return undefined;
    const [, digits = "", unit = ""] = /^(\d{1,10})([kK]?)$/.exec(text) ?? [];
    const value = Number(digits) * ({ k: 1000, K: 1024 }[unit] ?? 1);
    if (digits !== "" && value > 0 && value <= largest) return value;
    this.refuse(`--${option} takes a whole number from 1 on, not "${text}".`);
    return undefined;
  }

  private refuse(sentence: string): Record<string, never> {
    this.mistake ??= sentence;
    return {};
  }
}
