import type { Settings } from "../../config/settings.ts";

/** The minor version of KEDA 2 that runs, when somebody says so. */
export function kedaMinor(settings: Settings): number | undefined {
  const found = /^v?2\.(\d{1,4})(?:\D|$)/.exec(settings.version("keda") ?? "");
  return found === null ? undefined : Number(found[1]);
}
