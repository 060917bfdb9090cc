// What a preview costs: its bundles, its first paint, and each keystroke, in its parts and from the key to the screen.
import { runBundled } from "../run-bundled.mjs";

export async function bench() {
  await runBundled("test/bench/preview.ts");
  await runBundled("test/bench/page.ts");
}
