import assert from "node:assert/strict";
import { it } from "node:test";
import { fileOf } from "../../client/preview/export.ts";

it("a picture is saved as the bytes of its data URL", () => {
  const bytes = Buffer.from("89504e470d0a1a0a0000", "hex");
  const url = `data:image/png;base64,${bytes.toString("base64")}`;
  assert.deepEqual(Buffer.from(fileOf("png", url).bytes), bytes);
});

it("what is no picture is not saved as one", () => {
  assert.throws(() => fileOf("png", "data:image/png;base64,SGVsbG8="), /no picture/);
});

it("text is saved as UTF-8", () => {
  assert.deepEqual([...fileOf("csv", "é").bytes], [0xc3, 0xa9]);
  assert.deepEqual(fileOf("html", "").filter, { HTML: ["html"] });
});
