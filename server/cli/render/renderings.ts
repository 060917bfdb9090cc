import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { exists } from "../../disk/exists.ts";
import { nameFrom } from "../../disk/path-name.ts";
import type { InputFile, InputProblem } from "../inputs/input.ts";
import { type Rendered, render } from "./tool.ts";

/** What is to be rendered, as it was named. */
export interface ToRender {
  readonly kustomize: readonly string[];
  readonly helm: readonly string[];
  /** Files with values for every chart. */
  readonly values: readonly string[];
}

/** What kustomizations and charts become, each as one file that stands where it was made from. */
export async function renderings(
  { kustomize, helm, values }: ToRender,
  cwd: string,
  limit: number,
): Promise<{ readonly files: readonly InputFile[]; readonly problems: readonly InputProblem[] }> {
  const made = [
    ...(await oneByOne(kustomize, (path) => kustomized(path, cwd, limit))),
    ...(await oneByOne(helm, (path) => helmed(path, values, cwd, limit))),
  ];
  return {
    files: made.filter((one) => "text" in one),
    problems: made.filter((one) => "reason" in one),
  };
}

async function oneByOne<Result>(paths: readonly string[], work: (path: string) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const path of paths) results.push(await work(path));
  return results;
}

/** The older `kubectl` has the same command inside. */
async function kustomized(path: string, cwd: string, limit: number): Promise<InputFile | InputProblem> {
  const directory = resolve(cwd, path);
  if (!(await isDirectory(directory))) return { path, reason: "There is no such directory to run kustomize in." };
  let made = await render("kustomize", ["build", directory], cwd, limit);
  if ("missing" in made) made = await render("kubectl", ["kustomize", directory], cwd, limit);
  const none = "kustomize is needed for --kustomize, and neither it nor kubectl is on the PATH.";
  return asFile(path, directory, made, none, cwd);
}

/** A chart is what stands on the disk: a name that helm would look up elsewhere is none. */
async function helmed(
  path: string,
  values: readonly string[],
  cwd: string,
  limit: number,
): Promise<InputFile | InputProblem> {
  const chart = resolve(cwd, path);
  if (!exists(join(chart, "Chart.yaml"))) return { path, reason: "There is no chart: no Chart.yaml in it." };
  const given = values.flatMap((file) => ["--values", resolve(cwd, file)]);
  const made = await render("helm", ["template", chart, ...given], cwd, limit);
  return asFile(path, chart, made, "helm is needed for --helm, and there is none on the PATH.", cwd);
}

function asFile(path: string, directory: string, made: Rendered, none: string, cwd: string): InputFile | InputProblem {
  if ("missing" in made) return { path, reason: none };
  if ("reason" in made) return { path, reason: made.reason };
  if (made.text.trim() === "") return { path, reason: "Nothing came out of it." };
  const absolute = join(directory, "<rendered>");
  return { path: nameFrom(cwd, absolute), absolute, text: made.text, rendered: true };
}

async function isDirectory(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ?? false;
}
