import type { MapNode, Node, Span } from "../text/node.ts";
import { at, entriesAt, itemsAt, resolve, secondsAt } from "../text/read.ts";
import { nearest } from "../text/spelling.ts";
import { environments } from "./environment.ts";
import { gpuKeys, type OwnGpu, type OwnModel, readGpu, readModel } from "./own-hardware.ts";
import { type ConfigFile, products, ruleSeverities } from "./settings.ts";

export interface ConfigProblem {
  readonly at: Span;
  readonly message: string;
  /** The word that was probably meant. */
  readonly instead: string | undefined;
}

const sections = ["versions", "environments", "podStartup", "rules", "overrides", "ignore", "gpus", "models"];

/** Reads a `headroom.config.yaml`. What cannot be read is a problem; the rest still counts. */
export function readConfig(root: MapNode, path: string): { config: ConfigFile; problems: readonly ConfigProblem[] } {
  const reader = new ConfigReader();
  for (const { key } of entriesAt(root)) reader.oneOf(key, sections, "section");
  const startup = at(root, "podStartup");
  const config: ConfigFile = {
    directory: path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "",
    versions: new Map(
      reader.pairs(root, "versions", products, "product").map(([product, value]) => [product, textOf(value)]),
    ),
    environments: entriesAt(root, "environments").flatMap(({ key, value }) => {
      const environment = reader.oneOf(value, environments, "environment");
      return environment === undefined ? [] : [[key.text, environment] as const];
    }),
    podStartup: resolve(startup)?.type === "map" ? reader.startups(startup) : reader.startup("**", startup),
    rules: reader.rules(at(root, "rules")),
    overrides: itemsAt(root, "overrides").map((item) => ({
      files: textsAt(item, "files"),
      rules: reader.rules(at(item, "rules")),
    })),
    ignore: textsAt(root, "ignore"),
    gpus: reader.gpus(root),
    models: reader.models(root),
  };
  return { config, problems: reader.problems };
}

class ConfigReader {
  readonly problems: ConfigProblem[] = [];

  /** The word of a node, if it is one of those allowed. */
  oneOf<T extends string>(node: Node, words: readonly T[], what: string): T | undefined {
    const text = textOf(node);
    const found = words.find((word) => word === text);
    if (found === undefined) {
      this.problems.push({
        at: node,
        message: `"${text}" is no ${what} of this file; it may be ${words.join(", ")}`,
        instead: nearest(text, words),
      });
    }
    return found;
  }

  pairs<T extends string>(root: Node, section: string, words: readonly T[], what: string): [T, Node][] {
    return entriesAt(root, section).flatMap(({ key, value }) => {
      const word = this.oneOf(key, words, what);
      return word === undefined ? [] : [[word, value]];
    });
  }

  rules(node: Node | undefined): ConfigFile["rules"] {
    return new Map(
      entriesAt(node).flatMap(({ key, value }) => {
        const severity = this.oneOf(value, ruleSeverities, "severity");
        return severity === undefined ? [] : [[key.text, severity] as const];
      }),
    );
  }

  gpus(root: Node): OwnGpu[] {
    return entriesAt(root, "gpus").map(({ key, value }) => {
      for (const { key: fact } of entriesAt(value)) this.oneOf(fact, gpuKeys, "fact of a GPU");
      return readGpu(key.text, value, this.complain);
    });
  }

  models(root: Node): OwnModel[] {
    return entriesAt(root, "models").map(({ key, value }) => readModel(key.text, value, this.complain));
  }

  private readonly complain = (node: Node, message: string): void => {
    this.problems.push({ at: node, message, instead: undefined });
  };

  startups(node: Node | undefined): (readonly [string, number])[] {
    return entriesAt(node).flatMap(({ key, value }) => this.startup(key.text, value));
  }

  startup(glob: string, node: Node | undefined): (readonly [string, number])[] {
    if (node === undefined) return [];
    const seconds = secondsAt(node);
    if (seconds !== undefined) return [[glob, seconds.value]];
    this.problems.push({
      at: node,
      message: `"${textOf(node)}" is no time span; write 240s, 4m or plain seconds`,
      instead: undefined,
    });
    return [];
  }
}

/** A scalar, or the items of a list, as text. */
function textsAt(node: Node | undefined, key: string): string[] {
  const list = itemsAt(node, key);
  const one = at(node, key);
  if (list.length > 0) return list.map(textOf);
  return one !== undefined && resolve(one)?.type === "scalar" && textOf(one) !== "" ? [textOf(one)] : [];
}

function textOf(node: Node): string {
  const found = resolve(node);
  return found?.type === "scalar" ? found.text : "";
}
