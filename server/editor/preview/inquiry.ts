import { differenceIn } from "../../forecast/difference.ts";
import { type Forecast as Forecasted, forecastOf } from "../../forecast/forecast.ts";
import { pictureOf } from "../../forecast/picture-of.ts";
import type { Question } from "../../forecast/question.ts";
import { Stack, type Texts } from "../../forecast/stack.ts";
import { type ReadTraffic, trafficFrom } from "../../forecast/traffic.ts";
import { Catalogue, type ConfigFiles } from "../../scenario/catalogue.ts";
import type { Found } from "../../scenario/found.ts";
import { uriBelow } from "../uris.ts";
import type { Compared, Forecast } from "./messages.ts";

/** A question with everything that answers it. Plain data: an exact one crosses to another thread. */
export interface Inquiry {
  readonly question: Question;
  /** Of the file of the traffic; empty for a preset. */
  readonly trafficText: string;
  readonly files: Files;
  readonly against?: { readonly name: string; readonly files: Found<Files> };
}

/** The files of one stack. */
export interface Files {
  /** Of the file that is asked about. */
  readonly path: string;
  readonly texts: Texts;
  /** A URI; the paths are below it. */
  readonly base: string;
  readonly configs: ConfigFiles;
}

/** Room for two stacks, kept from one question to the next. */
export interface Desk {
  readonly own: Stack;
  readonly other: Stack;
}

export function newDesk(): Desk {
  return { own: new Stack(), other: new Stack() };
}

/** More columns than this are no wider on a screen. */
const mostColumns = 1500;

export function answered({ question, trafficText, files, against }: Inquiry, desk: Desk): Forecast {
  const { own, other } = desk;
  own.take(files.texts);
  const pathOf = (path: string) => uriBelow(files.base, path);
  const about = { targets: own.targets(), files: [...files.texts.keys()].map(pathOf) };
  const traffic = trafficFrom(question.traffic, trafficText);
  if ("mistake" in traffic) return { ...about, mistake: traffic.mistake };
  const after = forecasted(own, files, question, traffic);
  const compared =
    against === undefined ? {} : { against: comparedWith(against, { after, question, traffic, stack: other }) };
  if ("mistake" in after) return { ...about, mistake: after.mistake, ...compared };
  return { ...about, picture: pictureOf(after, pathOf), ...compared };
}

interface Comparison {
  readonly after: Found<Forecasted>;
  readonly question: Question;
  readonly traffic: ReadTraffic;
  readonly stack: Stack;
}

function comparedWith(
  { name, files }: NonNullable<Inquiry["against"]>,
  { after, question, traffic, stack }: Comparison,
): Compared {
  if ("mistake" in files) return { name, mistake: files.mistake };
  stack.take(files.texts);
  const before = forecasted(stack, files, question, traffic);
  if ("mistake" in before) return { name, mistake: before.mistake };
  const picture = pictureOf(before, (path) => uriBelow(files.base, path));
  return "mistake" in after ? { name, picture } : { name, picture, difference: differenceIn(before, after) };
}

function forecasted(stack: Stack, { path, configs }: Files, question: Question, traffic: ReadTraffic) {
  const known = new Catalogue(stack.settingsOf(path), configs);
  const target = question.target ?? stack.targetOf(path);
  const asked = target === undefined ? question : { ...question, target };
  const { workspace } = stack;
  return forecastOf({ workspace, known, question: asked, traffic, nameOf: (one) => one, mostColumns });
}
