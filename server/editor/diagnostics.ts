import { createHash } from "node:crypto";
import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver/node";
import type { Finding, Fix, Severity } from "../findings/finding.ts";
import type { Range } from "../text/lines.ts";
import { source } from "./names.ts";

/** More in one file help nobody and take an editor long to show. */
const mostInOneFile = 200;

/** What a diagnostic carries, so that a code action needs no second look at the document. */
export interface DiagnosticData {
  readonly rule: string;
  readonly fixes: readonly PlacedFix[];
}

export interface PlacedFix extends Omit<Fix, "edits"> {
  readonly edits: readonly PlacedEdit[];
}

export interface PlacedEdit {
  readonly uri: string;
  readonly range: Range;
  readonly newText: string;
}

export type HeadroomDiagnostic = Omit<Diagnostic, "data"> & { readonly data?: DiagnosticData };

/** What is to be said about one file, with an id that changes only with the content. */
export interface Report {
  readonly id: string;
  readonly diagnostics: HeadroomDiagnostic[];
  /** Told by another service in its own words; what mends them is still ours to offer. */
  readonly left: readonly HeadroomDiagnostic[];
}

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

export function reportOf(
  findings: readonly Finding[],
  uriOf: (file: string) => string,
  isLeft: (finding: Finding) => boolean = () => false,
): Report {
  const ours = findings.filter((finding) => !isLeft(finding));
  const shown = ours.slice(0, mostInOneFile).map((finding) => diagnosticOf(finding, uriOf));
  const next = ours[mostInOneFile];
  const diagnostics = next === undefined ? shown : [...shown, thatThereAreMore(ours.length - mostInOneFile, next)];
  const left = findings.filter(isLeft).slice(0, mostInOneFile);
  const id = createHash("sha1").update(JSON.stringify(diagnostics)).digest("base64url");
  return { id, diagnostics, left: left.map((finding) => diagnosticOf(finding, uriOf)) };
}

export const nothing: Report = reportOf([], () => "");

function diagnosticOf(finding: Finding, uriOf: (file: string) => string): HeadroomDiagnostic {
  const fixes = finding.fixes.map(({ edits, ...fix }) => ({
    ...fix,
    edits: edits.map(({ file, range, newText }) => ({ uri: uriOf(file), range, newText })),
  }));
  return {
    range: finding.range,
    severity: severities[finding.severity],
    code: finding.rule,
    codeDescription: { href: finding.docs },
    source,
    message: finding.message,
    relatedInformation: finding.related.map(({ file, range, message }) => ({
      location: { uri: uriOf(file), range },
      message,
    })),
    data: { rule: finding.rule, fixes },
  };
}

function thatThereAreMore(count: number, { range }: Finding): HeadroomDiagnostic {
  const message = `${count} more findings in this file are not shown. The command line shows all of them: headroom lint`;
  return { range, severity: DiagnosticSeverity.Information, source, message };
}
