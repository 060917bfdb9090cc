import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { run } from "../../server/cli/run.ts";
import { annotations } from "../../server/scenario/annotations.ts";
import { recorder } from "./support/recorder.ts";

async function* nothing(): AsyncGenerator<Uint8Array> {}

const page = readFileSync("docs/simulate.md", "utf8");
const commands = [...page.matchAll(/^headroom (simulate .+)$/gm)].map(([, command = ""]) => command);

async function simulate(command: string) {
  const { terminal, said } = recorder();
  const around = { cwd: process.cwd(), stdin: nothing(), startServer: () => {} };
  return { exit: await run(command.split(" "), terminal, around), ...said };
}

describe("docs/simulate.md", () => {
  it("has commands", () => assert.ok(commands.length >= 5, String(commands.length)));

  for (const command of commands)
    it(`headroom ${command} can be simulated, and says how it went`, async () => {
      const { exit, out, err } = await simulate(command);
      assert.equal(err, "");
      assert.ok(exit === 0 || exit === 1, `exit ${exit}`);
      assert.match(out, /of the requests met their objectives/);
      if (command.includes("--against")) assert.match(out, /^No difference to /m);
    });

  it("has every annotation that is read", () => {
    for (const annotation of Object.values(annotations)) assert.ok(page.includes(`\`${annotation}\``), annotation);
  });
});
