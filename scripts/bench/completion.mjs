// Completion as somebody types.
import { runBundled } from "../run-bundled.mjs";
import { slimYamlService } from "../slim.mjs";

export const bench = () => runBundled("test/bench/completion.ts", { whole: [slimYamlService] });
