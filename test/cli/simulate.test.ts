import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { run } from "../../server/cli/run.ts";
import { hpa, server } from "../scenario/stack.ts";
import { recorder } from "./support/recorder.ts";
import { scratch } from "./support/scratch.ts";

const stack = { "chat/server.yaml": server, "chat/hpa.yaml": hpa };

/** `headroom simulate …` in a directory with these files. */
async function simulate(argv: readonly string[], files: Readonly<Record<string, string>> = stack) {
  const { terminal, said } = recorder({ width: 100 });
  const host = { cwd: scratch(files), stdin: nothing(), startServer: () => {} };
  const exit = await run(["simulate", ...argv], terminal, host);
  return { exit, ...said };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

const words = (line: string) => line.split(" ");
const quick = words("chat --duration 10m --node-time 2m");

/** Nothing waits for a request, so the HPA takes a replica away when its window is over. */
const quiet = `Qwen/Qwen3-32B, 10 min of Steady, seed 7, fluid

100 % of the requests met their objectives. 0.2542 replica hours, $3.52, 0 scale-ups and 1
scale-down.

Timeline
  requests/s      ·████████████████████████████████████████  5
  replicas        █████████████████████▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅  1 to 2
  KV cache, mean  ▁▃▃▃▄▃▃▃▃▃▃▃▃▃▃▃▃▃▂▃▄▃▇▆▆▅▇█▆▇▇█▇▄▄▆▅▇▆▆▅  0 % to 13.9 %
  waiting         ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁  0
  TTFT p95        ·▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇███████████████████  78.5 ms to 85.5 ms
  ITL p95         ·▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇███████████████████  18.2 ms to 22.9 ms
  dollars/h       ██████████████████████▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅  13.8 to 27.5
                  0:00:00             0:05:00       0:10:00

Decisions
  0:00:15  hpa (held), 20 times until 0:05:00: chat stays at 2, because every metric is below its
           target (vllm:num_requests_waiting per replica 0 < averageValue 5, ratio 0 < 1 - tolerance
           0.9). It wanted 0; scaleDown.stabilizationWindowSeconds allows 2 for another 300 s.
  0:05:15  hpa: chat: 2 -> 1, because every metric is below its target (vllm:num_requests_waiting
           per replica 0 < averageValue 5, ratio 0 < 1 - tolerance 0.9). It wanted 0; minReplicas
           allows 1. [minReplicas: chat/hpa.yaml:6]
  0:05:30  hpa (held), 19 times until 0:10:00: chat stays at 1, because every metric is below its
           target (vllm:num_requests_waiting per replica 0 < averageValue 5, ratio 0 < 1 - tolerance
           0.9). It wanted 0; minReplicas allows 1. [minReplicas: chat/hpa.yaml:6]

Summary
  SLO attainment    100 % of requests within TTFT 2 s and ITL 100 ms; the target is 95 %
  TTFT p50/p95/p99  78.6 ms / 85.5 ms / 85.5 ms (of moments)
  ITL p50/p95/p99   18.2 ms / 22.9 ms / 22.9 ms (of moments)
  requests          3,000 came, 2,971 finished, 0 dropped, 29 under way at the end
  replica hours     0.254, at most 2 at once
  cost              $3.52, $4.63 a million output tokens
  GPU hours         0.512 paid: 0.512 serving, of them 0 without a request, 0 while pods start
  scale events      0 up, 1 down
  cut generations   0
  time to recover   no breach

What these files do not say
  - scrape interval: no monitor says it; 30 s are taken. To say it: interval in a PodMonitor or
    ServiceMonitor
  - HorizontalPodAutoscaler "chat": delay of its metrics: rules and caches between Prometheus and
    the metrics API are not known; a scraped value is there at once. To say it: the annotation
    headroom.dev/metric-delay: 15s on it
  - routing: no EndpointPickerConfig is in these files; requests go to the replicas in turns. To say
    it: name the router's files too

Where the numbers are from
  chat: model = Qwen/Qwen3-32B (chat/server.yaml:3)
  chat: GPU = H100-SXM (chat/server.yaml:11)
  chat: tensor-parallel-size = 2 (chat/server.yaml:16)
  chat: max-num-seqs = 128 (chat/server.yaml:16)
  chat: max-num-batched-tokens = 8192 (default: vLLM, by the GPU)
  chat: KV cache tokens = 312000 (estimate: 280800 to 343200)
  chat: max-model-len = 32768 (chat/server.yaml:16)
  chat: replicas at the start = 2 (chat/server.yaml:5)
  chat: start of a pod, s = 90 (chat/server.yaml:8)
  chat: period of its probe, s = 10 (default: Kubernetes)
  chat: terminationGracePeriodSeconds = 45 (chat/server.yaml:10)
  chat: until a node is there, s = 120 (flag: --node-time)
  chat: dollars an hour of a replica = 13.76 (catalogue: AWS p5 us-east-1, 2026-11-09)
  scrape interval, s = 30 (default: prometheus-operator)
  signal vllm:num_requests_waiting = waiting (chat/hpa.yaml:9)
  HorizontalPodAutoscaler "chat": minReplicas = 1 (chat/hpa.yaml:6)
  HorizontalPodAutoscaler "chat": maxReplicas = 4 (chat/hpa.yaml:7)

How exact
  Time of an output token may be off by 10 %, time to the first token by 25 % while requests do not
  queue and by its order of magnitude when they do; replicas and cost follow. A fluid knows no
  single requests: its percentiles are those of moments. --exact serves each request.
  docs/fidelity.md has the measurements.
`;

describe("headroom simulate", () => {
  it("tells what happened, what it cost and where the numbers are from", async () => {
    const { exit, out, err } = await simulate(quick);
    assert.equal(err, "");
    assert.equal(exit, 0);
    assert.equal(out, quiet);
  });

  it("says the same for the same seed, byte by byte, in both tiers", async () => {
    for (const more of [[], ["--exact"], ["--json"], ["--exact", "--json"]]) {
      const argv = [...quick, "--traffic", "spike", ...more];
      assert.deepEqual(await simulate(argv), await simulate(argv));
    }
    const seeds = await Promise.all(["1", "2"].map((seed) => simulate([...quick, "--exact", "--seed", seed])));
    assert.notEqual(seeds[0]?.out, seeds[1]?.out);
  });

  it("exits with 1 where the target is missed, and blames what was waited for", async () => {
    const { exit, out } = await simulate([...quick, "--rate", "30"]);
    assert.equal(exit, 1);
    assert.match(out, /waiting for: .*\n?.*chat\/(?:hpa|server)\.yaml:\d+/);
    assert.match(out, /hpa: chat: 2 -> 4|hpa: chat: 2 -> 3/);
    assert.equal((await simulate([...quick, "--slo", "ttft=1ms"])).exit, 1);
    assert.equal((await simulate([...quick, "--slo", "ttft=60s,target=50%"])).exit, 0);
  });

  it("exits with 2 where it cannot simulate, and says what to add", async () => {
    const noGpu = server.replace("NVIDIA-H100-80GB-HBM3", "NVIDIA-Z9");
    const refused = await simulate(quick, { "chat/server.yaml": noGpu });
    assert.equal(refused.exit, 2);
    assert.match(
      refused.err,
      /^Deployment "chat", container "vllm": The GPU "NVIDIA-Z9" is not known\..* with --gpu\.\n$/s,
    );
    const filled = await simulate([...quick, "--gpu", "H100"], { "chat/server.yaml": noGpu });
    assert.equal(filled.exit, 0);
  });

  it("refuses options that say nothing", async () => {
    const mistakes: readonly (readonly [string, RegExp])[] = [
      ["--duration 5", /--duration takes/],
      ["--duration 99999h", /--duration takes/],
      ["--rate fast", /--rate takes/],
      ["--seed 1.5", /--seed takes/],
      ["--slo itl=soon", /--slo takes/],
      ["--slo target=99%", /--slo names no objective/],
      ["--replicas 100000", /--replicas takes/],
      ["--start-time soon", /--start-time takes a time/],
      ["--gpu-hour free", /--gpu-hour takes dollars/],
      ["--traffic nowhere", /There is no traffic "nowhere"/],
      ["--traffic gone.csv", /gone\.csv: No such file/],
      ["--target gone", /Nothing called "gone"/],
    ];
    for (const [option, expected] of mistakes) {
      const { exit, out, err } = await simulate([...quick, ...words(option)]);
      assert.equal(exit, 2, option);
      assert.equal(out, "", option);
      assert.match(err, expected);
    }
  });

  it("gives programs JSON without numbers that JSON has not", async () => {
    const { out } = await simulate([...quick, "--json", "--exact", "--rate", "60"]);
    const told = JSON.parse(out);
    assert.equal(told.tier, "exact");
    assert.equal(told.met, false);
    assert.equal(told.timeline.arrivals[0], null);
    assert.equal(told.timeline.at.length, 41);
    assert.ok(told.decisions.every(({ sentence }: { sentence: string }) => sentence.length > 0));
    assert.ok(told.origins.length > 0 && told.gaps.length > 0);
  });

  it("compares two versions of the files under one seed", async () => {
    const changed = hpa.replace("stabilizationWindowSeconds: 60", "stabilizationWindowSeconds: 0");
    const files = {
      ...stack,
      "old/server.yaml": server,
      "old/hpa.yaml": hpa,
      "new/server.yaml": server,
      "new/hpa.yaml": changed,
    };
    const same = await simulate([...quick, "--rate", "30", "--against", "old"], files);
    assert.match(same.out, /\nNo difference to old\.\n$/);
    const other = await simulate([...words("new --duration 10m --rate 30 --against old")], files);
    assert.match(other.out, /\nDifference to old, from 0:\d\d:\d\d on\n/);
    assert.match(other.out, /only old:/);
  });

  it("reads traffic of one's own", async () => {
    const traffic =
      "apiVersion: headroom/v1\nkind: Traffic\nrate: {constant: 2}\nprompt: {fixed: 500}\noutput: {fixed: 50}\n";
    const csv = "TIMESTAMP,ContextTokens,GeneratedTokens\n2024-05-10 00:00:00.0,100,20\n2024-05-10 00:00:30.0,200,30\n";
    const files = {
      ...stack,
      "own.yaml": traffic,
      "trace.csv": csv,
      "broken.yaml": `${traffic}spikes: 3\nrate: {constant: x}\n`,
    };
    const own = await simulate([...quick, "--traffic", "own.yaml", "--json"], files);
    assert.equal(Math.round(JSON.parse(own.out).summary.arrived), 1200);
    const trace = await simulate([...quick, "--traffic", "trace.csv", "--exact", "--json"], files);
    assert.equal(JSON.parse(trace.out).summary.finished, 2);
    assert.equal((await simulate([...quick, "--traffic", "broken.yaml"], files)).exit, 2);
  });

  it("ends soon and prints nothing that acts on a terminal, whatever the files hold", async () => {
    const keda = `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: "chat\\e[2J"}
spec:
  scaleTargetRef: {name: chat}
  pollingInterval: 0
  cooldownPeriod: -5
  maxReplicaCount: 1000
  __proto__: {x: 1}
  triggers:
    - type: prometheus
      metadata: {__proto__: x, query: "${"(".repeat(3000)}", threshold: "0"}
    - type: cron
      metadata: {start: "* * * * *", end: x, timezone: Nowhere, desiredReplicas: "1e99"}
`;
    const hostile = server
      .replace("headroom.dev/pod-startup: 90s", "headroom.dev/pod-startup: 9999999h")
      .replace('"2"', '"1e99"');
    for (const exact of [[], ["--exact"]]) {
      const { exit, out, err } = await simulate([...quick, ...exact], {
        "chat/server.yaml": hostile,
        "chat/keda.yaml": keda,
      });
      assert.ok(exit === 0 || exit === 1 || exit === 2);
      assert.ok(!(out + err).includes("\u001b"));
      assert.doesNotMatch(out + err, /please report/);
    }
  });
});
