import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, cut, type Files, lint } from "../../support/lint.ts";
import { all, hpa, server, start } from "./servers.ts";

const probe = (kind: string, delay: number | string, period: number, failures: number, more = "") =>
  `          ${kind}: {httpGet: {path: /health, port: 8000}, initialDelaySeconds: ${delay}, periodSeconds: ${period}, failureThreshold: ${failures}${more}}\n`;
const liveness = (delay: number | string, period: number, failures: number) =>
  probe("livenessProbe", delay, period, failures);
const readiness = (delay: number, period: number, failures: number) => probe("readinessProbe", delay, period, failures);
const startup = (delay: number, period: number, failures: number) => probe("startupProbe", delay, period, failures);

function findings(files: Files) {
  return lint(files).filter(({ rule }) => rule === "pods/killed-while-loading");
}

/** Severity and place; the budget, and the start with its source. */
function said(files: Files): string[] {
  return findings(files).map((finding) => {
    const told = /after (\d+) s .*? takes (\d+ s \(\w+)/.exec(finding.message);
    return `${finding.severity} ${cut(files, finding)}: ${told?.[1]} s, ${told?.[2]}`;
  });
}

describe("a probe and the start of a model server", () => {
  const table: [title: string, files: Files, expected: string[]][] = [
    ["no probe kills nothing", all(server()), []],
    [
      "from the first second, each second",
      all(
        server({
          container: "          livenessProbe: {tcpSocket: {port: 8000}, initialDelaySeconds: 0, periodSeconds: 1}\n",
        }),
      ),
      ["warning livenessProbe: 3 s, 90 s (assumed"],
    ],
    [
      "the defaults of the API: 0 + 3 x 10",
      all(server({ container: "          livenessProbe: {tcpSocket: {port: 8000}}\n" })),
      ["warning livenessProbe: 30 s, 90 s (assumed"],
    ],
    ["as long as the assumed start", all(server({ container: liveness(60, 10, 3) })), []],
    ["a second less", all(server({ container: liveness(59, 10, 3) })), ["warning livenessProbe: 89 s, 90 s (assumed"]],
    [
      "the start from the readiness probe",
      all(server({ container: liveness(60, 10, 3) + readiness(120, 5, 3) })),
      ["warning livenessProbe: 90 s, 135 s (budget"],
    ],
    [
      "a startup probe that no model server passes, with nothing else to go by",
      all(server({ container: startup(0, 10, 2) })),
      ["warning startupProbe: 20 s, 90 s (assumed"],
    ],
    ["a startup probe that a small model may pass", all(server({ container: startup(0, 10, 3) })), []],
    [
      "the start from an annotation",
      all(server({ metadata: start(240), container: liveness(60, 10, 3) })),
      ["warning livenessProbe: 90 s, 240 s (annotation"],
    ],
    [
      "the annotation of the autoscaler counts first",
      all(server({ metadata: start(60), container: liveness(60, 10, 3) }), hpa({ metadata: start(200) })),
      ["warning livenessProbe: 90 s, 200 s (annotation"],
    ],
    [
      "a startupProbe holds the liveness probe back",
      all(server({ container: liveness(0, 1, 3) + startup(0, 10, 30) })),
      [],
    ],
    ["a startupProbe that is itself the source", all(server({ container: startup(0, 10, 3) })), []],
    [
      "a startupProbe below the known start",
      all(server({ metadata: start(240), container: startup(0, 10, 23) })),
      ["warning startupProbe: 230 s, 240 s (annotation"],
    ],
    ["a startupProbe of just the start", all(server({ metadata: start(240), container: startup(0, 10, 24) })), []],
    [
      "a simulator loads nothing",
      all(server({ image: "ghcr.io/llm-d/llm-d-inference-sim:v0.5", container: liveness(0, 1, 3) })),
      [],
    ],
    [
      "a batch job with a GPU and no port",
      all(server({ image: "registry.example.com/train:1", container: liveness(0, 1, 3) })),
      [],
    ],
    [
      "a GPU and a port",
      all(
        server({
          image: "registry.example.com/serve:1",
          ports: "          ports: [{containerPort: 80}]",
          container: liveness(0, 1, 3),
        }),
      ),
      ["warning livenessProbe: 3 s, 90 s (assumed"],
    ],
    ["a delay that is filled in later", all(server({ container: liveness('"${DELAY}"', 1, 3) })), []],
    [
      "development, and nobody said how long it takes",
      { "dev/all.yaml": server({ container: liveness(0, 1, 3) }) },
      ["info livenessProbe: 3 s, 90 s (assumed"],
    ],
  ];
  for (const [title, files, expected] of table) test(title, () => assert.deepEqual(said(files), expected));

  test("the configuration says the start", () => {
    const files = {
      "headroom.config.yaml": "podStartup: 300s\n",
      "d.yaml": server({ container: liveness(60, 10, 3) }),
    };
    assert.deepEqual(said(files), ["warning livenessProbe: 90 s, 300 s (podStartup"]);
  });
});

describe("its fix", () => {
  const mended = (files: Files) =>
    findings(files).flatMap(({ fixes }) => fixes.map(({ edits }) => applyEdits(files, edits)["all.yaml"] ?? ""));

  test("is a startupProbe that asks what the liveness probe asks, for one and a half starts", () => {
    const [after = "", ...others] = mended(all(server({ metadata: start(240), container: liveness(60, 10, 3) })));
    assert.deepEqual(others, []);
    assert.match(
      after,
      /startupProbe:\n {12}httpGet:\n {14}path: \/health\n {14}port: 8000\n {12}periodSeconds: 10\n {12}failureThreshold: 36\n/,
    );
    assert.deepEqual(said({ "all.yaml": after }), []);
  });

  test("raises the threshold of a startupProbe that is there", () => {
    const [after = ""] = mended(all(server({ metadata: start(240), container: startup(0, 10, 6) })));
    assert.match(after, /startupProbe: \{.*periodSeconds: 10, failureThreshold: 36\}/);
  });

  test("is not offered for a start that is only assumed, nor for a command", () => {
    assert.deepEqual(mended(all(server({ container: liveness(0, 1, 3) }))), []);
    const command = "          livenessProbe: {exec: {command: [cat, /tmp/ok]}, periodSeconds: 1}\n";
    assert.deepEqual(mended(all(server({ metadata: start(240), container: command }))), []);
  });
});
