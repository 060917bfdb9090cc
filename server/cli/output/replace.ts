import { type FileHandle, open, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Puts a file in the place of another, or where none is, in one step: whoever reads it sees the old one or the new one,
 * and a full disk or a lost power leaves the old one. The link count and the owner are those of a new file.
 */
export async function replaceFile(path: string, content: string | Uint8Array, mode?: number): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.headroom`);
  // Fails where there is such a file or link already, so that nobody can have us write somewhere else.
  const handle: FileHandle = await open(beside, "wx", mode);
  try {
    try {
      await handle.writeFile(content);
      // The mask of the process took from the mode on the way.
      if (mode !== undefined) await handle.chmod(mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, path);
  } catch (error) {
    await unlink(beside).catch(() => {});
    throw error;
  }
}
