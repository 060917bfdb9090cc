import assert from "node:assert/strict";
import { simulatedInText } from "../../server/cli/simulate/text.ts";
import type { Stream } from "../../server/engine/random/stream.ts";
import { stream } from "../../server/engine/random/stream.ts";
import { forecastOf } from "../../server/forecast/forecast.ts";
import { pictureOf } from "../../server/forecast/picture-of.ts";
import { type Question, usualQuestion } from "../../server/forecast/question.ts";
import { Stack } from "../../server/forecast/stack.ts";
import { trafficFrom } from "../../server/forecast/traffic.ts";
import { Catalogue } from "../../server/scenario/catalogue.ts";
import { filesBelow } from "../support/directory.ts";
import { mutated } from "./mutate.ts";
import { isPlain, keepsPromises } from "./run-promises.ts";

const whole = Object.entries(filesBelow("examples/production")).filter(([path]) => path.endsWith(".yaml"));

/** Whatever becomes of a stack's files and is asked of them: a sentence that says why not, or a sound run that can be told. */
export function forecastsKeepPromises(seed: number): void {
  const random = stream(seed, "forecast");
  const files = new Map(whole);
  const [path, text] = whole[random.below(whole.length)] as (typeof whole)[number];
  const [, other] = whole[random.below(whole.length)] as (typeof whole)[number];
  files.set(path, mutated(text, random, other));
  const stack = new Stack();
  stack.take(files);
  const question = anyQuestion(random);
  const traffic = trafficFrom(question.traffic, "");
  if ("mistake" in traffic) throw new Error(traffic.mistake);
  const known = new Catalogue(stack.settingsOf(path));
  const forecast = forecastOf({ workspace: stack.workspace, known, question, traffic, nameOf: (one) => one });
  if ("mistake" in forecast) {
    isPlain(forecast.mistake);
    return;
  }
  keepsPromises(forecast.run, forecast.read.scenario);
  const told = simulatedInText(forecast, 100);
  assert.doesNotMatch(told, /undefined|NaN|\[object |\$-/, told);
  assert.ok(JSON.stringify(pictureOf(forecast, (one) => one)).length > 0);
}

function anyQuestion(random: Stream): Question {
  const pick = <T>(...of: readonly T[]): T => of[random.below(of.length)] as T;
  return {
    ...usualQuestion,
    target: pick("qwen3-32b-decode", "qwen3-32b-batch"),
    traffic: { name: pick("steady", "spike", "agents", "office-hours", "reasoning"), rate: pick(0, 0.1, 4, 30) },
    duration: pick(60, 600, 3600),
    seed: random.below(1000),
    exact: random.below(4) === 0,
    instead: { ...pick({}, { replicas: 0 }, { replicas: 3 }), ...pick({}, { startTime: 30 }, { nodeTime: 60 }) },
  };
}
