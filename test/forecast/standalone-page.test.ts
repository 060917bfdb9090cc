import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { it } from "node:test";
import { standalonePage } from "../../server/forecast/standalone-page.ts";

const script = 'console.log("</script><b>")';
const style = "main { color: red }";

const inside = (page: string, tag: RegExp) => tag.exec(page)?.[1] ?? "";
const sha256 = (text: string) => createHash("sha256").update(text).digest("base64");
const hash = (text: string) => `'sha256-${sha256(text)}'`;

it("a saved run allows its own script and style by their digests, and nothing else", () => {
  const page = standalonePage({ title: "Run", script, style, shown: {} }, sha256);
  const policy = inside(page, /Content-Security-Policy" content="([^"]+)"/);
  assert.ok(policy.includes(`script-src ${hash(inside(page, /<script>([\s\S]*?)<\/script>/))};`), policy);
  assert.ok(policy.includes(`style-src ${hash(inside(page, /<style>([\s\S]*?)<\/style>/))};`), policy);
  assert.ok(policy.startsWith("default-src 'none';"));
  assert.doesNotMatch(page, /https?:/);
});

it("what the files say stays data, whatever it is", () => {
  const said = { model: "</script><script>alert(1)</script><!--" };
  const page = standalonePage({ title: "</title><script>", script, style, shown: said }, sha256);
  const embedded = inside(page, /<script type="application\/json" id="picture">([\s\S]*?)<\/script>/);
  assert.deepEqual(JSON.parse(embedded), said);
  assert.equal(page.match(/<script/g)?.length, 2);
});
