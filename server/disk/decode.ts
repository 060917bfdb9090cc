import { isUtf8 } from "node:buffer";

export type Decoded = { readonly text: string } | { readonly reason: string };

/**
 * Text that starts with one of these is in another encoding than UTF-8. UTF-32 first: its mark starts like UTF-16's.
 */
const marks = [
  { mark: [0xff, 0xfe, 0x00, 0x00], encoding: "utf-32" },
  { mark: [0x00, 0x00, 0xfe, 0xff], encoding: "utf-32" },
  { mark: [0xff, 0xfe], encoding: "utf-16le" },
  { mark: [0xfe, 0xff], encoding: "utf-16be" },
] as const;

/**
 * Bytes as text, in the encodings that YAML 1.2 (5.2) allows and people use: UTF-8, and UTF-16 with its byte order
 * mark. The mark stays in the text, so that offsets are those of the file. Nothing is guessed and nothing replaced.
 */
export function decode(bytes: Uint8Array): Decoded {
  const encoding = encodingOf(bytes);
  if (encoding === "utf-32") return { reason: "This is UTF-32. Save it as UTF-8." };
  return encoding === "utf-8" ? decodeUtf8(bytes) : decodeUtf16(bytes, encoding);
}

/** Another text in the encoding of these bytes; a byte order mark is part of the text. */
export function encodedLike(bytes: Uint8Array, text: string): Uint8Array {
  const encoding = encodingOf(bytes);
  if (encoding === "utf-8") return Buffer.from(text, "utf8");
  const little = Buffer.from(text, "utf16le");
  return encoding === "utf-16be" ? little.swap16() : little;
}

function encodingOf(bytes: Uint8Array): (typeof marks)[number]["encoding"] | "utf-8" {
  return marks.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte))?.encoding ?? "utf-8";
}

function decodeUtf8(bytes: Uint8Array): Decoded {
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    return {
      reason: `There is a NUL byte in line ${lineAt(bytes, nul)}: this is not a text file, or it is UTF-16 without a byte order mark.`,
    };
  }
  if (!isUtf8(bytes)) return { reason: `Line ${firstBrokenLine(bytes)} is not valid UTF-8. Save the file as UTF-8.` };
  return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
}

function decodeUtf16(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): Decoded {
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\0") ? { reason: "There is a NUL character in it: this is not a text file." } : { text };
  } catch {
    return { reason: "It begins as UTF-16 and is not valid UTF-16. Save it as UTF-8." };
  }
}

/** A newline is never part of a longer UTF-8 sequence, so lines can be looked at one by one. */
function firstBrokenLine(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  for (;;) {
    const newline = bytes.indexOf(0x0a, start);
    if (newline < 0 || !isUtf8(bytes.subarray(start, newline))) return line;
    line++;
    start = newline + 1;
  }
}

function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(0x0a); at >= 0 && at < offset; at = bytes.indexOf(0x0a, at + 1)) line++;
  return line;
}
