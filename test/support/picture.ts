import { strict as assert } from "node:assert";
import type { Forecast } from "../../server/editor/preview/messages.ts";
import type { Picture, Place } from "../../server/forecast/picture.ts";
import { say } from "../cli/support/recorder.ts";

/** What the command line tells of the batch stack of the example, with what the preview draws over it. */
export async function examplePicture(...flags: readonly string[]): Promise<Picture> {
  const argv = ["simulate", "examples/production", "--target", "qwen3-32b-l40s", "--json", ...flags];
  const { out, err } = await say(argv);
  assert.equal(err, "");
  return completed(JSON.parse(out));
}

/** Keys that an older picture has not. */
export function completed(picture: Partial<Picture> & Pick<Picture, "origins" | "decisions">): Picture {
  const all = [...picture.origins, ...picture.decisions.flatMap(({ origins }) => origins)];
  const places = Object.fromEntries(
    all.flatMap(({ origin }) => {
      const place = placeOf(origin);
      return place === undefined ? [] : [[origin, place]];
    }),
  );
  return {
    sentence: "48.4 % of the requests met their objectives. 1.95 replica hours, $8.38, 2 scale-ups and no scale-down.",
    windows: [
      {
        name: "scaleUp.stabilizationWindowSeconds",
        of: "hpa qwen3-32b-l40s",
        direction: "up",
        seconds: 900,
        origin: "examples/production/batch/autoscaling.yaml:38",
      },
      {
        name: "scaleDown.stabilizationWindowSeconds",
        of: "hpa qwen3-32b-l40s",
        direction: "down",
        seconds: 300,
      },
    ],
    variants: [
      {
        name: "qwen3-32b-l40s",
        gpu: "L40S",
        gpus: 4,
        startTime: 300,
        gpuHour: 0.99,
        capacity,
      },
    ],
    ...picture,
    // The example writes down all that it has; this one is a default, which no file says.
    thresholds: [
      ...(picture.thresholds ?? []),
      { name: "kvCacheThreshold", of: "router", chart: "kv", value: 0.8, written: { offset: 0, factor: 1 } },
    ],
    places,
  } as Picture;
}

const GiB = 2 ** 30;

const capacity = {
  parts: [
    { name: "weights", bytes: 15.3 * GiB, exact: true, because: "32.8 billion parameters in bfloat16 over 4 GPUs" },
    { name: "activations", bytes: 2.1 * GiB, exact: false, because: "8,192 batched tokens, from logs of the like" },
    { name: "CUDA graphs", bytes: 0.9 * GiB, exact: false, because: "67 sizes are captured" },
    { name: "KV cache", bytes: 21.3 * GiB, exact: false, because: "what gpu-memory-utilization leaves" },
    { name: "not used", bytes: 4.8 * GiB, exact: true, because: "gpu-memory-utilization is 0.9" },
  ],
  physical: 44.4 * GiB,
  tokens: 348_784,
  concurrency: 10.6,
  concurrencyOfTraffic: 272,
  verdict: "It starts, and holds 10 requests of the longest length.",
  advice: [
    { flag: "--kv-cache-dtype fp8", gain: 348_784, costs: "some accuracy" },
    { flag: "--max-num-batched-tokens 2048", gain: 21_000, costs: "a longer prefill" },
  ],
};

function placeOf(origin: string): Place | undefined {
  const line = /^(.*\.ya?ml):(\d+)$/.exec(origin);
  if (line === null) return undefined;
  const start = { line: Number(line[2]) - 1, character: 4 };
  return { path: line[1] as string, range: { start, end: { line: start.line, character: 40 } } };
}

export async function exampleForecast(...flags: readonly string[]): Promise<Forecast> {
  return { targets: ["qwen3-32b-l40s", "llama-3-70b"], picture: await examplePicture(...flags) };
}
