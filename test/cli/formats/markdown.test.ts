import assert from "node:assert/strict";
import { describe, it } from "node:test";
import MarkdownIt from "markdown-it";
import { markdownReport } from "../../../server/cli/report/formats/markdown.ts";
import { fileOf, hostile, ordinary, reportOf } from "./hostile.ts";

const parser = new MarkdownIt({ html: true, linkify: true });

/** The text of each cell, and everything in it that is more than text. */
function cells(markdown: string): { text: string; marks: string[] }[] {
  const tokens = parser.parse(markdown, {});
  return tokens.flatMap((token, index) => {
    if (token.type !== "td_open") return [];
    const children = tokens[index + 1]?.children ?? [];
    const told = children.filter(({ type }) => type === "text" || type === "text_special");
    return [
      {
        text: told.map(({ content }) => content).join(""),
        marks: children.flatMap(({ type, content }) =>
          type === "text" || type === "text_special" ? [] : [content || type],
        ),
      },
    ];
  });
}

describe("Markdown for a pull request", () => {
  it("has the summary, and a row for each finding with a link to its rule", () => {
    const report = reportOf([fileOf("base/a.yaml", [{ ...ordinary, severity: "info" }, ordinary])]);
    const markdown = markdownReport(report);
    assert.match(markdown, /^\*\*Headroom\*\*: 1 file, 1 document: 1 error, 1 info\n\n/);
    const rows = cells(markdown);
    assert.deepEqual(
      rows.map(({ text }) => text),
      [
        "error",
        "base/a.yaml:3yaml/duplicate-key",
        'The key "kind" stands twice.Fix: Delete it',
        "info",
        "base/a.yaml:3yaml/duplicate-key",
        'The key "kind" stands twice.Fix: Delete it',
      ],
    );
    assert.deepEqual(rows[1]?.marks, ["<br>", "link_open", "link_close"]);
  });

  it("is text where documents speak: no mark-up, no link, nobody called", () => {
    const [, place, message] = cells(markdownReport(reportOf([fileOf("x", [hostile])])));
    const calls = (marks: readonly string[] = []) => marks.filter((mark) => mark === "<!-- -->").length;
    // In the name "#%" is nothing to GitHub; in the message and in the title of the fix there are one "@" and one "#".
    assert.deepEqual(place?.marks, ["<br>", "link_open", "link_close"]);
    assert.deepEqual([calls(message?.marks), message?.marks.length], [4, 5]);
    assert.match(
      message?.text ?? "",
      /^100% ::error file=x::pwned, a:b,c␍␊\]\]> <b>&amp;<\/b> "q" 'q' \| `c` \*e\* \[l\]\(http:\/\/x\) @team #12 ␛/,
    );
  });

  it("stays below what a comment may have, and says how much is left out", () => {
    const markdown = markdownReport(
      reportOf([
        fileOf(
          "x",
          Array.from({ length: 5000 }, () => hostile),
        ),
      ]),
    );
    assert.ok(markdown.length < 60_000, String(markdown.length));
    const rows = cells(markdown).length / 3;
    assert.match(markdown, new RegExp(`\n… and ${(5000 - rows).toLocaleString("en")} more findings\\.\n`));
  });

  it("tells what could not be checked", () => {
    const markdown = markdownReport(reportOf([], { problems: [{ path: "a_b_.yaml", reason: "No *such* file." }] }));
    const html = parser.render(markdown);
    assert.match(html, /<li>Not checked: a_b_\.yaml: No \*such\* file\.<\/li>/);
  });
});
