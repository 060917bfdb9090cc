import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DOMParser, type Element } from "@xmldom/xmldom";
import { checkstyleReport } from "../../../server/cli/report/formats/checkstyle.ts";
import { junitReport } from "../../../server/cli/report/formats/junit.ts";
import { fileOf, hostile, ordinary, range, reportOf } from "./hostile.ts";

/** Any complaint of the parser is a failure. */
function root(xml: string): Element {
  const parser = new DOMParser({
    onError: (level, message) => assert.fail(`${level}: ${message}`),
  });
  const { documentElement } = parser.parseFromString(xml, "text/xml");
  assert.ok(documentElement);
  return documentElement;
}

function all(element: Element, name: string): Element[] {
  return [...element.getElementsByTagName(name)];
}

function attributes(element: Element | undefined): Record<string, string> {
  return Object.fromEntries([...(element?.attributes ?? [])].map(({ name, value }) => [name, value]));
}

const hint = { ...ordinary, severity: "info", range: range(0, 2, 3) } as const;
const problem = { path: "gone.yaml", reason: "No such file or directory." };
const report = reportOf([fileOf("base/a.yaml", [ordinary, hint]), fileOf("b.yaml", []), fileOf("c", [hostile])], {
  problems: [problem],
});

describe("Checkstyle's XML", () => {
  const document = root(checkstyleReport(report));

  it("has a file for each that was checked and for what could not be", () => {
    assert.equal(document.tagName, "checkstyle");
    assert.deepEqual(
      all(document, "file").map((file) => [file.getAttribute("name"), all(file, "error").length]),
      [
        ["base/a.yaml", 2],
        ["b.yaml", 0],
        ["c", 1],
        ["gone.yaml", 1],
      ],
    );
  });

  it("says where, how bad, what and by which rule", () => {
    assert.deepEqual(attributes(all(document, "error")[0]), {
      line: "3",
      column: "1",
      severity: "error",
      message: 'The key "kind" stands twice.',
      source: "yaml/duplicate-key",
    });
  });

  it("shows what XML cannot hold", () => {
    const message = all(document, "error")[2]?.getAttribute("message") ?? "";
    assert.match(message, /^100% ::error file=x::pwned, a:b,c␍␊\]\]> <b>&amp;<\/b> "q" 'q' /);
    assert.match(message, / ␛\[31m ␀ <U\+D800> <U\+FFFE> <U\+202E> www\.x\.y$/);
  });
});

describe("JUnit's XML", () => {
  const document = root(junitReport(report));
  const suites = all(document, "testsuite");

  it("has a suite for each file and counts that are those of its cases", () => {
    assert.deepEqual(
      suites.map((suite) => suite.getAttribute("name")),
      ["base/a.yaml", "b.yaml", "c", "gone.yaml"],
    );
    for (const suite of [...suites, document]) {
      const { tests, failures, errors, skipped } = attributes(suite);
      const counted = ["testcase", "failure", "error", "skipped"].map((name) => String(all(suite, name).length));
      assert.deepEqual([tests, failures, errors, skipped], counted);
    }
    assert.deepEqual(attributes(document), {
      name: "headroom",
      tests: "5",
      failures: "2",
      errors: "1",
      skipped: "1",
      time: "0",
    });
  });

  it("has a passing case for a clean file, so that it is seen to have been checked", () => {
    const [clean] = all(suites[1] as Element, "testcase");
    assert.deepEqual(
      [clean?.getAttribute("name"), clean?.getAttribute("classname"), clean?.childNodes.length],
      ["no problems", "b.yaml", 0],
    );
  });

  it("tells a failure by its message, its severity and its place", () => {
    const [failure] = all(document, "failure");
    assert.deepEqual(attributes(failure), { message: 'The key "kind" stands twice.', type: "error" });
    assert.equal(
      failure?.textContent,
      'base/a.yaml:3:1: error: The key "kind" stands twice.\nhttps://example.com/yaml/duplicate-key.md',
    );
  });

  it("fails by what makes the run fail", () => {
    const failures = (failsFrom: "error" | "warning" | "info") =>
      all(root(junitReport({ ...report, failsFrom })), "failure").length;
    assert.deepEqual([failures("error"), failures("warning"), failures("info")], [2, 2, 3]);
  });
});
