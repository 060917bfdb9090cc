import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { describe, test } from "node:test";
import type { StackObject } from "../../server/kinds/stack-object.ts";
import type { Document } from "../../server/text/document.ts";
import { filesBelow } from "../support/directory.ts";
import { type Files, lint, pipelineOf } from "../support/lint.ts";
import { differences, marksIn } from "../support/marks.ts";

/**
 * The shapes that guides to these stacks print, written anew: one folder a stack. What is wrong in them is marked at its
 * line (`# want rule/id "part of the message"`), and the first line of a file says what its documents are.
 */
const root = "test/corpus/documents";

for (const name of readdirSync(root).sort()) {
  const files = filesBelow(`${root}/${name}`);

  describe(name, () => {
    for (const [path, text] of Object.entries(files)) {
      const kinds = /^# kinds: (.+)$/m.exec(text)?.[1];
      test(`${path} is ${kinds ?? "marked with its kinds"}`, () => {
        assert.deepEqual(kindsIn(path, text), kinds?.split(", "));
      });

      test(`${path} alone has its own mistakes and no others`, () => {
        const alone = { [path]: text };
        const marks = marksIn(alone).filter(({ together }) => !together);
        assert.deepEqual(differences(lint(alone), marks), []);
      });
    }

    test("together they have the marked mistakes and no others", () => {
      assert.deepEqual(differences(lint(files), marksIn(files)), []);
    });

    test("and the same with Windows' ends of lines", () => {
      const windows: Files = Object.fromEntries(
        Object.entries(files).map(([path, text]) => [path, text.replaceAll("\n", "\r\n")]),
      );
      assert.deepEqual(differences(lint(windows), marksIn(files)), []);
    });
  });
}

/** What each document is, those inside of others behind them. */
function kindsIn(path: string, text: string): string[] {
  const { workspace } = pipelineOf({ [path]: text });
  const file = workspace.files.get(path);
  const kindsOf = (doc: Document): string[] => [
    ...workspace.objectsOf(doc).map(kindOf),
    ...doc.embedded.flatMap(kindsOf),
  ];
  return (file?.documents ?? []).flatMap((doc) => {
    const found = kindsOf(doc);
    return found.length === 0 && doc.root !== undefined ? ["nothing that is known"] : found;
  });
}

function kindOf({ kind, apiKind }: StackObject): string {
  return kind.id === "kubernetes-object" ? (apiKind ?? kind.title) : kind.title;
}
