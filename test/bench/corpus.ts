import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stack } from "./manifests.ts";

/** Files on disk that no longer stand there when the work is done. */
export async function withCorpus<Result>(
  files: Iterable<readonly [path: string, text: string]>,
  work: (directory: string) => Promise<Result>,
): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), "headroom-bench-"));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** A stack a file: three documents each, a Deployment, its cache's configuration and its autoscaler. */
export function stackFiles(count: number): [path: string, text: string][] {
  return Array.from({ length: count }, (_, index) => [`app${index}/stack.yaml`, stack(`app${index}`)]);
}

/** Stacks in one file up to a size. */
export function oneFile(bytes: number): [path: string, text: string][] {
  const texts: string[] = [];
  for (let length = 0; length < bytes; ) {
    const text = stack(`app${texts.length}`);
    if (length + text.length > bytes) break;
    texts.push(text);
    length += text.length + "---\n".length;
  }
  return [["all.yaml", texts.join("---\n")]];
}
