import { capacityCommand as capacity } from "../capacity/capacity.ts";
import { defineCommand } from "./command.ts";

export const capacityCommand = defineCommand({
  name: "capacity",
  summary: "say how much a GPU holds",
  operands: { usage: "[paths...]", most: Number.POSITIVE_INFINITY },
  options: {
    model: { takes: "MODEL", says: "on Hugging Face, or of headroom.config.yaml" },
    gpu: { takes: "GPU", says: "its name, a node label's value or an instance type" },
    tp: { takes: "N", says: "tensor-parallel ranks (default 1)" },
    pp: { takes: "N", says: "pipeline stages (default 1)" },
    vllm: { takes: "VERSION", says: "what runs (default: the newest known)" },
    "gpu-memory-utilization": { takes: "SHARE", says: "of the GPU (default: as the version has it)" },
    "max-model-len": { takes: "N", says: "tokens (default: the model's own)" },
    "max-num-seqs": { takes: "N", says: "requests at once (default: by the GPU)" },
    "kv-cache-dtype": { takes: "DTYPE", says: "auto, fp8, … (default auto)" },
    quantization: { takes: "HOW", says: "fp8, awq, … (default: as the model is published)" },
    isl: { takes: "N", says: "tokens of a prompt, with --osl" },
    osl: { takes: "N", says: "tokens of an answer, with --isl" },
    log: { takes: "FILE", says: "what vLLM logged at its start: outranks the estimate" },
    config: { takes: "FILE", says: "config.json of a model that is not known" },
    parameters: { takes: "N", says: "of that model, such as 8.03B: its config.json does not say" },
    json: { says: "for other programs" },
  },
  about: [
    "Works out what vLLM leaves of each GPU for the KV cache: how many tokens it holds, how many requests at once, whether vLLM starts at all, and what would make room. Exact figures are told apart from estimated ones, which have an error.",
    "With paths it reads the vLLM servers in these manifests: the model and its arguments from the command line, the GPU from nodeSelector and node affinity, the version from the image's tag. What they do not say is asked for, never guessed; options outrank what they say.",
    "The exit code is 0 when it fits, 1 when it does not, and 2 when something is wrong, unknown or not said.",
  ],
  examples: [
    { line: "headroom capacity --model Qwen/Qwen3-32B --gpu H100 --tp 2", says: "one question" },
    { line: "headroom capacity deploy.yaml --gpu L40S", says: "what a manifest starts" },
    { line: "headroom capacity deploy.yaml --log vllm.log", says: "with what vLLM measured" },
  ],
  run: capacity,
});
