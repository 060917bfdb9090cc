import type { Settings } from "../config/settings.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import { at } from "../text/read.ts";

/** A release of WVA as far as it is known: 0.5 without a patch is any of 0.5. */
export interface WvaRelease {
  readonly minor: number;
  readonly patch: number | undefined;
  /** As messages call it. */
  readonly name: string;
}

/** What `versions` in the configuration says. */
export function statedRelease(settings: Settings): WvaRelease | undefined {
  const written = /^v?0\.(\d{1,3})(?:\.(\d{1,3}))?(?:$|[-+])/.exec(settings.version("wva") ?? "");
  if (written === null) return undefined;
  const [, minor, patch] = written;
  const name = patch === undefined ? `0.${minor}` : `0.${minor}.${patch}`;
  return { minor: Number(minor), patch: patch === undefined ? undefined : Number(patch), name };
}

/** Whether a VariantAutoscaling has bounds of its own, which the CRD knows from 0.6. */
export function hasOwnBounds({ root }: StackObject): boolean {
  return ["minReplicas", "maxReplicas"].some((key) => at(root, "spec", key) !== undefined);
}
