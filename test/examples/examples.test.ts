import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path/posix";
import { describe, test } from "node:test";
import type { Finding } from "../../server/findings/finding.ts";
import { rules } from "../../server/rules/registry.ts";
import { applyEdits, cut, type Files, lint } from "../support/lint.ts";

const production = filesOf("examples/production");
const broken = filesOf("examples/broken");

/** What each finding of the broken set must cut out of its file. */
const offenders: Readonly<Record<string, string>> = {
  "autoscaler/target-missing": "qwen3-32b-decod",
  "autoscaler/two-on-one-target": "qwen3-32b-l40s",
  "hpa/scale-down-window": "600",
  "hpa/scale-up-window": "15",
  "hpa/unsupported-resource": "nvidia.com/gpu",
  "keda/metric-type-in-metadata": "metricType",
  "lmcache/disk-on-emptydir": "/var/cache/lmcache",
  "lmcache/memory-limit": "10Gi",
  "lmcache/nested-form": "storage",
  "security/tls-verification-off": '"true"',
  "wva/epp-thresholds": "0.9",
  "wva/metric-target": "Value",
  "wva/trigger-unreachable": "5",
};

describe("the production example", () => {
  test("has nothing wrong in it", () => {
    assert.deepEqual(lint(production).map(told), []);
  });

  test("has every manifest in a kustomization, and no kustomization names a file that is not there", () => {
    const named = kustomizationsOf(production).flatMap(({ directory, paths }) =>
      paths
        .map((path) => join(directory, path))
        .map((path) => (path in production ? path : `${path}/kustomization.yaml`)),
    );
    const own = ["headroom.config.yaml", ...kustomizationsOf(production).map(({ path }) => path)];
    assert.deepEqual([...new Set([...named, ...own])].sort(), Object.keys(production).sort());
  });
});

describe("the broken example", () => {
  const marks = marksOf(broken);

  test("plants each of the thirteen mistakes once", () => {
    assert.deepEqual(marks.map(({ rule }) => rule).sort(), Object.keys(offenders));
  });

  test("is found wrong below each mark, and nowhere else", () => {
    assert.deepEqual(lint(broken).map(placed).sort(), marks.map(placedMark).sort());
  });

  for (const { rule } of marks) {
    test(`${rule} points at ${offenders[rule]}`, () => {
      assert.deepEqual(
        found(broken, rule).map((finding) => cut(broken, finding)),
        [offenders[rule]],
      );
    });

    test(`the first fix of ${rule}, where it has one, mends it and nothing else`, () => {
      const fixable = rules.find(({ id }) => id === rule)?.fixable ?? false;
      const [fix] = found(broken, rule).flatMap(({ fixes }) => fixes);
      assert.equal(fix !== undefined, fixable !== false);
      if (fix === undefined) return;
      const others = lint(broken).filter((finding) => finding.rule !== rule);
      assert.deepEqual(lint(applyEdits(broken, fix.edits)).map(ruleOf).sort(), others.map(ruleOf).sort());
    });
  }

  test("with every first fix applied, what has no fix is all that is left", () => {
    const unfixable = lint(broken).filter(({ fixes }) => fixes.length === 0);
    let files = broken;
    for (let rounds = 0; rounds < marks.length; rounds++) {
      const fix = lint(files).find(({ fixes }) => fixes.length > 0)?.fixes[0];
      if (fix !== undefined) files = applyEdits(files, fix.edits);
    }
    assert.deepEqual(lint(files).map(ruleOf), unfixable.map(ruleOf));
  });
});

test("both examples in one workspace are judged as if each were alone", () => {
  const together = { ...under("production", production), ...under("broken", broken) };
  assert.deepEqual(lint(together).map(placed).sort(), marksOf(under("broken", broken)).map(placedMark).sort());
});

function filesOf(directory: string): Files {
  const paths = readdirSync(directory, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => statSync(join(directory, path)).isFile())
    .sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(directory, path), "utf8")]));
}

/** `# mistake: rule-id` speaks of the line below it. */
function marksOf(files: Files): { readonly rule: string; readonly file: string; readonly line: number }[] {
  return Object.entries(files).flatMap(([file, text]) =>
    text.split("\n").flatMap((content, index) => {
      const rule = /# mistake: (\S+)/.exec(content)?.[1];
      return rule === undefined ? [] : [{ rule, file, line: index + 1 }];
    }),
  );
}

function kustomizationsOf(files: Files): { path: string; directory: string; paths: readonly string[] }[] {
  return Object.entries(files).flatMap(([path, text]) => {
    if (!path.endsWith("kustomization.yaml")) return [];
    const paths = [...text.matchAll(/^ {2}- (?:path: )?([\w./-]+)$/gm)].map((item) => item[1] as string);
    return [{ path, directory: join(path, ".."), paths }];
  });
}

function under(directory: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${directory}/${path}`, text]));
}

function found(files: Files, rule: string): Finding[] {
  return lint(files).filter((finding) => finding.rule === rule);
}

function ruleOf({ rule }: Finding): string {
  return rule;
}

function placed({ rule, file, range }: Finding): string {
  return `${file}:${range.start.line} ${rule}`;
}

function placedMark({ rule, file, line }: { rule: string; file: string; line: number }): string {
  return `${file}:${line} ${rule}`;
}

function told(finding: Finding): string {
  return `${placed(finding)} ${finding.message}`;
}
