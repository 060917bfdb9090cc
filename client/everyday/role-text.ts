import type { Role } from "../../server/editor/preview/messages.ts";

/** What the status bar says of a file. Codicons stand between dollar signs and brackets. */
export function roleText({ title, errors, warnings }: Role): string {
  const counts = [errors > 0 ? `$(error) ${errors}` : "", warnings > 0 ? `$(warning) ${warnings}` : ""];
  // A name in a file must not become an icon.
  return ["$(pulse)", title.replaceAll("$(", "$ ("), ...counts].filter((part) => part !== "").join(" ");
}

/** The same in words, for a tooltip and for those who listen. */
export function roleSentence({ title, errors, warnings, infos }: Role): string {
  const counts = [
    counted(errors, "error"),
    counted(warnings, "warning"),
    counted(infos, "information", "informations"),
  ];
  const found = counts.filter((part) => part !== undefined);
  return `${title}: ${found.length === 0 ? "nothing found" : found.join(", ")}`;
}

/** Where a click leads: to what was found, else to what will happen. */
export function roleCommand({ errors, warnings, infos, canForecast }: Role): string {
  return errors + warnings + infos > 0 || !canForecast ? "workbench.actions.view.problems" : "headroom.openPreview";
}

function counted(count: number, one: string, many = `${one}s`): string | undefined {
  return count === 0 ? undefined : `${count} ${count === 1 ? one : many}`;
}
