import type { Node } from "../../text/node.ts";
import { entriesAt, itemsAt, numberAt, type Placed, secondsAt, stringAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";

/** Requests that a simulation sends. What is not said, or cannot be read, is absent. */
export interface TrafficView {
  readonly root: Node;
  readonly title: Placed<string> | undefined;
  readonly preset: Placed<string> | undefined;
  readonly rate: RateView | undefined;
  readonly spikes: readonly SpikeView[];
  readonly peak: Placed<number> | undefined;
  readonly mean: Placed<number> | undefined;
  readonly law: Placed<string> | undefined;
  readonly variation: Placed<number> | undefined;
  readonly prompt: LengthView | undefined;
  readonly output: LengthView | undefined;
  readonly system:
    | { readonly node: Node; readonly count: number | undefined; readonly tokens: number | undefined }
    | undefined;
  readonly sessions: SessionsView | undefined;
  readonly reuse: readonly {
    readonly node: Node;
    readonly tokens: number | undefined;
    readonly share: number | undefined;
  }[];
}

/** The key that says what shape it is, and what stands under it. */
export interface RateView {
  readonly shape: string;
  readonly node: Node;
  readonly value: number | undefined;
  readonly values: readonly { readonly node: Node; readonly value: number | undefined }[];
  readonly parts: readonly PartView[];
}

export interface PartView {
  readonly node: Node;
  readonly rate: number | undefined;
  readonly at: number | undefined;
  readonly lasts: number | undefined;
}

export interface SpikeView {
  readonly node: Node;
  readonly at: number | undefined;
  readonly lasts: number | undefined;
  readonly rise: number | undefined;
  readonly times: number | undefined;
  readonly add: number | undefined;
}

export interface LengthView {
  readonly law: string;
  readonly node: Node;
  readonly fixed: number | undefined;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly median: number | undefined;
  readonly sigma: number | undefined;
  readonly cap: number | undefined;
  readonly tokens: readonly (number | undefined)[];
  readonly weights: readonly (number | undefined)[];
}

export interface SessionsView {
  readonly node: Node;
  readonly turns: LengthView | undefined;
  readonly pause: number | undefined;
  readonly prompt: LengthView | undefined;
  readonly context: number | undefined;
}

export const traffic = defineKind<TrafficView>({
  id: "traffic",
  title: "Traffic",
  schema: "traffic",
  recognise: { group: "headroom", kind: "Traffic", file: true },
  view: ({ root }) => ({
    root,
    title: stringAt(root, "title"),
    preset: stringAt(root, "preset"),
    rate: readRate(root),
    spikes: itemsAt(root, "spikes").map(readSpike),
    peak: numberAt(root, "scale", "peak"),
    mean: numberAt(root, "scale", "mean"),
    law: stringAt(root, "arrivals", "law"),
    variation: numberAt(root, "arrivals", "variation"),
    prompt: readLength(root, "prompt"),
    output: readLength(root, "output"),
    system: readSystem(root),
    sessions: readSessions(root),
    reuse: itemsAt(root, "reuse").map((node) => ({
      node,
      tokens: number(node, "tokens"),
      share: number(node, "share"),
    })),
  }),
});

const number = (node: Node, ...path: string[]) => numberAt(node, ...path)?.value;
const seconds = (node: Node, ...path: string[]) => secondsAt(node, ...path)?.value;
const numbers = (node: Node, ...path: string[]) => itemsAt(node, ...path).map((item) => numberAt(item)?.value);

/** Of several shapes the first counts; the schema says that there is one too many. */
function readRate(root: Node): RateView | undefined {
  const [shape] = entriesAt(root, "rate");
  if (shape === undefined) return undefined;
  const items = itemsAt(shape.value);
  return {
    shape: shape.key.text,
    node: shape.value,
    value: numberAt(shape.value)?.value,
    values: items.map((node) => ({ node, value: numberAt(node)?.value })),
    parts: items.map((node) => ({
      node,
      rate: number(node, "rate"),
      at: seconds(node, "at"),
      lasts: seconds(node, "for"),
    })),
  };
}

function readSpike(node: Node): SpikeView {
  const [at, lasts, rise] = [seconds(node, "at"), seconds(node, "for"), seconds(node, "rise")];
  return { node, at, lasts, rise, times: number(node, "times"), add: number(node, "add") };
}

function readLength(root: Node, ...path: string[]): LengthView | undefined {
  const [law] = entriesAt(root, ...path);
  if (law === undefined) return undefined;
  const { key, value } = law;
  return {
    law: key.text,
    node: value,
    fixed: numberAt(value)?.value,
    from: number(value, "from"),
    to: number(value, "to"),
    median: number(value, "median"),
    sigma: number(value, "sigma"),
    cap: number(value, "cap"),
    tokens: numbers(value, "tokens"),
    weights: numbers(value, "weights"),
  };
}

function readSystem(root: Node): TrafficView["system"] {
  const system = entriesAt(root).find(({ key }) => key.text === "system");
  if (system === undefined) return undefined;
  return { node: system.value, count: number(root, "system", "count"), tokens: number(root, "system", "tokens") };
}

function readSessions(root: Node): SessionsView | undefined {
  const sessions = entriesAt(root).find(({ key }) => key.text === "sessions");
  if (sessions === undefined) return undefined;
  return {
    node: sessions.value,
    turns: readLength(root, "sessions", "turns"),
    pause: seconds(root, "sessions", "pause"),
    prompt: readLength(root, "sessions", "prompt"),
    context: number(root, "sessions", "context"),
  };
}
