import { presets } from "../../engine/traffic/presets.ts";
import { simulateCommand as simulate } from "../simulate/simulate.ts";
import { defineCommand } from "./command.ts";

export const simulateCommand = defineCommand({
  name: "simulate",
  summary: "say what a stack would do under traffic",
  operands: { usage: "[paths...]", most: Number.POSITIVE_INFINITY },
  options: {
    traffic: { takes: "TRAFFIC", says: "a preset, a .yaml file of kind Traffic or a .csv trace (default steady)" },
    rate: { takes: "N", says: "its mean, in requests a second" },
    duration: { takes: "TIME", says: "such as 6h or 7d (default 1h)" },
    seed: { takes: "N", says: "of everything that is drawn (default 7)" },
    slo: { takes: "SLO", says: "default ttft=2s,itl=100ms,target=95%" },
    target: { takes: "NAME", says: "of a Deployment or autoscaler, where several models are served" },
    model: { takes: "MODEL", says: "where no file says it" },
    gpu: { takes: "GPU", says: "of the nodes, where no file says it" },
    replicas: { takes: "N", says: "at the start" },
    "node-time": { takes: "TIME", says: "until a new node is there (default: one is there)" },
    "start-time": { takes: "TIME", says: "of a pod (default: as the files say)" },
    "gpu-hour": { takes: "DOLLARS", says: "for a GPU and hour (default: of the catalogue)" },
    against: { takes: "DIR|git:REF", says: "another version of the files, under the same seed" },
    html: { takes: "FILE", says: "write a page with all of it, which needs nothing beside it" },
    exact: { says: "serve every request by itself, which takes longer" },
    json: { says: "for other programs" },
  },
  about: [
    "Simulates one model of a stack: traffic comes, replicas fill, controllers see metrics that are some seconds old and decide, pods take their time to start, money is spent. It prints the timeline, every decision with the line of the settings it went by, what each breach of the objectives waited for, and the figures. The same files, options and seed give the same output.",
    "What the files do not say is listed with what was taken in its place; an unknown model or GPU is asked for and never guessed.",
    `Traffic is one of the presets ${presets.map(({ name }) => name).join(", ")}, or a file.`,
    "--against git:REF takes the same paths as a commit has them; a directory is another version of the files. --html writes one page with the timeline, the decisions and the figures, and loads nothing.",
    "The exit code is 0 when the objectives were met, 1 when fewer requests met them than the target says, and 2 when it could not be simulated.",
  ],
  examples: [
    { line: "headroom simulate examples/production --target qwen3-32b-decode", says: "an hour of steady traffic" },
    { line: "headroom simulate deploy --traffic spike --duration 2h --slo ttft=1s", says: "a gate for a pull request" },
    { line: "headroom simulate deploy --against git:HEAD", says: "what a change changes" },
    { line: "kubectl kustomize overlays/prod | headroom simulate -", says: "with all patches applied" },
  ],
  run: simulate,
});
