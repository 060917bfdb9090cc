import { type Uri, window } from "vscode";
import type { AskedTraffic } from "../../server/forecast/question.ts";

/** Lets somebody choose a file of kind Traffic, or a trace. */
export async function chooseTraffic(beside: Uri): Promise<AskedTraffic | undefined> {
  const [file] =
    (await window.showOpenDialog({
      title: "Traffic",
      openLabel: "Use as Traffic",
      filters: { "Traffic or a trace": ["yaml", "yml", "csv"] },
      defaultUri: beside.with({ path: beside.path.replace(/\/[^/]*$/, "") || "/" }),
    })) ?? [];
  return file && { name: file.toString() };
}
