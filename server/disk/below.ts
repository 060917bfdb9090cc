import { realpathSync } from "node:fs";
import { join } from "node:path";
import { exists } from "./exists.ts";
import type { Found } from "./found.ts";
import { type RulesRead, rulesAbove, rulesOfRepositoryAt, withOwnRules } from "./gitignore.ts";
import { ignores, noRules } from "./ignore-rules.ts";
import { isManifestName } from "./manifest-name.ts";
import { wayDown } from "./path-name.ts";
import type { Steps } from "./steps.ts";
import { isSkipped } from "./visit.ts";
import { walk } from "./walk.ts";

/** A directory that was named. */
export interface Root {
  readonly absolute: string;
  /** Where it is when all links are followed. */
  readonly real: string;
  /** Outside of a repository this counts as its root, if it stands above. */
  readonly cwd: string;
}

/**
 * The manifests below a directory that was named. Named outright it is wanted, even if git ignores it: the rules that
 * hide all of it are then not asked, only those that stand in it.
 */
export function* manifestsBelow(root: Root, wants: (name: string) => boolean = isManifestName): Steps<Found> {
  const { rules, troubles } = rulesAt(root);
  const depth = Number.POSITIVE_INFINITY;
  const found = yield* walk({ root: root.absolute, realRoot: root.real, rules, depth, wants });
  return { ...found, troubles: [...troubles, ...found.troubles] };
}

/** Whether a walk below the directory would find this file, told without a walk. Links are not followed. */
export function wouldFind(root: Root, path: string): boolean {
  const way = wayDown(root.absolute, path);
  if (way === undefined || !isManifestName(path)) return false;
  const names = way.split("/");
  let read = withOwnRules(root.real, rulesAt(root));
  let at = root.real;
  for (const [index, name] of names.entries()) {
    at = join(at, name);
    const isFile = index === names.length - 1;
    if (isSkipped(name) || ignores(read.rules, at, isFile ? "file" : "directory")) return false;
    if (!isFile) read = withOwnRules(at, exists(join(at, ".git")) ? rulesOfRepositoryAt(at) : read);
  }
  return true;
}

/** The end of all links, or the path itself when there is none. */
export function realDirectory(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

function rulesAt({ real, cwd }: Root): RulesRead {
  const { rules, troubles } = rulesAbove(real, realDirectory(cwd));
  return { rules: ignores(rules, real, "directory") ? noRules(real, rules.ignoresCase) : rules, troubles };
}
