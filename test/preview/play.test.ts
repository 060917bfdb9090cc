import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Asking } from "../../client/preview/page/asking.ts";
import { drawnOf, snapped, snappedWindow, spread, stepOf, writtenOf } from "../../client/preview/page/charts/drag.ts";
import {
  clusterFields,
  named,
  runFields,
  sliderStep,
  sloFields,
  trafficFields,
  valueAt,
} from "../../client/preview/page/play/fields.ts";
import { remedyOf, withoutFlags } from "../../client/preview/page/remedy.ts";
import { type Question, usualQuestion } from "../../server/forecast/question.ts";

describe("a dragged threshold", () => {
  const spare = { written: { offset: 1, factor: -1 } };

  it("is written as the file has it: a spare share falls as the line of what is used rises", () => {
    assert.equal(snapped(writtenOf(spare, 0.85), 0.01), 0.15);
    assert.equal(snapped(writtenOf({ written: { offset: 0, factor: 100 } }, 0.85), 1), 85);
  });

  it("is drawn where it was written", () => {
    fc.assert(
      fc.property(fc.double({ min: -10, max: 10, noNaN: true }), fc.constantFrom(-1, 1, 100), (offset, factor) => {
        const threshold = { written: { offset, factor } };
        assert.ok(Math.abs(drawnOf(threshold, writtenOf(threshold, 0.4)) - 0.4) < 1e-9);
      }),
    );
  });

  it("goes by steps that people write", () => {
    assert.deepEqual([stepOf(1, false), stepOf(-1, false), stepOf(2000, true), stepOf(40, true)], [0.01, 0.01, 20, 1]);
    assert.equal(snapped(0.7983, 0.01), 0.8);
  });
});

describe("a dragged window", () => {
  it("goes by five seconds, later by minutes, and stays within what Kubernetes takes", () => {
    assert.deepEqual([snappedWindow(43), snappedWindow(43, true), snappedWindow(1000)], [45, 43, 1020]);
    assert.deepEqual([snappedWindow(-20), snappedWindow(9000)], [0, 3600]);
  });
});

describe("labels", () => {
  it("move down from each other, and up again from the floor", () => {
    assert.deepEqual(spread([10, 12, 60], 15, 100), [10, 25, 60]);
    assert.deepEqual(spread([90, 88], 15, 100), [85, 70]);
    assert.deepEqual(spread([], 15, 100), []);
  });

  it("never meet where there is room for all of them", () => {
    const tops = fc.array(fc.integer({ min: -20, max: 120 }), { maxLength: 6 });
    fc.assert(
      fc.property(tops, (some) => {
        const placed = spread(some, 15, 100).sort((a, b) => a - b);
        for (const [index, top] of placed.entries()) {
          assert.ok(top >= 0 && top <= 85);
          if (index > 0) assert.ok(top - (placed[index - 1] as number) >= 15);
        }
      }),
    );
  });
});

describe("answers", () => {
  const asked = (rate: number): Question => ({ ...usualQuestion, traffic: { name: "steady", rate } });

  it("to an older question than is shown are dropped, and others are shown", () => {
    const asking = new Asking();
    for (const rate of [1, 2, 3]) asking.ask(asked(rate), undefined);
    assert.equal(asking.isWaiting, true);
    assert.equal(asking.isNews(asked(2), undefined), true);
    assert.equal(asking.isNews(asked(1), undefined), false);
    assert.equal(asking.isNews(asked(3), undefined), true);
    assert.equal(asking.isWaiting, false);
    assert.equal(asking.isNews(asked(2), undefined), false);
  });

  it("that nobody asked for here are the host's news", () => {
    const asking = new Asking();
    asking.ask(asked(1), undefined);
    assert.equal(asking.isNews(asked(9), undefined), true);
    assert.equal(asking.isNews(asked(1), { kind: "saved" }), true);
  });

  it("are known again however their keys are ordered, and after hundreds of others", () => {
    const asking = new Asking();
    for (let rate = 0; rate < 600; rate++) asking.ask(asked(rate), undefined);
    const { traffic, ...rest } = asked(599);
    assert.equal(asking.isNews({ traffic, ...rest }, undefined), true);
    assert.equal(asking.isNews(asked(598), undefined), false);
  });
});

describe("what can be played with", () => {
  const fields = [...trafficFields, ...runFields, ...clusterFields, ...sloFields];

  it("is read as it was written", () => {
    for (const field of fields) assert.equal(field.read(field.write(usualQuestion, 50)), 50, field.id);
  });

  it("is no key at all when the files are to say it again", () => {
    for (const field of [...trafficFields, ...clusterFields]) {
      assert.deepEqual(field.write(field.write(usualQuestion, 3), undefined), usualQuestion, field.id);
    }
    assert.deepEqual(named(named(usualQuestion, "gpu", " H100 "), "gpu", " "), usualQuestion);
  });

  it("stays where a slider put it", () => {
    for (const field of fields)
      for (const step of [0, 250, 500, 1000]) {
        const value = valueAt(field, step);
        assert.ok(value >= field.least && value <= field.most, `${field.id} ${value}`);
        const again = valueAt(field, sliderStep(field, value));
        assert.ok(Math.abs(again - value) <= Math.max(field.step, value * 0.06), `${field.id} ${value} ${again}`);
      }
  });

  it("is a time in seconds and a share in the question", () => {
    const [ttft, itl, target] = sloFields;
    assert.equal(itl?.write(usualQuestion, 80).slo.itl, 0.08);
    assert.equal(target?.write(usualQuestion, 99).slo.target, 0.99);
    assert.deepEqual(ttft?.write(usualQuestion, undefined).slo, { itl: 0.1, target: 0.95 });
    assert.equal(runFields[0]?.write(usualQuestion, 90).duration, 5400);
  });
});

describe("a forecast that cannot be made", () => {
  const field = (mistake: string) => remedyOf(mistake).field;

  it("is told without what is typed on a command line", () => {
    assert.equal(
      withoutFlags('Deployment "a": The model "x" is not known. Name a known one with --model.'),
      'Deployment "a": The model "x" is not known.',
    );
    assert.equal(withoutFlags("vLLM does not start on L4. headroom capacity tells why."), "vLLM does not start on L4.");
    assert.equal(withoutFlags("Add --gpu GPU."), "Add --gpu GPU.");
    assert.equal(
      withoutFlags("No vLLM server stands here. Open another file."),
      "No vLLM server stands here. Open another file.",
    );
  });

  it("has a way out", () => {
    assert.equal(remedyOf("No vLLM server stands in these files.").title, "No model server here");
    assert.equal(
      remedyOf('HPA "a": maxReplicas is missing or filled in later.').title,
      "A template is not filled in yet",
    );
    assert.equal(field('Deployment "a": The model "x" is not known. Name a known one with --model.'), "model");
    assert.equal(
      field('Deployment "a": nothing says which GPU its node has. Add --gpu GPU, or a nodeSelector.'),
      "gpu",
    );
    assert.equal(field("2 models are served here. Say which with --target NAME: a, b."), "target");
    assert.equal(field("--exact takes up to 2000000 requests. Shorten --duration, or leave --exact out."), "exact");
    assert.equal(field('There is no traffic "x". It may be steady.'), "traffic");
    assert.equal(field('Deployment "a": vLLM does not start on L4.'), "gpu");
    assert.equal(remedyOf("maxReplicas 2 is below minReplicas 3.").title, "No forecast");
  });
});
