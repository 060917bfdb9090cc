import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs, { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { readFoundText, readText } from "../../server/disk/read.ts";
import { fail, fault } from "./fault.ts";
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

  test("of which the system does not know the size", { skip: !existsSync("/proc/version") && "no /proc" }, () => {
    const read = readText("/proc/version", limit);
    assert.match("text" in read ? read.text : "", /^Linux version /);
    assert.deepEqual(readText("/proc/version", 4), {
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
    assert.deepEqual(readText(path, limit), { reason: "It vanished before it could be read." });
  });

  test("that is a directory", async (t) => {
    assert.deepEqual(readText(await scratch(t, {}), limit), {
      reason: "Not a regular file: this is a directory.",
    });
  });

  const refusals: [code: string, reason: string][] = [
    ["EACCES", "No permission to read this."],
    ["EPERM", "The system does not allow to read this."],
    ["EIO", "The disk reported an error while this was being read."],
    ["EMFILE", "Too many files are open in this process: raise the limit (ulimit -n) and run again."],
    ["ENFILE", "Too many files are open on this system: close some and run again."],
    ["EWEIRD", "It cannot be read (EWEIRD)."],
  ];
  for (const [code, reason] of refusals) {
    test(`when the system answers ${code}`, async (t) => {
      fault(t, "openSync", () => fail(code));
      assert.deepEqual(await textOf(t, "a: 1"), { reason });
    });
  }
});

describe("a file is read to its end", () => {
  /** What the system says of a file's size before it is read. */
  function sizeIs(t: TestContext, size: number): void {
    const real = fs.fstatSync;
    fault(t, "fstatSync", (file) => Object.assign(real(Number(file)), { size }));
  }

  test("in one call where it is as long as was said", async (t) => {
    let calls = 0;
    fault(t, "readSync", () => void calls++);
    assert.deepEqual(await textOf(t, "a: 12345"), { text: "a: 12345" });
    assert.equal(calls, 1);
  });

  test("where it grew meanwhile", async (t) => {
    sizeIs(t, 3);
    assert.deepEqual(await textOf(t, "a: 12345".repeat(20)), { text: "a: 12345".repeat(20) });
    assert.deepEqual(await textOf(t, "a: 12345", 5), {
      reason: "Larger than 5 bytes, the most that is read of one file. Split it, or leave it out.",
    });
  });

  test("where it shrank meanwhile", async (t) => {
    sizeIs(t, 30);
    assert.deepEqual(await textOf(t, "a: 12345"), { text: "a: 12345" });
  });

  test("where the system gives it byte by byte", async (t) => {
    const real = fs.readSync;
    fault(t, "readSync", (file, buffer, at) => real(Number(file), buffer as Buffer, at as number, 1, null));
    assert.deepEqual(await textOf(t, "a: 12345"), { text: "a: 12345" });
  });
});

describe("a FIFO that took the place of a file does not hold us", {
  skip: process.platform === "win32" && "Windows has none",
}, () => {
  const reason = "Not a regular file: this is a FIFO (a named pipe). To check what it carries, pipe it in and name -.";
  const pipeIn = async (t: TestContext) => {
    const pipe = join(await scratch(t, {}), "pipe.yaml");
    execFileSync("mkfifo", [pipe]);
    return pipe;
  };

  test("since it was looked at", async (t) => {
    const pipe = await pipeIn(t);
    const file = statSync(join(await scratch(t, { "a.yaml": "" }), "a.yaml"));
    fault(t, "statSync", () => file);
    assert.deepEqual(readText(pipe, limit), { reason });
  });

  test("since it was found", async (t) => assert.deepEqual(readFoundText(await pipeIn(t), limit), { reason }));
});

test("a file that was found is not looked at again before it is opened", async (t) => {
  const path = join(await scratch(t, { "a.yaml": "a: 1" }), "a.yaml");
  fault(t, "statSync", () => fail("EIO"));
  assert.deepEqual(readFoundText(path, limit), { text: "a: 1" });
  assert.deepEqual(readText(path, limit), { reason: "The disk reported an error while this was being read." });
});
