import { realpath, stat } from "node:fs/promises";
import { readBytes } from "../../disk/bytes.ts";
import { decode, encodedLike } from "../../disk/decode.ts";
import { wayDown } from "../../disk/path-name.ts";
import type { InputFile, InputProblem } from "../inputs/input.ts";
import { replaceFile } from "../output/replace.ts";
import { whyNotWritten } from "../output/why-not-written.ts";

export interface Mended {
  readonly before: InputFile;
  readonly after: InputFile;
}

/**
 * Writes a fixed file in the encoding and with the mode that it has, unless it leads out of the tree or is another one
 * than the one that was judged. Absent when all is well.
 */
export async function writeFixed(
  { before, after }: Mended,
  tree: string,
  limit: number,
): Promise<InputProblem | undefined> {
  const refused = (reason: string) => ({ path: before.path, reason });
  try {
    const real = await realpath(before.absolute);
    if (wayDown(await realpath(tree), real) === undefined) return refused(`It is a link that leads out of ${tree}.`);
    const read = readBytes(real, limit);
    if ("reason" in read) return refused(read.reason);
    const now = decode(read.bytes);
    if (!("text" in now) || now.text !== before.text) return refused("It was changed in the meantime. Run again.");
    const { mode } = await stat(real);
    await replaceFile(real, encodedLike(read.bytes, after.text), mode & 0o7777);
    return undefined;
  } catch (error) {
    return refused(whyNotWritten(error));
  }
}
