import { CodeActionKind } from "vscode-languageserver/node";

/** What diagnostics say of where they come from. */
export const source = "headroom";

export const fixAllKind = `${CodeActionKind.SourceFixAll}.headroom`;

/** The command behind the link to a rule's page. */
export const openDocumentation = "headroom.openDocumentation";
