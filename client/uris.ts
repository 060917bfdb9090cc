import { Uri } from "vscode";

/** One spelling for a file: servers and pages may escape a URI otherwise than VS Code does. */
export function spelled(uri: string): string {
  try {
    return Uri.parse(uri, true).toString();
  } catch {
    return uri;
  }
}

/** What people call a file or folder. */
export function nameOf(uri: Uri): string {
  return uri.path.split("/").findLast((part) => part !== "") ?? uri.toString();
}
