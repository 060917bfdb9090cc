import { type Decoded, decode } from "../../disk/decode.ts";
import { reasonOf, tooLarge } from "../../disk/reason.ts";

/**
 * Reads standard input to its end, by the same rules as a file. Past the limit it is left alone: it may have no end.
 */
export async function readStdin(stdin: AsyncIterable<Uint8Array>, limit: number): Promise<Decoded> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of stdin) {
      length += chunk.length;
      if (length > limit) return { reason: tooLarge(limit) };
      chunks.push(chunk);
    }
  } catch (error) {
    return { reason: reasonOf(error) };
  }
  return decode(Buffer.concat(chunks));
}
