import { shardOf } from "../../shard/shard.ts";
import { jsonReport } from "../json.ts";
import { checkstyleReport } from "./checkstyle.ts";
import { githubReport } from "./github.ts";
import { gitlabReport } from "./gitlab.ts";
import { junitReport } from "./junit.ts";
import { markdownReport } from "./markdown.ts";
import type { FormatName } from "./names.ts";
import type { Look, Report } from "./report.ts";
import { sarifReport } from "./sarif.ts";
import { findingsInText, summaryInText } from "./text.ts";

/** A report as a whole, in one of the formats. */
export const written: Readonly<Record<FormatName, (report: Report, look: Look) => string>> = {
  text: (report, look) => findingsInText(report, look) + summaryInText(report),
  json: ({ checked, part }) => jsonReport(checked, part === undefined ? {} : { shard: shardOf(checked, part) }),
  sarif: sarifReport,
  junit: junitReport,
  github: githubReport,
  gitlab: gitlabReport,
  checkstyle: checkstyleReport,
  markdown: markdownReport,
};
