import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { readText } from "../../server/disk/read.ts";
import { failure, fault } from "./fault.ts";
import { scratch } from "./scratch.ts";

const limit = 1024 * 1024;

async function textOf(t: TestContext, content: string | Uint8Array, most = limit) {
  return readText(join(await scratch(t, { "a.yaml": content }), "a.yaml"), most);
}

describe("the text of a file", () => {
  test("in UTF-8, with or without its mark, which stays", async (t) => {
    assert.deepEqual(await textOf(t, "ä: 😀\r\n"), { text: "ä: 😀\r\n" });
    assert.deepEqual(await textOf(t, "\uFEFFa: 1"), { text: "\uFEFFa: 1" });
    assert.deepEqual(await textOf(t, ""), { text: "" });
    assert.deepEqual(await textOf(t, "a: \uFFFD"), { text: "a: \uFFFD" });
  });

  test("in UTF-16 by its mark, which stays", async (t) => {
    const little = Buffer.from("\uFEFFä: 😀", "utf16le");
    assert.deepEqual(await textOf(t, little), { text: "\uFEFFä: 😀" });
    assert.deepEqual(await textOf(t, Buffer.from(little).swap16()), { text: "\uFEFFä: 😀" });
    assert.deepEqual(await textOf(t, Buffer.from([0xff, 0xfe])), { text: "\uFEFF" });
  });

  test("of which the system does not know the size", { skip: !existsSync("/proc/version") && "no /proc" }, async () => {
    const read = await readText("/proc/version", limit);
    assert.match("text" in read ? read.text : "", /^Linux version /);
    assert.deepEqual(await readText("/proc/version", 4), {
      reason: "Larger than 4 bytes, the most that is read of one file. Split it, or leave it out.",
    });
  });
});

describe("a file is not read", () => {
  const broken: [what: string, content: Uint8Array, reason: string][] = [
    [
      "of invalid UTF-8",
      Buffer.from("a: 1\nb: \xe4\n", "latin1"),
      "Line 2 is not valid UTF-8. Save the file as UTF-8.",
    ],
    ["cut in the middle of a letter", Buffer.from([0x61, 0xc3]), "Line 1 is not valid UTF-8. Save the file as UTF-8."],
    [
      "with NUL bytes",
      Buffer.from("a: 1\nb: \0\n"),
      "There is a NUL byte in line 2: this is not a text file, or it is UTF-16 without a byte order mark.",
    ],
    [
      "of UTF-16 with half a letter",
      Buffer.from([0xff, 0xfe, 0x00, 0xd8]),
      "It begins as UTF-16 and is not valid UTF-16. Save it as UTF-8.",
    ],
    [
      "of UTF-16 with an odd number of bytes",
      Buffer.from([0xfe, 0xff, 0x00]),
      "It begins as UTF-16 and is not valid UTF-16. Save it as UTF-8.",
    ],
    [
      "of UTF-16 with NUL characters",
      Buffer.from("\uFEFFa\0", "utf16le"),
      "There is a NUL character in it: this is not a text file.",
    ],
    ["of UTF-32", Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), "This is UTF-32. Save it as UTF-8."],
  ];
  for (const [what, content, reason] of broken) {
    test(what, async (t) => assert.deepEqual(await textOf(t, content), { reason }));
  }

  test("past the limit", async (t) => {
    assert.deepEqual(await textOf(t, "12345", 5), { text: "12345" });
    assert.deepEqual(await textOf(t, "123456", 5), {
      reason: "Larger than 5 bytes, the most that is read of one file. Split it, or leave it out.",
    });
    assert.deepEqual(await textOf(t, Buffer.alloc(limit + 1), limit), {
      reason: "Larger than 1 MiB, the most that is read of one file. Split it, or leave it out.",
    });
  });

  test("that has vanished", async (t) => {
    const path = join(await scratch(t, {}), "a.yaml");
    assert.deepEqual(await readText(path, limit), { reason: "It vanished before it could be read." });
  });

  test("that is a directory", async (t) => {
    assert.deepEqual(await readText(await scratch(t, {}), limit), {
      reason: "Not a regular file: this is a directory.",
    });
  });

  const refusals: [code: string, reason: string][] = [
    ["EACCES", "No permission to read this."],
    ["EPERM", "The system does not allow to read this."],
    ["EIO", "The disk reported an error while this was being read."],
    ["EWEIRD", "It cannot be read (EWEIRD)."],
  ];
  for (const [code, reason] of refusals) {
    test(`when the system answers ${code}`, async (t) => {
      fault(t, "open", () => Promise.reject(failure(code)));
      assert.deepEqual(await textOf(t, "a: 1"), { reason });
    });
  }
});

test("a file is tried again while too many are open", async (t) => {
  const answers = ["EMFILE", "ENFILE", "EMFILE"];
  fault(t, "open", () => {
    const code = answers.shift();
    return code === undefined ? undefined : Promise.reject(failure(code));
  });
  assert.deepEqual(await textOf(t, "a: 1"), { text: "a: 1" });
  assert.deepEqual(answers, []);
});

test("a FIFO that took the place of a file does not hold us", {
  skip: process.platform === "win32" && "Windows has none",
}, async (t) => {
  const root = await scratch(t, { "file.yaml": "" });
  const pipe = join(root, "pipe.yaml");
  execFileSync("mkfifo", [pipe]);
  const before = await stat(join(root, "file.yaml"));
  fault(t, "stat", () => Promise.resolve(before));
  assert.deepEqual(await readText(pipe, limit), {
    reason: "Not a regular file: this is a FIFO (a named pipe). To check what it carries, pipe it in and name -.",
  });
});
