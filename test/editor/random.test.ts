import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Diagnostic } from "vscode-languageserver-protocol/node";
import { Client } from "./support/client.ts";
import { DiskFolder } from "./support/folder.ts";
import { deployment, hpa } from "./support/manifests.ts";

const names = ["hpa.yaml", "deployment.yaml", "headroom.config.yaml", "map.yaml"] as const;

const first: Record<(typeof names)[number], string> = {
  "hpa.yaml": hpa(180),
  "deployment.yaml": deployment(300),
  "headroom.config.yaml": "rules:\n  hpa/scale-up-window: error\n",
  "map.yaml":
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: lmcache\ndata:\n  lmcache.yaml: |\n    chunk_size: 256\n    chunk_size: 512\n",
};

const pieces = [
  "",
  " ",
  "\n",
  "\r\n",
  "---\n",
  "  ",
  "#",
  "- ",
  ": ",
  "{",
  "]",
  '"',
  "|\n",
  "llama",
  "off",
  "300",
  "{{ x }}",
  "\u{1f600}",
];

const step = fc.record({
  name: fc.constantFrom(...names),
  line: fc.nat(30),
  character: fc.nat(45),
  lines: fc.nat(3),
  characters: fc.nat(45),
  text: fc.constantFrom(...pieces, ...Object.values(first)),
  also: fc.constantFrom("edit", "edit", "edit", "close and open", "save"),
});

/** What is said of the files, in a form that can be compared: the places of edits are those of the folder. */
function toldIn(folder: DiskFolder, diagnostics: readonly Diagnostic[]): string {
  return JSON.stringify(diagnostics).replaceAll(folder.uri(), "").replaceAll(folder.directory, "");
}

describe("any sequence of edits ends in what opening its result says", { timeout: 300_000 }, () => {
  test("40 sequences of 1 to 12 edits", async () => {
    const capabilities = { textDocument: { diagnostic: {} } };
    const pull = async (client: Client, folder: DiskFolder) => {
      const told: Record<string, string> = {};
      for (const name of names) {
        const textDocument = { uri: folder.uri(name) };
        const report = await client.ask<{ items: Diagnostic[] }>("textDocument/diagnostic", { textDocument });
        told[name] = toldIn(folder, report.items);
      }
      return told;
    };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const folder = new DiskFolder(first);
        const client = await Client.start({ folders: [folder.uri()], capabilities });
        for (const name of names) await client.open(folder.uri(name), first[name]);
        for (const { name, line, character, lines, characters, text, also } of steps) {
          const uri = folder.uri(name);
          const end = { line: line + lines, character: (lines === 0 ? character : 0) + characters };
          await client.edit(uri, { start: { line, character }, end }, text);
          if (also === "edit") continue;
          const { text: now } = client.texts.get(uri) ?? { text: "" };
          folder.write(name, now);
          await client.changedOnDisk({ uri, type: 2 });
          if (also === "save") continue;
          await client.close(uri);
          await client.open(uri, now);
        }
        const typed = await pull(client, folder);
        const fresh = await Client.start({ folders: [folder.uri()], capabilities });
        for (const name of names) {
          await fresh.open(folder.uri(name), client.texts.get(folder.uri(name))?.text ?? "");
        }
        assert.deepEqual(typed, await pull(fresh, folder));
        await Promise.all([client.stop(), fresh.stop()]);
        folder.delete();
      }),
      { seed: 20261121, numRuns: 40 },
    );
  });
});
