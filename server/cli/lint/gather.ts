import { dirname } from "node:path";
import { isManifestName } from "../../disk/manifest-name.ts";
import { limits } from "../../text/limits.ts";
import { yamlInMarkdown } from "../../text/markdown.ts";
import type { Host } from "../commands/command.ts";
import type { InputFile, InputProblem, Inputs } from "../inputs/input.ts";
import { readInputs } from "../inputs/inputs.ts";
import { isMarkdownName } from "../inputs/markdown-name.ts";
import { renderings } from "../render/renderings.ts";
import { readConfigs } from "./configs.ts";
import type { LintValues } from "./options.ts";
import { partialDirectories } from "./partial.ts";
import type { Plan } from "./plan.ts";

export interface Gathered {
  readonly files: readonly InputFile[];
  /** Files that are judged each by itself: examples of one page contradict each other, and the manifests. */
  readonly alone: readonly InputFile[];
  readonly configs: readonly InputFile[];
  readonly partial: readonly string[];
  readonly problems: readonly InputProblem[];
}

export interface GatherRequest {
  readonly host: Pick<Host, "cwd" | "stdin">;
  readonly plan: Pick<Plan, "paths">;
  readonly values: Pick<LintValues, "stdin-filename" | "markdown" | "kustomize" | "helm" | "values">;
}

/** Reads what was named and what it is judged by. */
export async function gather({ host: { cwd, stdin }, plan, values }: GatherRequest): Promise<Gathered> {
  const limit = limits.fileLength;
  const stdinPath = values["stdin-filename"];
  const place = stdinPath === undefined ? {} : { stdinPath };
  const wants = (name: string) => isManifestName(name) || (values.markdown && isMarkdownName(name));
  const rendered = await renderings(values, cwd, limit);
  const onlyRendered = plan.paths.length === 0 && values.kustomize.length + values.helm.length > 0;
  const read = onlyRendered
    ? { files: [], listed: new Map<string, string[]>(), problems: [] }
    : await readInputs({ cwd, paths: plan.paths, limit, stdin, wants, ...place });
  const named = withoutSilence(read);
  const isAlone = ({ path }: InputFile) => values.markdown && isMarkdownName(path);
  const files = [...named.files.filter((file) => !isAlone(file)), ...rendered.files];
  const alone = named.files
    .filter(isAlone)
    .map((file) => ({ ...file, text: yamlInMarkdown(file.text), shown: file.text }));
  const configs = readConfigs([...files, ...alone], cwd, limit);
  return {
    files,
    alone,
    configs: configs.files,
    partial: partialDirectories(
      files.filter((file) => file.rendered === undefined),
      read.listed,
    ),
    problems: [...named.problems, ...rendered.problems, ...configs.problems],
  };
}

export function directoryOf({ absolute }: InputFile): string {
  return dirname(absolute);
}

/** An empty pipe mostly means that the command before it failed; silence would look like a clean result. */
function withoutSilence({ files, problems }: Inputs): Inputs {
  const stdin = files.find(({ path, text }) => path === "<stdin>" && text.trim() === "");
  if (stdin === undefined) return { files, problems };
  const reason = "Nothing came in. Did the command before the pipe fail?";
  return { files: files.filter((file) => file !== stdin), problems: [...problems, { path: stdin.path, reason }] };
}
