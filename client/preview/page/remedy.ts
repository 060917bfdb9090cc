/** What to do about a forecast that could not be made. */
export interface Remedy {
  readonly title: string;
  readonly advice: string;
  /** Where that can be said here: the field of this id. */
  readonly field?: "model" | "gpu" | "target" | "exact" | "traffic" | "duration";
}

const remedies: readonly (readonly [RegExp, Remedy])[] = [
  [
    /No vLLM server/,
    {
      title: "No model server here",
      advice:
        "Open a Deployment that runs vLLM, or a file that belongs to one: its autoscaler, its variant, its configuration.",
    },
  ],
  [
    /filled in later|template/i,
    {
      title: "A template is not filled in yet",
      advice:
        "Render it, for example with helm template or kubectl kustomize, and open what comes out. Values that only a template knows are not guessed.",
    },
  ],
  [
    /model "[^"]*" is not known|--model\b|does not name the model/,
    {
      title: "The model is not known",
      advice: "Name one that is alike under “Model served”, or add it to headroom.config.yaml.",
      field: "model",
    },
  ],
  [
    /--gpu\b|which GPU/,
    {
      title: "The GPU is not known",
      advice: "Name it under “GPU”, or give the Deployment a nodeSelector.",
      field: "gpu",
    },
  ],
  [
    /--target\b|serves a model here/,
    { title: "Several models", advice: "Choose the one that is meant under “Model”.", field: "target" },
  ],
  [
    /--exact\b/,
    {
      title: "Too much for a run request by request",
      advice: "Switch exact off, or ask for a shorter time.",
      field: "exact",
    },
  ],
  [
    /does not start on/,
    {
      title: "It does not start here",
      advice:
        "The model does not fit into its GPUs. Give it more of them, larger ones or a quantized model; “GPU” tries another one.",
      field: "gpu",
    },
  ],
  [
    /traffic|trace/i,
    { title: "The traffic cannot be used", advice: "Choose another one under “Traffic”.", field: "traffic" },
  ],
];

export function remedyOf(mistake: string): Remedy {
  const found = remedies.find(([says]) => says.test(mistake));
  return (
    found?.[1] ?? { title: "No forecast", advice: "Mend what the sentence names; the forecast follows what you type." }
  );
}

/** Without those sentences that tell what to type on a command line: here the advice stands for them. */
export function withoutFlags(mistake: string): string {
  const kept = mistake
    .split(/(?<=\.) (?=[A-Z]|headroom )/)
    .filter((sentence) => !/(^|\s)--[a-z]|^headroom [a-z]/.test(sentence));
  return kept.length === 0 ? mistake : kept.join(" ");
}
