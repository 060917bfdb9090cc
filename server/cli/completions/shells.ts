import { bashScript } from "./bash.ts";
import { fishScript } from "./fish.ts";
import type { Grammar } from "./grammar.ts";
import { zshScript } from "./zsh.ts";

export type Shell = "bash" | "zsh" | "fish";

export const scripts: Readonly<Record<Shell, (commands: readonly Grammar[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};
