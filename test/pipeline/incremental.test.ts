import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { kinds } from "../../server/kinds/registry.ts";
import { Pipeline } from "../../server/pipeline.ts";
import { rules } from "../../server/rules/registry.ts";

function deployment(name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  template:
    spec:
      containers:
        - {name: vllm, image: "vllm/vllm-openai:v0.21.0", resources: {limits: {nvidia.com/gpu: 1}}}
`;
}

function hpa(name: string, target: string, window: number): string {
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: ${name}}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${target}}
  maxReplicas: 4
  metrics:
    - {type: Pods, pods: {metric: {name: vllm_num_requests_waiting}, target: {type: AverageValue, averageValue: 5}}}
  behavior:
    scaleUp: {stabilizationWindowSeconds: ${window}}
    scaleDown: {stabilizationWindowSeconds: 600, policies: [{type: Pods, value: 1, periodSeconds: 300}]}
`;
}

/** A thousand files: an autoscaler and its target in each directory. */
function workspace(): Pipeline {
  const pipeline = new Pipeline(kinds, rules);
  for (let index = 0; index < 500; index++) {
    pipeline.update(`app${index}/deployment.yaml`, deployment(`app${index}`));
    pipeline.update(`app${index}/hpa.yaml`, hpa(`app${index}`, `app${index}`, 180));
  }
  pipeline.refresh();
  return pipeline;
}

test("some files first: nothing runs twice, and all that is found is the same", () => {
  const [atOnce, inTurn] = [new Pipeline(kinds, rules), new Pipeline(kinds, rules)];
  for (const pipeline of [atOnce, inTurn]) {
    for (const name of ["a", "b", "c"]) {
      pipeline.update(`${name}/hpa.yaml`, hpa(name, name, 15));
      pipeline.update(`${name}/deployment.yaml`, deployment(name));
    }
  }
  inTurn.runFirst(new Set(["b/hpa.yaml"]));
  assert.ok(inTurn.counts.checksRun > 0);
  assert.ok(warningsOf(inTurn, "b/hpa.yaml").length > 0);
  assert.deepEqual(warningsOf(inTurn, "a/hpa.yaml"), []);
  inTurn.update("b/deployment.yaml", deployment("other"));
  inTurn.update("b/deployment.yaml", deployment("b"));
  inTurn.runFirst(new Set(["b/hpa.yaml", "b/deployment.yaml"]));
  const again = inTurn.counts.checksRun;
  inTurn.runFirst(new Set(["b/hpa.yaml", "b/deployment.yaml"]));
  assert.equal(inTurn.counts.checksRun, again);
  assert.deepEqual(inTurn.refresh(), atOnce.refresh());
  for (const path of atOnce.workspace.files.keys())
    assert.deepEqual(inTurn.findingsOf(path), atOnce.findingsOf(path), path);
});

function work(pipeline: Pipeline, edit: () => void): { documentsParsed: number; checksRun: number; files: string[] } {
  const before = { ...pipeline.counts };
  edit();
  const files = pipeline.refresh();
  return {
    documentsParsed: pipeline.counts.documentsParsed - before.documentsParsed,
    checksRun: pipeline.counts.checksRun - before.checksRun,
    files,
  };
}

/** What is only worth knowing stays out of the count. */
function warningsOf(pipeline: Pipeline, path: string): string[] {
  return pipeline.findingsOf(path).flatMap(({ rule, severity }) => (severity === "info" ? [] : [rule]));
}

describe("an edit in one of a thousand files", () => {
  const rulesOfHpa = rules.filter(
    ({ reads }) => typeof reads === "object" && reads.some(({ id }) => id === "hpa"),
  ).length;
  const rulesOfDeployment = rules.filter(
    ({ reads }) => typeof reads === "object" && reads.some(({ id }) => id === "deployment"),
  ).length;
  const rulesOfDocuments = rules.filter(({ reads }) => reads === "documents").length;

  test("reads that file and runs the rules of its object and of its target, nothing else", () => {
    const pipeline = workspace();
    const done = work(pipeline, () => pipeline.update("app7/hpa.yaml", hpa("app7", "app7", 15)));
    assert.equal(done.documentsParsed, 1);
    // Of its target those run again that ask for the autoscaler.
    assert.ok(done.checksRun >= rulesOfHpa + rulesOfDocuments, `${done.checksRun} checks`);
    assert.ok(done.checksRun <= rulesOfHpa + rulesOfDocuments + rulesOfDeployment, `${done.checksRun} checks`);
    assert.deepEqual(
      done.files.filter((path) => !path.startsWith("app7/")),
      [],
    );
    assert.deepEqual(warningsOf(pipeline, "app7/hpa.yaml"), ["hpa/scale-up-window"]);
  });

  test("runs those rules again that had asked for what it changed", () => {
    const pipeline = workspace();
    const slow = deployment("app7").replace(
      "resources:",
      "startupProbe: {periodSeconds: 10, failureThreshold: 30}, resources:",
    );
    const done = work(pipeline, () => pipeline.update("app7/deployment.yaml", slow));
    assert.equal(done.documentsParsed, 1);
    assert.ok(done.checksRun <= rulesOfDeployment + rulesOfDocuments + rulesOfHpa, `${done.checksRun} checks`);
    assert.deepEqual(warningsOf(pipeline, "app7/hpa.yaml"), ["hpa/scale-up-window"]);
  });

  test("that says the same as before does nothing", () => {
    const pipeline = workspace();
    const done = work(pipeline, () => pipeline.update("app7/hpa.yaml", hpa("app7", "app7", 180)));
    assert.deepEqual([done.documentsParsed, done.checksRun], [0, 0]);
  });

  test("of a document among many in one file parses that document alone", () => {
    const pipeline = new Pipeline(kinds, rules);
    const text = (window: number) =>
      Array.from({ length: 100 }, (_, index) => hpa(`h${index}`, `d${index}`, index === 50 ? window : 180)).join(
        "---\n",
      );
    pipeline.update("all.yaml", text(180));
    pipeline.refresh();
    const done = work(pipeline, () => pipeline.update("all.yaml", text(10)));
    assert.equal(done.documentsParsed, 1);
    assert.equal(done.checksRun, rulesOfHpa + rulesOfDocuments);
    assert.equal(pipeline.findingsOf("all.yaml")[0]?.range.start.line, 50 * 12 + 9);
  });
});

describe("files come and go", () => {
  test("a finding goes with its file", () => {
    const pipeline = new Pipeline(kinds, rules);
    pipeline.update("hpa.yaml", hpa("a", "a", 1));
    pipeline.refresh();
    assert.equal(pipeline.findingsOf("hpa.yaml").length, 1);
    pipeline.remove("hpa.yaml");
    assert.deepEqual(pipeline.refresh(), ["hpa.yaml"]);
    assert.deepEqual(pipeline.findingsOf("hpa.yaml"), []);
  });

  test("a configuration file changes every file it stands above", () => {
    const pipeline = new Pipeline(kinds, rules);
    pipeline.update("a/hpa.yaml", hpa("a", "a", 120));
    pipeline.update("b/hpa.yaml", hpa("b", "b", 120));
    pipeline.refresh();
    assert.equal(pipeline.findingsOf("a/hpa.yaml").length, 1);
    pipeline.update("a/headroom.config.yaml", "podStartup: 20s\nrules: {hpa/scale-up-window: off}\n");
    pipeline.refresh();
    assert.equal(pipeline.findingsOf("a/hpa.yaml").length, 0);
    assert.equal(pipeline.findingsOf("b/hpa.yaml").length, 1);
    pipeline.remove("a/headroom.config.yaml");
    pipeline.refresh();
    assert.equal(pipeline.findingsOf("a/hpa.yaml").length, 1);
  });

  test("any order of edits ends in the findings of the last texts", () => {
    const texts = [
      hpa("a", "a", 15),
      hpa("a", "b", 180),
      deployment("a"),
      deployment("b"),
      "broken: [",
      "",
      hpa("c", "a", 180),
    ];
    let state = 7;
    const random = (below: number) => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return state % below;
    };
    const paths = ["x/a.yaml", "x/b.yaml", "y/c.yaml", "d.yaml"];
    const edited = new Pipeline(kinds, rules);
    const last = new Map<string, string>();
    for (let step = 0; step < 300; step++) {
      const path = paths[random(paths.length)] as string;
      const text = `${texts[random(texts.length)]}---\n${texts[random(texts.length)]}`;
      if (random(5) === 0) {
        edited.remove(path);
        last.delete(path);
      } else {
        edited.update(path, text);
        last.set(path, text);
      }
      if (random(3) === 0) edited.refresh();
      if (step % 20 !== 0) continue;
      edited.refresh();
      const fresh = new Pipeline(kinds, rules);
      for (const [name, content] of last) fresh.update(name, content);
      fresh.refresh();
      for (const name of paths) assert.deepEqual(edited.findingsOf(name), fresh.findingsOf(name), `after step ${step}`);
    }
  });
});
