import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { follower, said, variant, workspace } from "./stack.ts";

const found = (selected: string, wva?: string) =>
  said("wva/variant-name", workspace(`${follower("maxReplicas: 8", selected)}---\n${variant()}`, wva));

describe("the variant_name that an HPA selects", () => {
  test("is the VariantAutoscaling's up to 0.4.2 and from 0.5.1", () => {
    for (const wva of ["0.4.2", "0.5.1", "0.8"]) {
      assert.deepEqual(found("llama-va", wva), []);
      assert.deepEqual(found("llama", wva), ["error 10 llama"]);
    }
  });

  test("is the Deployment's in 0.5.0 alone", () => {
    assert.deepEqual(found("llama", "0.5.0"), []);
    assert.deepEqual(found("llama-va", "0.5.0"), ["error 10 llama-va"]);
  });

  test("is the HPA's from 0.9", () => {
    assert.deepEqual(found("llama-hpa", "0.9.0"), []);
    assert.deepEqual(found("llama-va", "0.9.0"), ["error 10 llama-va"]);
  });

  test("may be any of the three without a version, or with 0.5 and no patch", () => {
    for (const wva of [undefined, "0.5"]) {
      for (const name of ["llama", "llama-va", "llama-hpa"]) assert.deepEqual(found(name, wva), []);
      assert.deepEqual(found("llama-variant", wva), ["error 10 llama-variant"]);
    }
  });

  test("is not judged without a VariantAutoscaling of the target, or where a kustomization renames", () => {
    const files = workspace(`${follower("maxReplicas: 8", "x")}---\n${variant("", "va", "other")}`);
    assert.deepEqual(said("wva/variant-name", files), []);
    const renamed = {
      ...workspace(`${follower("maxReplicas: 8", "prod-llama-va")}---\n${variant()}`),
      "kustomization.yaml": "resources: [stack.yaml]\nnamePrefix: prod-\n",
    };
    assert.deepEqual(said("wva/variant-name", renamed), []);
  });
});
