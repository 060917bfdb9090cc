import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { freeName } from "../../client/everyday/free-name.ts";
import { roleCommand, roleSentence, roleText } from "../../client/everyday/role-text.ts";

const role = { title: "HorizontalPodAutoscaler chat", errors: 0, warnings: 0, infos: 0, canForecast: true };

describe("the status bar", () => {
  it("names the role of a file and counts what was found in it", () => {
    assert.equal(roleText(role), "$(pulse) HorizontalPodAutoscaler chat");
    assert.equal(
      roleText({ ...role, errors: 2, warnings: 1 }),
      "$(pulse) HorizontalPodAutoscaler chat $(error) 2 $(warning) 1",
    );
    assert.equal(
      roleSentence({ ...role, errors: 1, infos: 2 }),
      "HorizontalPodAutoscaler chat: 1 error, 2 informations",
    );
    assert.equal(roleSentence(role), "HorizontalPodAutoscaler chat: nothing found");
  });

  it("draws no icon that a name in a file asks for", () => {
    assert.equal(roleText({ ...role, title: "Deployment $(flame)" }), "$(pulse) Deployment $ (flame)");
  });

  it("leads to what was found, else to the preview, and to Problems where there is none", () => {
    assert.equal(roleCommand({ ...role, warnings: 1 }), "workbench.actions.view.problems");
    assert.equal(roleCommand(role), "headroom.openPreview");
    assert.equal(roleCommand({ ...role, canForecast: false }), "workbench.actions.view.problems");
  });
});

it("the example never goes into a folder that is there", () => {
  assert.equal(freeName("headroom-example", ["src"]), "headroom-example");
  assert.equal(freeName("headroom-example", ["Headroom-Example", "headroom-example-2"]), "headroom-example-3");
});
