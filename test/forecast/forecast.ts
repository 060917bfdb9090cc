import { type Forecast, forecastOf } from "../../server/forecast/forecast.ts";
import type { Picture } from "../../server/forecast/picture.ts";
import { pictureOf } from "../../server/forecast/picture-of.ts";
import { type Question, usualQuestion } from "../../server/forecast/question.ts";
import { Stack } from "../../server/forecast/stack.ts";
import { trafficFrom } from "../../server/forecast/traffic.ts";
import { Catalogue } from "../../server/scenario/catalogue.ts";

export function forecastIn(files: Readonly<Record<string, string>>, asked: Partial<Question> = {}): Forecast {
  const stack = new Stack();
  stack.take(new Map(Object.entries(files)));
  const question = { ...usualQuestion, duration: 600, ...asked };
  const traffic = trafficFrom(question.traffic, "");
  if ("mistake" in traffic) throw new Error(traffic.mistake);
  const [path = ""] = Object.keys(files);
  const { workspace } = stack;
  const known = new Catalogue(stack.settingsOf(path));
  const forecast = forecastOf({ workspace, known, question, traffic, nameOf: (one) => one });
  if ("mistake" in forecast) throw new Error(forecast.mistake);
  return forecast;
}

export function pictureIn(files: Readonly<Record<string, string>>, asked: Partial<Question> = {}): Picture {
  return pictureOf(forecastIn(files, asked), (path) => `file:///${path}`);
}
