import { discover } from "../../../server/cli/inputs/discover.ts";

/** The paths of the files to check. */
export async function found(cwd: string, ...paths: string[]): Promise<string[]> {
  const { targets } = discover({ cwd, paths });
  return targets.map((target) => target.path);
}

/** What could not be checked, each with its reason. */
export async function problemsOf(cwd: string, ...paths: string[]): Promise<string[]> {
  const { problems } = discover({ cwd, paths });
  return problems.map(({ path, reason }) => `${path}: ${reason}`);
}
