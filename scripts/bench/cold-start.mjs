// The server as it ships, from its start as a process to its first answers.
import { runBundled } from "../run-bundled.mjs";
import { slimYamlService } from "../slim.mjs";

export const bench = () => runBundled("test/bench/cold-start.ts", { whole: [slimYamlService] });
