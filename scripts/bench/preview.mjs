// What a preview costs at each keystroke.
import { runBundled } from "../run-bundled.mjs";

export const bench = () => runBundled("test/bench/preview.ts");
