import { DiagnosticSeverity } from "vscode-languageserver/node";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { TextFile } from "../../text/file.ts";
import type { HeadroomDiagnostic } from "../diagnostics.ts";
import type { Surroundings } from "../lenses/lens.ts";
import type { Role } from "../preview/messages.ts";
import { forecastTarget } from "./forecast-target.ts";

export const noRole: Role = { title: "", errors: 0, warnings: 0, infos: 0, canForecast: false };

/** What a file is in its stack, and what was found in it. */
export function roleOfFile(
  file: TextFile,
  surroundings: Surroundings,
  diagnostics: readonly Pick<HeadroomDiagnostic, "severity">[],
): Role {
  const objects = surroundings.workspace.objectsIn(file);
  const isPatch = surroundings.graph.layout.isPatch(file.path);
  const count = (severity: DiagnosticSeverity) => diagnostics.filter((one) => one.severity === severity).length;
  return {
    title: titleOf(objects.filter(({ doc }) => doc.carrier === undefined)) + (isPatch ? " (patch)" : ""),
    errors: count(DiagnosticSeverity.Error),
    warnings: count(DiagnosticSeverity.Warning),
    infos: count(DiagnosticSeverity.Information),
    canForecast: !isPatch && objects.some((object) => forecastTarget(object, surroundings) !== undefined),
  };
}

function titleOf(objects: readonly StackObject[]): string {
  const [only, ...others] = objects;
  if (only === undefined) return "";
  if (others.length > 0) return `${objects.length} objects`;
  const name = only.name === undefined ? "" : ` ${only.name.value}`;
  return `${only.apiKind ?? only.kind.title}${name}`;
}
