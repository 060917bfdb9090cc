import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { presets } from "../../server/engine/traffic/public.ts";
import { usualQuestion } from "../../server/forecast/question.ts";

interface Command {
  readonly command: string;
  readonly icon?: string | Readonly<Record<string, string>>;
}

interface Step {
  readonly description: string;
  readonly media: Readonly<Record<string, string>>;
}

interface Contributes {
  readonly commands: readonly Command[];
  readonly menus: Readonly<Record<string, readonly Command[]>>;
  readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
  readonly walkthroughs: readonly { readonly icon: string; readonly steps: readonly Step[] }[];
  readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
}

interface Setting {
  readonly default: unknown;
  readonly description?: string;
  readonly markdownDescription?: string;
}

const { contributes } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly contributes: Contributes };
const commands = contributes.commands.map(({ command }) => command).sort();
const settings = contributes.configuration.properties;
const steps = contributes.walkthroughs.flatMap((one) => one.steps);

/** What stands behind a call's name in the client's sources. */
function inClient(call: RegExp): string[] {
  const files = readdirSync("client", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const text = files.map((file) => readFileSync(`client/${file}`, "utf8")).join("\n");
  return [...text.matchAll(call)].map(([, name]) => name ?? "");
}

describe("what VS Code is promised", () => {
  it("is every command that the client has, and no other", () => {
    assert.deepEqual(inClient(/registerCommand\(\s*"([^"]+)"/g).sort(), commands);
  });

  it("puts only such commands into menus and walkthroughs", () => {
    const inMenus = Object.values(contributes.menus).flat();
    const inSteps = steps.flatMap(({ description }) =>
      [...description.matchAll(/\(command:([\w.]+)/g)].map(([, command]) => command ?? ""),
    );
    const used = [...inMenus.map(({ command }) => command), ...inSteps].filter((one) => one.startsWith("headroom."));
    assert.deepEqual(
      used.filter((command) => !commands.includes(command)),
      [],
    );
    assert.ok(inSteps.length >= steps.length);
  });

  it("is every tree that the client fills", () => {
    const views = Object.values(contributes.views).flat();
    assert.deepEqual(
      inClient(/createTreeView\("([^"]+)"/g),
      views.map(({ id }) => id),
    );
  });

  it("shows pictures that are there", () => {
    const icons = contributes.commands.flatMap(({ icon }) => (typeof icon === "object" ? Object.values(icon) : []));
    const views = Object.values(contributes.views).flatMap((all) => all.map(({ icon }) => icon));
    const walks = contributes.walkthroughs.map(({ icon }) => icon);
    const media = steps.flatMap(({ media: { altText: _, ...files } }) => Object.values(files));
    const missing = [...icons, ...views, ...walks, ...media].filter((file) => !existsSync(file));
    assert.deepEqual(missing, []);
  });

  it("says of each setting what it does", () => {
    for (const [name, { description, markdownDescription }] of Object.entries(settings))
      assert.ok((description ?? markdownDescription ?? "").length > 20, name);
  });

  it("starts a preview as everything else that asks for a forecast starts it", () => {
    const preview = (name: string) => settings[`headroom.preview.${name}`]?.default;
    assert.equal(preview("traffic"), usualQuestion.traffic.name);
    assert.equal(preview("duration"), usualQuestion.duration);
    assert.deepEqual(
      { ttft: preview("slo.ttft"), itl: preview("slo.itl"), target: preview("slo.target") },
      usualQuestion.slo,
    );
  });

  it("names every traffic that there is", () => {
    const named = settings["headroom.preview.traffic"]?.markdownDescription ?? "";
    const names = [...named.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name);
    assert.deepEqual(
      names,
      presets.map(({ name }) => name),
    );
  });
});
