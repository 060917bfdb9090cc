import { capacityCommand } from "./capacity.ts";
import type { Command } from "./command.ts";
import { completionsCommand } from "./completions.ts";
import { explainCommand } from "./explain.ts";
import { graphCommand } from "./graph.ts";
import { initCommand } from "./init.ts";
import { lintCommand } from "./lint.ts";
import { lspCommand } from "./lsp.ts";
import { mergeCommand } from "./merge.ts";
import { rulesCommand } from "./rules.ts";
import { simulateCommand } from "./simulate.ts";

/** In the order in which help lists them. */
export const commands: readonly Command[] = [
  lintCommand,
  mergeCommand,
  rulesCommand,
  explainCommand,
  initCommand,
  capacityCommand,
  simulateCommand,
  graphCommand,
  completionsCommand,
  lspCommand,
];
