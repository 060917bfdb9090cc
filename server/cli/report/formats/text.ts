import { styleOf } from "../../terminal/style.ts";
import { hintLine, summaryLine } from "../summary.ts";
import { textReport } from "../text.ts";
import type { Look, Report } from "./report.ts";

/** For people: every finding with its place shown, and where to read on. */
export function findingsInText({ checked }: Report, look: Look): string {
  const style = styleOf(look);
  const hint = hintLine(checked);
  const files = checked.files.filter(({ findings }) => findings.length > 0);
  const told = files.map((file) => textReport(file, look.width, style)).join("");
  return hint === undefined ? told : `${told}${style.quiet(hint)}\n`;
}

export function summaryInText({ checked, notes }: Report): string {
  return [...notes, summaryLine(checked)].map((line) => `${line}\n`).join("");
}
