import { type Severity, severities } from "../findings/finding.ts";
import { matchGlob } from "../text/glob.ts";
import { type Environment, environmentOfPath } from "./environment.ts";
import type { OwnGpu, OwnModel } from "./own-hardware.ts";

/** Products whose version changes what a manifest means. */
export const products = ["kubernetes", "keda", "wva", "vllm", "lmcache", "router"] as const;
export type Product = (typeof products)[number];

/** The version of a product that runs, as far as it is known. */
export interface RunningVersion {
  readonly version: string;
  /** Any newer one may run as well. */
  readonly orNewer?: true;
  /** For people: `2.18`, `0.5 (GIE 1.3)`, `0.9 or newer`. */
  readonly told: string;
}

export type RuleSeverity = Severity | "off";
export const ruleSeverities: readonly RuleSeverity[] = [...severities, "off"];

export const configFileName = "headroom.config.yaml";

/** What a `headroom.config.yaml` says, in the order in which it says it. */
export interface ConfigFile {
  /** Globs are relative to it; paths are relative to the workspace. */
  readonly directory: string;
  readonly versions: ReadonlyMap<Product, string>;
  readonly environments: readonly (readonly [glob: string, Environment])[];
  readonly podStartup: readonly (readonly [glob: string, seconds: number])[];
  readonly rules: ReadonlyMap<string, RuleSeverity>;
  readonly overrides: readonly {
    readonly files: readonly string[];
    readonly rules: ReadonlyMap<string, RuleSeverity>;
  }[];
  readonly ignore: readonly string[];
  readonly gpus: readonly OwnGpu[];
  readonly models: readonly OwnModel[];
}

/** The answers that rules ask of the configuration nearest to a file. */
export class Settings {
  /** What the file says, for whoever shows it; absent without one. */
  readonly config: ConfigFile | undefined;

  constructor(config?: ConfigFile) {
    this.config = config;
  }

  /** The version that runs, when somebody says so. */
  version(product: Product): string | undefined {
    return this.config?.versions.get(product);
  }

  /** GPUs and prices of one's own. */
  get gpus(): readonly OwnGpu[] {
    return this.config?.gpus ?? [];
  }

  get models(): readonly OwnModel[] {
    return this.config?.models ?? [];
  }

  environment(path: string): Environment {
    return this.firstMatch(this.config?.environments, path) ?? environmentOfPath(this.relative(path) ?? path);
  }

  /** Seconds a pod takes to start. */
  podStartup(path: string): number | undefined {
    return this.firstMatch(this.config?.podStartup, path);
  }

  /** What the configuration makes of a rule; absent when it leaves the rule as it is. The last override wins. */
  severity(rule: string, path: string): RuleSeverity | undefined {
    const override = this.config?.overrides.findLast(
      ({ files, rules }) => rules.has(rule) && files.some((glob) => this.matches(glob, path)),
    );
    return override?.rules.get(rule) ?? this.config?.rules.get(rule);
  }

  ignores(path: string): boolean {
    return this.config?.ignore.some((glob) => this.matches(glob, path)) ?? false;
  }

  private firstMatch<T>(globs: readonly (readonly [string, T])[] | undefined, path: string): T | undefined {
    return globs?.find(([glob]) => this.matches(glob, path))?.[1];
  }

  matches(glob: string, path: string): boolean {
    const relative = this.relative(path);
    return relative !== undefined && matchGlob(glob, relative);
  }

  private relative(path: string): string | undefined {
    const { directory } = this.config ?? { directory: "" };
    if (directory === "") return path;
    return path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : undefined;
  }
}
