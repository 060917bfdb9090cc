// From a keystroke to its diagnostics, through the server as it ships.
import { runBundled } from "../run-bundled.mjs";
import { slimYamlService } from "../slim.mjs";

export const bench = () => runBundled("test/bench/keystroke.ts", { whole: [slimYamlService] });
