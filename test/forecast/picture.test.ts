import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { Place } from "../../server/forecast/picture.ts";
import { hpa, server } from "../scenario/stack.ts";
import { pictureIn } from "./forecast.ts";

const files = { "chat.yaml": server, "hpa.yaml": hpa };

/** What stands at a place of the files. */
function textAt(place: Place | undefined, texts: Readonly<Record<string, string>>): string | undefined {
  const line = texts[place?.path.replace("file:///", "") ?? ""]?.split("\n")[place?.range.start.line ?? 0];
  return line?.slice(place?.range.start.character, place?.range.end.character);
}

const variant = `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata: {name: chat}
spec: {scaleTargetRef: {kind: Deployment, name: chat}, modelID: Qwen/Qwen3-32B}
`;
const saturation = `apiVersion: v1
kind: ConfigMap
metadata: {name: wva-saturation-scaling-config}
data:
  default: |
    kvCacheThreshold: 0.75
    queueLengthThreshold: 6
    kvSpareTrigger: 0.15
    queueSpareTrigger: 2
`;

describe("a picture", () => {
  test("is plain data that a process may send to another", () => {
    const picture = pictureIn(files);
    assert.deepEqual(JSON.parse(JSON.stringify(picture)), { ...picture, places: { ...picture.places } });
  });

  test("has the place of every number that a file says", () => {
    const picture = pictureIn(files);
    for (const { origin } of picture.origins)
      if (/\.yaml:\d+/.test(origin)) assert.ok(picture.places[origin] !== undefined, origin);
    assert.equal(textAt(picture.places["hpa.yaml:7"], files), "4");
    assert.equal(textAt(picture.places["hpa.yaml:15"], files), "60");
    for (const { origins } of picture.decisions)
      for (const { origin } of origins) assert.ok(picture.places[origin] !== undefined, origin);
  });

  test("tells numbers on one line apart", () => {
    const flow = hpa.replace(
      "scaleUp:\n      stabilizationWindowSeconds: 60\n      policies: [{type: Pods, value: 2, periodSeconds: 60}]",
      "scaleUp: {stabilizationWindowSeconds: 60, tolerance: 0.2}\n    scaleDown: {tolerance: 0.3, stabilizationWindowSeconds: 240}",
    );
    const texts = { ...files, "hpa.yaml": flow };
    const { windows, places } = pictureIn(texts);
    assert.deepEqual(
      windows.map(({ direction, seconds, origin = "" }) => [direction, seconds, textAt(places[origin], texts)]),
      [
        ["up", 60, "60"],
        ["down", 240, "240"],
      ],
    );
  });

  test("has the thresholds of an HPA, and windows that no file says without a place", () => {
    const { thresholds, windows, places } = pictureIn(files);
    const [target] = thresholds.filter(({ of }) => of === "hpa chat");
    assert.deepEqual(
      { ...target, origin: textAt(places[target?.origin ?? ""], files) },
      {
        name: "averageValue",
        of: "hpa chat",
        chart: { signal: "chat: vllm:num_requests_waiting" },
        value: 5,
        written: { offset: 0, factor: 1 },
        perReplica: true,
        origin: '"5"',
      },
    );
    assert.deepEqual(windows, [
      {
        name: "scaleUp.stabilizationWindowSeconds",
        of: "hpa chat",
        direction: "up",
        seconds: 60,
        origin: "hpa.yaml:15",
      },
      { name: "scaleDown.stabilizationWindowSeconds", of: "hpa chat", direction: "down", seconds: 300 },
    ]);
    assert.ok(Object.hasOwn(pictureIn(files).timeline.signals, "chat: vllm:num_requests_waiting"));
  });

  test("draws a trigger of WVA where the cache is that full, and knows what to write for it", () => {
    const texts = { ...files, "variant.yaml": variant, "saturation.yaml": saturation };
    const { thresholds, places } = pictureIn(texts);
    const ofWva = thresholds.filter(({ of }) => of === "wva");
    assert.deepEqual(
      ofWva.map(({ name, chart, value }) => [name, chart, Number(value.toFixed(9))]),
      [
        ["kvCacheThreshold", "kv", 0.75],
        ["queueLengthThreshold", "queue", 6],
        ["kvSpareTrigger", "kv", 0.6],
        ["queueSpareTrigger", "queue", 4],
      ],
    );
    for (const { name, value, written, origin = "" } of ofWva) {
      const inFile = textAt(places[origin], texts);
      assert.equal(Number((written.offset + written.factor * value).toFixed(9)), Number(inFile), name);
    }
  });

  test("has the threshold of a trigger of KEDA and its cooldown where it may scale to zero", () => {
    const keda = `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: chat}
spec:
  scaleTargetRef: {name: chat}
  cooldownPeriod: 120
  triggers:
    - type: prometheus
      metadata: {serverAddress: "http://p", query: "sum(vllm:num_requests_waiting)", threshold: "7"}
`;
    const texts = { "chat.yaml": server, "keda.yaml": keda };
    const { thresholds, windows, places } = pictureIn(texts);
    const [one] = thresholds.filter(({ of }) => of === "keda chat");
    assert.deepEqual([one?.name, one?.value, textAt(places[one?.origin ?? ""], texts)], ["threshold", 7, '"7"']);
    const cooldown = windows.find(({ name }) => name === "cooldownPeriod");
    assert.deepEqual([cooldown?.seconds, textAt(places[cooldown?.origin ?? ""], texts)], [120, "120"]);
  });

  test("has what each variant runs on, and where each gigabyte goes", () => {
    const { variants } = pictureIn(files);
    const [chat] = variants;
    assert.deepEqual([chat?.name, chat?.gpu, chat?.gpus, chat?.startTime], ["chat", "H100-SXM", 2, 90]);
    const sum = chat?.capacity?.parts.reduce((all, { bytes }) => all + bytes, 0) ?? 0;
    assert.ok(Math.abs(sum - (chat?.capacity?.physical ?? 0)) < 1, "the parts are the whole");
    assert.equal(chat?.capacity?.tokens, 312000);
    assert.equal(chat?.capacity?.verdict, "fits");
    assert.ok((chat?.capacity?.concurrencyOfTraffic ?? 0) > (chat?.capacity?.concurrency ?? 0));
    assert.ok((chat?.capacity?.advice.length ?? 0) > 0);
  });

  test("tries another start, price, model, GPU and number of replicas than the files say", () => {
    const tried = pictureIn(files, {
      instead: { startTime: 30, gpuHour: 2.5, nodeTime: 45, replicas: 3, gpu: "H200", model: "Qwen/Qwen3-14B" },
    });
    const [chat] = tried.variants;
    assert.deepEqual([chat?.gpu, chat?.startTime, chat?.gpuHour, tried.model], ["H200-SXM", 30, 2.5, "Qwen/Qwen3-14B"]);
    assert.equal(tried.timeline.variants["chat"]?.serving[0], 3);
    const said = new Map(tried.origins.map(({ what, value, origin }) => [what, `${value} ${origin}`]));
    assert.equal(said.get("chat: start of a pod, s"), "30 flag: --start-time");
    assert.equal(said.get("chat: dollars an hour of a replica"), "5 flag: --gpu-hour");
    assert.equal(said.get("chat: until a node is there, s"), "45 flag: --node-time");
  });

  test("keeps names of files apart from what JavaScript knows", () => {
    const { places } = pictureIn(Object.fromEntries([["__proto__", server]]));
    assert.equal(Object.getPrototypeOf(places), null);
    assert.equal(places["__proto__:5"]?.path, "file:///__proto__");
  });

  test("holds a day of the example in as many columns as a screen has", () => {
    const read = (name: string) => [name, readFileSync(`examples/production/base/${name}`, "utf8")] as const;
    const texts = Object.fromEntries(["model-server.yaml", "autoscaling.yaml", "router.yaml"].map(read));
    const picture = pictureIn(texts, { duration: 86_400 });
    assert.equal(picture.timeline.at.length, 5761);
    assert.ok(picture.thresholds.length > 0);
  });
});
