import type { Product } from "../../config/settings.ts";
import { problemsOf } from "../../schemas/problems.ts";
import type { MapNode } from "../../text/node.ts";
import { stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { vllmBeside } from "./image-beside.ts";
import { renameType } from "./plugin-type.ts";
import { rename } from "./rename.ts";
import { checkedKinds, titleFor, told } from "./told.ts";
import { outsideOf, type Running, runningFor } from "./versions.ts";
import { whereIs } from "./words.ts";

export const deprecatedKey = defineRule({
  id: "schema/deprecated-key",
  title: "Key that is going away",
  since: "0.1.0",
  severity: "warning",
  fixable: "safe",
  refs: ["LMC-002", "LMC-003", "EPP-11", "GW-05", "VAL-11"],
  docs: {
    summary:
      "A key is deprecated: it is still read by some versions, and has a replacement or will be gone. It is an error where the replacement has to be there and is not, and information where the version that runs is known to read it.",
    why: "The next upgrade drops it. Where old and new name stand side by side, it depends on the version which of them counts.",
    mend: "Write what the message names. Where a key only has another name, the fix renames it.",
    sources: [
      "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/",
      "https://github.com/kedacore/keda/blob/main/CHANGELOG.md",
    ],
  },
  examples: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: probe
spec:
  serviceAccount: prober # <-
  containers:
    - name: probe
      image: curlimages/curl:8.16.0
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: probe
spec:
  serviceAccountName: prober
  containers:
    - name: probe
      image: curlimages/curl:8.16.0
`,
  },
  messages: {
    renamed: "{object}: {place} is deprecated{why} Write {name}.",
    deprecated: "{object}: {place} is deprecated{why}",
    unread: "{object}: {place} has no effect{why}",
    whole: "{object}: {form} is deprecated{why}",
  },
  reads: checkedKinds,
  check(context) {
    const { object, report } = context;
    const title = titleFor(context);
    const running = runningFor(context);
    const deprecated = told(context, "deprecated-key");
    for (const { at, key, map, message, renamedTo, leavesGap, pointer, deprecatedSince } of deprecated) {
      const beside = vllmBeside(object, pointer);
      const runs: Running = (product) =>
        product === "vllm" && beside !== undefined ? { version: beside, told: beside } : running(product);
      if (deprecatedSince !== undefined && outsideOf([deprecatedSince], runs)?.tooOld) continue;
      // With the key above it everything below it goes.
      if (deprecated.some((other) => pointer.startsWith(`${other.pointer}/`))) continue;
      // What the running version does not know at all is told as that.
      const versions = problemsOf(object).flatMap((other) =>
        other.type === "other-version" && other.pointer === pointer ? other.versions : [],
      );
      if (versions.length > 0 && outsideOf(versions, running) !== undefined) continue;
      const slots = { object: title, place: placeOf(pointer, map), why: whyOf(message) };
      // To the version that runs it is the right key; only the next one asks for another.
      const read = versions.some(({ product, until }) => until !== undefined && running(product as Product));
      const severity = leavesGap ? "error" : read ? "info" : "warning";
      if (pointer === "") {
        const form = object.apiVersion === "" ? "a document of this kind" : `${object.apiKind} of ${object.apiVersion}`;
        report({ at, message: "whole", slots: { ...slots, form }, severity });
      } else if (message !== undefined && neverRead.test(message)) {
        report({ at, message: "unread", slots, severity });
      } else if (renamedTo === undefined || key === undefined || map === undefined)
        report({ at, message: "deprecated", slots, severity, fixes: renameType(object, map) });
      else {
        const fixes = rename(key, map, renamedTo, true);
        const why = message === `Write ${renamedTo}.` ? "." : slots.why;
        report({ at, message: "renamed", slots: { ...slots, why, name: renamedTo }, severity, fixes });
      }
    }
  },
});

/** Of a type it is the value that is old, not the key. */
function placeOf(pointer: string, map: MapNode | undefined): string {
  const type = pointer.endsWith("/type") ? stringAt(map, "type")?.value : undefined;
  return type === undefined ? whereIs(pointer) : `${whereIs(pointer)} "${type}"`;
}

/** What follows "is deprecated", with the end of the sentence. */
function whyOf(message: string | undefined): string {
  if (message === undefined) return ".";
  return message.startsWith("Deprecated since ") ? message.slice("Deprecated".length) : `. ${message}`;
}

/** Our schemas list some keys that no version reads, since somebody prints them. */
const neverRead = /^Never read\b/;
