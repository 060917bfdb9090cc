import { type ConfigProblem, readConfig } from "../../config/read-config.ts";
import { configFileName, Settings } from "../../config/settings.ts";
import type { ScalarNode } from "../../text/node.ts";
import { entriesAt, itemsAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";

export interface HeadroomConfigView {
  readonly settings: Settings;
  readonly problems: readonly ConfigProblem[];
  /** Every rule id the file names. */
  readonly ruleIds: readonly ScalarNode[];
}

export const headroomConfig = defineKind<HeadroomConfigView>({
  id: "headroom-config",
  title: "Headroom configuration",
  recognise: {
    hints: ["versions", "environments", "podStartup", "rules", "overrides", "ignore", "gpus", "models"],
    content: (_root, doc) => doc.carrier === undefined && doc.file.path.split("/").at(-1) === configFileName,
  },
  view: ({ root, path }) => {
    const { config, problems } = readConfig(root, path);
    const overrides = itemsAt(root, "overrides").flatMap((item) => entriesAt(item, "rules"));
    return {
      settings: new Settings(config),
      problems,
      ruleIds: [...entriesAt(root, "rules"), ...overrides].map(({ key }) => key),
    };
  },
});
