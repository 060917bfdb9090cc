import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { describe, test } from "node:test";
import { readStdin } from "../../../server/cli/inputs/stdin.ts";
import { failure } from "../../disk/fault.ts";

describe("standard input", () => {
  test("is read to its end, letters across chunks included", async () => {
    const bytes = Buffer.from("a: 😀\n");
    const stdin = Readable.from([...bytes].map((byte) => Buffer.from([byte])));
    assert.deepEqual(await readStdin(stdin, bytes.length), { text: "a: 😀\n" });
  });

  test("may be empty", async () => assert.deepEqual(await readStdin(Readable.from([]), 10), { text: "" }));

  test("is decoded as files are", async () => {
    const utf16 = Buffer.from("\uFEFFa: 1", "utf16le");
    assert.deepEqual(await readStdin(Readable.from([utf16]), 100), { text: "\uFEFFa: 1" });
    assert.deepEqual(await readStdin(Readable.from([Buffer.from([0x61, 0xff])]), 100), {
      reason: "Line 1 is not valid UTF-8. Save the file as UTF-8.",
    });
  });

  test("without an end is left at the limit", async () => {
    async function* endless() {
      for (;;) yield Buffer.from("a: 1\n");
    }
    assert.deepEqual(await readStdin(endless(), 1000), {
      reason: "Larger than 1000 bytes, the most that is read of one file. Split it, or leave it out.",
    });
  });

  test("that fails is a reason", async () => {
    const stdin = new Readable({ read: () => stdin.destroy(failure("EIO")) });
    assert.deepEqual(await readStdin(stdin, 10), { reason: "The disk reported an error while this was being read." });
  });
});
