import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Role } from "../../server/editor/preview/messages.ts";
import { wrong } from "../topology/stack.ts";
import { Showcase } from "./support/shown.ts";

describe("the role of a file", { timeout: 120_000 }, () => {
  const show = new Showcase({
    ...wrong,
    "one.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n",
    "none.yaml": "just: text\n",
    "over/kustomization.yaml": "resources: [../one.yaml]\npatches: [{path: patch.yaml}]\n",
    "over/patch.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n",
  });
  const role = (name: string) => show.client.ask<Role>("headroom/role", { uri: show.folder.uri(name) });
  const quiet = { errors: 0, warnings: 0, infos: 0 };

  test("is its object, or how many there are", async () => {
    assert.deepEqual(await role("one.yaml"), { title: "Service web", ...quiet, canForecast: false });
    assert.equal((await role("scaling.yaml")).title, "3 objects");
    assert.equal((await role("over/patch.yaml")).title, "Service web (patch)");
  });

  test("is nothing of a file that says nothing here, or that is not there", async () => {
    const nothing = { title: "", ...quiet, canForecast: false };
    assert.deepEqual(await role("none.yaml"), nothing);
    assert.deepEqual(await role("missing.yaml"), nothing);
  });

  test("counts findings, and tells whether a forecast can start there", async () => {
    assert.ok((await role("scaling.yaml")).errors >= 1);
    for (const name of ["scaling.yaml", "server.yaml"]) assert.equal((await role(name)).canForecast, true);
    for (const name of ["gateway.yaml", "over/patch.yaml"]) assert.equal((await role(name)).canForecast, false);
  });
});
