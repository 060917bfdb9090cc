import type { Forecast } from "../../../../server/editor/preview/messages.ts";
import type { Picture } from "../../../../server/forecast/picture.ts";
import { figuresOf, figureTitle, figureUnit, foremost } from "../figures.ts";
import { clock, latency, percent, span, tell } from "../words.ts";

/** A run, or what a change does, for a pull request. */
export function markdownOf({ picture, against }: Forecast): string {
  if (picture === undefined) return "";
  const blocks = [
    `### ${escaped(picture.model)}: ${picture.met ? "objectives met" : "objectives missed"}`,
    escaped(picture.sentence),
    `${escaped(picture.traffic)}, ${span(picture.duration)}, ${objectives(picture)}, ${picture.tier}, seed ${picture.seed}.`,
    against === undefined || against.difference === undefined
      ? figuresTable(picture)
      : against.difference === null
        ? `No difference from ${escaped(against.name)}.`
        : differenceTable(against.name, against.difference.figures),
    changesOf(picture),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function objectives({ slo }: Picture): string {
  const told = [
    ...(slo.ttft === null ? [] : [`TTFT ${latency(slo.ttft)}`]),
    ...(slo.itl === null ? [] : [`ITL ${latency(slo.itl)}`]),
  ];
  return told.length === 0 ? "no objectives" : `${percent(slo.target)} within ${told.join(" and ")}`;
}

function figuresTable(picture: Picture): string {
  const rows = figuresOf(picture)
    .filter(({ name }) => foremost.includes(name))
    .map(({ name, value }) => [figureTitle(name), tell(value, figureUnit(name))]);
  return table(["figure", "value"], rows);
}

function differenceTable(
  name: string,
  figures: readonly { readonly name: string; readonly before: number | null; readonly after: number | null }[],
): string {
  const rows = figures.map(({ name, before, after }) => {
    const unit = figureUnit(name);
    return [figureTitle(name), tell(before, unit), tell(after, unit)];
  });
  return rows.length === 0 ? "" : table(["figure", name, "here"], rows);
}

const most = 20;

function changesOf({ decisions }: Picture): string {
  const changes = decisions.filter(({ outcome, decision }) => outcome === "changed" && decision.controller !== "wva");
  const lines = changes.slice(0, most).map(({ at, sentence }) => `- ${clock(at)} ${escaped(sentence)}`);
  const rest = changes.length - lines.length;
  return [...lines, ...(rest > 0 ? [`- and ${rest} more`] : [])].join("\n");
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(" | ")} |`;
  return [
    line(heads),
    `| ${heads.map((_, index) => (index === 0 ? "---" : "---:")).join(" | ")} |`,
    ...rows.map(line),
  ].join("\n");
}

/** Text of a file says nothing to Markdown: no links, no images, no HTML, no mentions, no table's end. */
export function escaped(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]<>|~#!]/g, "\\$&")
    .replace(/@(?=\w)/g, "@\u200b")
    .replace(/&/g, "&amp;")
    .replace(/:\/\//g, ":\u200b//");
}
