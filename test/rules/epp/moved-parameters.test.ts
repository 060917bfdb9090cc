import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Files } from "../../support/lint.ts";
import { epp, mended, messages, running, said } from "./support.ts";

const rule = "schema/other-version";
const on = (text: string, router = "0.10"): Files => ({ "epp.yaml": epp(text), ...running(router) });
const scorer = (parameters: string, more = "") => `plugins:
- type: queue-scorer
- type: prefix-cache-scorer
  parameters:
${parameters.replace(/^/gm, "    ")}
- type: max-score-picker
${more}`;
const plain = `plugins:
- type: queue-scorer
- type: prefix-cache-scorer
- type: max-score-picker
`;
const producer = (parameters: string) =>
  `- type: approx-prefix-cache-producer\n  parameters:\n${parameters.replace(/^/gm, "    ")}\n`;

describe("what the prefix scorer was told up to router 0.7", () => {
  const table: [title: string, before: string, fix: string, after: string][] = [
    [
      "becomes tokens at the producer, with the comments of what stays",
      scorer("hashBlockSize: 64 # characters\nmaxPrefixBlocksToMatch: 256 # 4k\nlruCapacityPerServer: 31250"),
      "Move hashBlockSize, maxPrefixBlocksToMatch, lruCapacityPerServer to approx-prefix-cache-producer",
      plain + producer("maxPrefixTokensToMatch: 4096 # 4k\nlruCapacityPerServer: 31250"),
    ],
    [
      "keeps a block that the producer would not raise",
      scorer("blockSizeTokens: 128\nautoTune: false\nmaxPrefixBlocksToMatch: 10"),
      "Move blockSizeTokens, autoTune, maxPrefixBlocksToMatch to approx-prefix-cache-producer",
      plain + producer("blockSizeTokens: 128\nautoTune: false\nmaxPrefixTokensToMatch: 1280"),
    ],
    ["goes where it had no effect", scorer("hashBlockSize: 5"), "Delete hashBlockSize", plain],
    [
      "leaves the parameters that the scorer has still",
      scorer("blockSize: 64\nmatchLengthWeight: 0.5\nlruCapacityPerServer: 100"),
      "Move blockSize, lruCapacityPerServer to approx-prefix-cache-producer",
      scorer("matchLengthWeight: 0.5", producer("lruCapacityPerServer: 100").trimEnd()),
    ],
    [
      "joins a producer that is there, whose own word stays",
      scorer("maxPrefixBlocksToMatch: 8\nlruCapacityPerServer: 100", producer("lruCapacityPerServer: 200")),
      "Move maxPrefixBlocksToMatch, lruCapacityPerServer to approx-prefix-cache-producer",
      plain + producer("lruCapacityPerServer: 200\nmaxPrefixTokensToMatch: 128"),
    ],
  ];
  for (const [title, before, fix, after] of table)
    test(title, () => assert.equal(mended(rule, on(before), fix)["epp.yaml"], epp(after)));

  test("is told with the place that has it now", () => {
    assert.deepEqual(messages(rule, on(scorer("lruCapacityPerServer: 100"), "0.8")), [
      'EndpointPickerConfig: the router 0.8 no longer knows "lruCapacityPerServer" in plugins[1].parameters; it existed up to 0.7. Moved to the approx-prefix-cache-producer in router 0.8: write it there.',
    ]);
  });

  const left: [title: string, files: Files][] = [
    ["in a router that reads another name of it there", on(scorer("hashBlockSize: 64"), "0.5")],
    [
      "where a producer of another name is read",
      on(scorer("lruCapacityPerServer: 9\nprefixMatchInfoProducerName: own")),
    ],
    ["where a comment of its own line would be lost", on(scorer("# measured\nlruCapacityPerServer: 9"))],
    ["where an alias brings it", on(`x: &n 9\n${scorer("lruCapacityPerServer: *n")}`)],
    ["in a list on one line", on("plugins: [{type: prefix-cache-scorer, parameters: {lruCapacityPerServer: 9}}]")],
  ];
  for (const [title, files] of left)
    test(`is left to its author ${title}`, () => {
      assert.notDeepEqual(said(rule, files), []);
      assert.throws(() => mended(rule, files, "any"), /there is no fix/);
    });
});
