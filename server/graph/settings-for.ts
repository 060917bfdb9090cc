import { Settings } from "../config/settings.ts";
import type { HeadroomConfigView } from "../kinds/headroom-config/kind.ts";
import { dirname } from "./paths.ts";
import type { Workspace } from "./workspace.ts";

/** Asked by everything that depends on a configuration file. */
export const settingsKey = "kind/headroom-config";

const none = new Settings();

/** The configuration nearest to a file, upwards from its directory. */
export function settingsFor(workspace: Workspace, path: string): Settings {
  let best: { directory: string; settings: Settings } | undefined;
  for (const object of workspace.lookup(settingsKey)) {
    const directory = dirname(object.path);
    if (directory !== "" && !path.startsWith(`${directory}/`)) continue;
    if (best === undefined || directory.length > best.directory.length) {
      best = { directory, settings: (object.view as HeadroomConfigView).settings };
    }
  }
  return best?.settings ?? none;
}
