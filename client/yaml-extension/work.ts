import { workspace } from "vscode";
import type { YamlExtension } from "../../server/editor/messages.ts";

export const doneHere: YamlExtension = { structure: false, completion: false, hover: false };

/** What the YAML extension does for us, once it is there, by the settings of both. */
export function workOfYamlExtension(): YamlExtension {
  const wish = workspace.getConfiguration("headroom").get<string>("yamlExtension");
  if (wish === "ignore") return doneHere;
  const yaml = workspace.getConfiguration("yaml");
  const isOn = (part: "completion" | "hover") => wish === "use" || yaml.get(part, true);
  return { structure: true, completion: isOn("completion"), hover: isOn("hover") };
}
