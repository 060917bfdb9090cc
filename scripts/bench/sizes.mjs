// What the bundles weigh, and the bound of each.
import { existsSync, statSync } from "node:fs";
import { largest } from "../slim.mjs";

export function bench() {
  for (const [file, most] of Object.entries(largest)) {
    if (!existsSync(`dist/${file}`)) continue;
    const { size } = statSync(`dist/${file}`);
    console.log(
      `${file.padEnd(20)} ${(size / 1e6).toFixed(2).padStart(6)} MB of ${(most / 1e6).toFixed(2).padStart(5)} MB`,
    );
  }
}
