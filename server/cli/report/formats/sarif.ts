import { homepage, version } from "../../../../package.json";
import type { Edit, Fix, Severity } from "../../../findings/finding.ts";
import { docsOf, type Rule } from "../../../rules/rule.ts";
import type { Range } from "../../../text/lines.ts";
import type { CheckedFinding } from "../../lint/checked.ts";
import { printed } from "../json.ts";
import { notCheckedIn } from "../trouble.ts";
import { messageOf } from "./rendered.ts";
import type { Report } from "./report.ts";
import { isAbsolutePath, uriOf } from "./uri.ts";

const level = { error: "error", warning: "warning", info: "note" } as const satisfies Record<Severity, string>;
/** What code scanning on GitHub sorts by. */
const urgency = { error: "error", warning: "warning", info: "recommendation" } as const satisfies Record<
  Severity,
  string
>;
const root = "SRCROOT";

/** SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarifReport({ checked, rules }: Report): string {
  const table = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));
  const indexOf = new Map(table.map(({ id }, index) => [id, index]));
  const place = (file: string) => artifactLocation(checked.fromRoot(file));
  const troubles = notCheckedIn(checked);
  return printed({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Headroom",
            version,
            semanticVersion: version,
            informationUri: homepage,
            rules: table.map(descriptorOf),
          },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { [root]: { description: { text: "The root of the repository." } } },
        invocations: [
          {
            executionSuccessful: troubles.length === 0,
            toolExecutionNotifications: troubles.map(({ path, reason }) => ({
              level: "error",
              message: { text: `Not checked: ${reason}` },
              locations: [{ physicalLocation: { artifactLocation: place(path) } }],
            })),
          },
        ],
        artifacts: checked.files.map(({ name }) => ({ location: place(name) })),
        results: checked.files.flatMap(({ findings }) =>
          findings.map((finding) => resultOf(finding, indexOf.get(finding.rule), place)),
        ),
      },
    ],
  });
}

function descriptorOf({ id, title, severity, docs, examples }: Rule): object {
  const fence = (yaml: string) => `\`\`\`yaml\n${yaml.trimEnd()}\n\`\`\``;
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: docs.summary },
    help: {
      text: `${docs.why}\n\nHow to mend it: ${docs.mend}`,
      markdown: `${docs.why}\n\n**How to mend it**: ${docs.mend}\n\nWrong:\n\n${fence(examples.bad)}\n\nRight:\n\n${fence(examples.good)}\n`,
    },
    helpUri: docsOf(id),
    defaultConfiguration: { level: level[severity] },
    properties: { tags: [id.slice(0, id.indexOf("/"))], "problem.severity": urgency[severity] },
  };
}

type PlaceOf = (file: string) => object;

function resultOf(finding: CheckedFinding, ruleIndex: number | undefined, place: PlaceOf): object {
  const { rule, severity, object, related, fixes, fingerprint } = finding;
  return {
    ruleId: rule,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: level[severity],
    message: { text: withoutLinks(messageOf(finding)) },
    locations: [
      {
        physicalLocation: physical(finding, place),
        ...(object !== "" && { logicalLocations: [{ fullyQualifiedName: object, kind: "object" }] }),
      },
    ],
    ...(related.length > 0 && {
      relatedLocations: related.map((other, id) => ({
        id,
        message: { text: withoutLinks(messageOf(other)) },
        physicalLocation: physical(other, place),
      })),
    }),
    // The second is the one that code scanning on GitHub goes by.
    partialFingerprints: { "headroom/v1": fingerprint, primaryLocationLineHash: fingerprint },
    ...(fixes.length > 0 && { fixes: fixes.map((fix) => fixOf(fix, place)) }),
  };
}

function physical(
  { file, range, rendered }: { readonly file: string; readonly range: Range; readonly rendered?: true },
  place: PlaceOf,
): object {
  if (rendered) return { artifactLocation: place(file) };
  return { artifactLocation: place(file), region: regionOf(range) };
}

function artifactLocation(path: string): object {
  return isAbsolutePath(path) ? { uri: uriOf(path) } : { uri: uriOf(path), uriBaseId: root };
}

/** From one, the end exclusive, as the standard counts. */
function regionOf({ start, end }: Range): object {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function fixOf({ title, edits }: Fix, place: PlaceOf): object {
  const files = new Map<string, Edit[]>();
  for (const edit of edits) files.set(edit.file, [...(files.get(edit.file) ?? []), edit]);
  return {
    description: { text: withoutLinks(title) },
    artifactChanges: [...files].map(([file, inFile]) => ({
      artifactLocation: place(file),
      replacements: inFile.map(({ range, newText }) => ({
        deletedRegion: regionOf(range),
        insertedContent: { text: newText },
      })),
    })),
  };
}

/** A message may hold links, `[text](target)` (3.11.6); what documents say is none. */
function withoutLinks(text: string): string {
  return text.replace(/[\\[\]]/g, "\\$&");
}
