import { nearest } from "../../text/spelling.ts";
import { listed } from "../report/words.ts";
import { type GpuName, gpuNames } from "./gpus.ts";

/** What a person says of a stack; everything else follows from it. */
export interface Answers {
  readonly model: string;
  readonly name: string;
  readonly namespace: string;
  readonly gpu: GpuName;
  readonly tensorParallel: number;
  readonly maxReplicas: number;
}

/** One answer: how it is asked for, and how it is read. */
export interface Question<A> {
  readonly asks: string;
  readonly takes: string;
  usual(known: Partial<Answers>): string;
  /** Absent when the text is no such answer. */
  read(text: string): A | undefined;
}

export const usualModel = "Qwen/Qwen3-32B";
export const tensorParallelSizes = ["2", "1", "4", "8"] as const;

/** Names get suffixes such as `-prefill`, and the label values that they become end at 63. */
const longestName = 50;
const mostReplicas = 1000;

/** In the order in which they are asked. */
export const questions = {
  model: {
    asks: "Model on Hugging Face",
    takes: `a model of Hugging Face with its organisation, such as ${usualModel}`,
    usual: () => usualModel,
    read: (text) => (/^[A-Za-z0-9][\w.-]{0,95}\/[A-Za-z0-9][\w.-]{0,95}$/.test(text) ? text : undefined),
  },
  name: {
    asks: "Name of the model server",
    takes: `lower-case letters, digits and dashes, a letter first, at most ${longestName}`,
    usual: ({ model = usualModel }) => nameOf(model),
    // Services had to begin with a letter up to Kubernetes 1.33 (RFC 1035).
    read: (text) => (text.length <= longestName && /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/.test(text) ? text : undefined),
  },
  namespace: {
    asks: "Namespace",
    takes: "lower-case letters, digits and dashes, at most 63",
    usual: () => "llm",
    read: (text) => (text.length <= 63 && /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(text) ? text : undefined),
  },
  gpu: {
    asks: `GPU (${gpuNames.join(", ")})`,
    takes: listed(gpuNames, "or"),
    usual: () => gpuNames[0],
    read: (text) => gpuNames.find((name) => name.toLowerCase() === text.toLowerCase()),
  },
  tensorParallel: {
    asks: "GPUs for a replica",
    takes: "1, 2, 4 or 8",
    usual: () => tensorParallelSizes[0],
    read: (text) => ((tensorParallelSizes as readonly string[]).includes(text) ? Number(text) : undefined),
  },
  maxReplicas: {
    asks: "Most replicas",
    takes: `a whole number from 1 to ${mostReplicas}`,
    usual: () => "4",
    read: (text) => (/^[1-9]\d{0,3}$/.test(text) && Number(text) <= mostReplicas ? Number(text) : undefined),
  },
} satisfies { readonly [Key in keyof Answers]: Question<Answers[Key]> };

export type AnswerKey = keyof Answers;
export const answerKeys = Object.keys(questions) as AnswerKey[];

/** Why a text is no answer, as the end of a sentence: `takes 1, 2, 4 or 8, not "3"`. */
export function mistakeIn(key: AnswerKey, text: string): string {
  const near = key === "gpu" ? nearest(text, gpuNames) : undefined;
  return `takes ${questions[key].takes}, not "${text}".${near === undefined ? "" : ` Did you mean ${near}?`}`;
}

/** `meta-llama/Llama-3.1-8B-Instruct` is `llama-3-1-8b-instruct` among Kubernetes objects. */
export function nameOf(model: string): string {
  const words = (model.split("/").at(-1) ?? "").toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const name = `${/^-*[a-z]/.test(words) ? "" : "model-"}${words}`.replace(/^-+/, "");
  return name.slice(0, longestName).replace(/-+$/, "");
}

/** What is taken when nothing is said. */
export function usualAnswers(): Answers {
  const known: Partial<Record<AnswerKey, unknown>> = {};
  for (const key of answerKeys) known[key] = questions[key].read(questions[key].usual(known as Partial<Answers>));
  return known as unknown as Answers;
}
