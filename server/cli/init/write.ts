import { type FileHandle, mkdir, open, rmdir, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { exists } from "../../disk/exists.ts";
import { whyNotWritten } from "../output/why-not-written.ts";

/** Why nothing was written. */
export type Refusal = { readonly existing: readonly string[] } | { readonly path: string; readonly reason: string };

/**
 * Writes files below a directory, all of them or none: never over something that is there, and when one cannot be
 * written, those before it are taken back. Absent when all is well.
 */
export async function writeAll(directory: string, files: ReadonlyMap<string, string>): Promise<Refusal | undefined> {
  const existing: string[] = [];
  for (const path of files.keys()) if (exists(join(directory, path))) existing.push(path);
  if (existing.length > 0) return { existing };

  const undo: (() => Promise<void>)[] = [];
  for (const [path, text] of files) {
    try {
      await writeNew(join(directory, path), text, undo);
    } catch (error) {
      for (const step of undo.reverse()) await step().catch(() => {});
      return { path, reason: whyNotWritten(error) };
    }
  }
  return undefined;
}

async function writeNew(path: string, text: string, undo: (() => Promise<void>)[]): Promise<void> {
  for (const made of await makeDirectory(dirname(path))) undo.push(() => rmdir(made));
  // Fails when somebody else was quicker, also with a link that leads nowhere.
  const handle: FileHandle = await open(path, "wx");
  undo.push(() => unlink(path));
  try {
    await handle.writeFile(text);
  } finally {
    await handle.close();
  }
}

/** The directories that had to be made, outermost first. */
async function makeDirectory(path: string): Promise<string[]> {
  const first = await mkdir(path, { recursive: true });
  const made: string[] = [];
  for (let each = path; first !== undefined && each.length >= first.length; each = dirname(each)) made.unshift(each);
  return made;
}
