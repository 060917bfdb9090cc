import { lint } from "../lint/lint.ts";
import { lintOptions } from "../lint/options.ts";
import { defineCommand } from "./command.ts";

export const lintCommand = defineCommand({
  name: "lint",
  summary: "check manifests",
  operands: { usage: "[paths...]", most: Number.POSITIVE_INFINITY },
  options: lintOptions,
  about: [
    "Checks YAML files: those named, those in the directories named and those that match a pattern. The path - is standard input; without any path it is the working directory. What git ignores is left out, unless it is named itself.",
    "Files are checked together, and only together with what is named: an autoscaler whose Deployment is not among them is judged without it, so the outcome depends on nothing else on the machine. Name the whole stack to have references between its files checked. The one thing that is read besides is the nearest headroom.config.yaml, upwards from each file.",
    "Findings are told as text, or as the formats of services: sarif for code scanning, github for annotations in a workflow, gitlab for Code Quality, junit and checkstyle for what reads those, markdown for a comment on a pull request. With files alone, standard output has the summary.",
    "The exit code is 0 when nothing was found, 1 when there are findings of the severity of --fail-on or above, and 2 when the command line is wrong or something could not be checked; standard error then says what and why, and everything else is checked all the same.",
  ],
  examples: [
    { line: "headroom lint", says: "the working directory" },
    { line: "headroom lint base overlays/prod", says: "two directories, together" },
    { line: "headroom lint 'overlays/**/*.yaml' --fail-on warning", says: "a pattern; warnings fail too" },
    { line: "kubectl kustomize overlays/prod | headroom lint -", says: "what kustomize builds" },
    { line: "helm template my-release ./chart | headroom lint -", says: "what a chart renders to" },
    { line: "headroom lint --format json > findings.json", says: "for other programs" },
    { line: "headroom lint --format github --format sarif=headroom.sarif", says: "for two of them" },
  ],
  run: lint,
});
