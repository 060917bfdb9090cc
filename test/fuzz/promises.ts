import assert from "node:assert/strict";
import type { Finding } from "../../server/findings/finding.ts";
import { fixAll } from "../../server/findings/fix-all.ts";
import { kinds } from "../../server/kinds/registry.ts";
import { Pipeline } from "../../server/pipeline.ts";
import { rules } from "../../server/rules/registry.ts";
import { Lines } from "../../server/text/lines.ts";
import { applyEdits } from "../support/lint.ts";

const path = "fuzzed.yaml";

/** A pipeline in which one file is written anew again and again, as in an editor. */
export class Fuzzed {
  #pipeline = new Pipeline(kinds, rules);

  /** What has to hold whatever a file says. Throws where it does not. */
  keepsPromises(text: string): void {
    const findings = this.#findingsOf(text);
    assert.deepEqual(findings, freshFindingsOf(text), "an edit finds what a first reading finds");
    for (const finding of findings) staysInside(finding, text);
    assert.deepEqual(findings.filter(isAlone), findings.filter(isAlone).toSorted(inReadingOrder), "reading order");
    for (const finding of findings.slice(0, 8)) fixesApply(finding, text);
    const judge = (other: string) => {
      const found = this.#findingsOf(other);
      const file = this.#pipeline.workspace.files.get(path);
      assert.ok(file);
      return { file, findings: found };
    };
    const fixed = fixAll(text, judge);
    assert.equal(fixAll(fixed, judge), fixed, "what is fixed stays as it is");
  }

  #findingsOf(text: string): Finding[] {
    const pipeline = this.#pipeline;
    pipeline.update(path, text);
    pipeline.refresh();
    throwFirst(pipeline);
    return pipeline.findingsOf(path);
  }
}

function freshFindingsOf(text: string): Finding[] {
  const pipeline = new Pipeline(kinds, rules);
  pipeline.update(path, text);
  pipeline.refresh();
  throwFirst(pipeline);
  return pipeline.findingsOf(path);
}

function throwFirst({ failures }: Pipeline): void {
  const [failure] = failures.splice(0);
  if (failure !== undefined) throw failure.error;
}

function staysInside({ range, related, message, rule }: Finding, text: string): void {
  assert.ok(message.length > 0 && message.length < 2000, `${rule} says ${message.length} characters`);
  assert.doesNotMatch(message, /undefined|NaN|\[object |\{\w+\}$/, `${rule}: ${message}`);
  const lines = new Lines(text);
  for (const place of [range, ...related.map((one) => one.range)]) {
    const [start, end] = [lines.offsetAt(place.start), lines.offsetAt(place.end)];
    assert.ok(start <= end && end <= text.length, `${rule} stands outside of the file`);
    assert.deepEqual(lines.positionAt(start), place.start, `${rule} begins where no character is`);
    assert.deepEqual(lines.positionAt(end), place.end, `${rule} ends where no character is`);
  }
}

function fixesApply({ fixes, rule }: Finding, text: string): void {
  for (const { edits, safe } of fixes) {
    const next = applyEdits({ [path]: text }, edits)[path] ?? "";
    if (!safe) continue;
    assert.ok(
      freshFindingsOf(next).every((finding) => finding.rule !== "yaml/syntax") ||
        freshFindingsOf(text).some((finding) => finding.rule === "yaml/syntax"),
      `the safe fix of ${rule} breaks the syntax`,
    );
  }
}

function isAlone({ file }: Finding): boolean {
  return file === path;
}

function inReadingOrder(a: Finding, b: Finding): number {
  return a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character;
}
