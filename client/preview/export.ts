/** The bytes of a file that a page hands out, and how a dialog filters for it. */
export function fileOf(
  format: "png" | "csv" | "html",
  data: string,
): { readonly bytes: Uint8Array; readonly filter: Record<string, string[]> } {
  if (format === "png") return { bytes: imageIn(data), filter: { Images: ["png"] } };
  const filter: Record<string, string[]> =
    format === "csv" ? { "Comma-separated values": ["csv"] } : { HTML: ["html"] };
  return { bytes: Buffer.from(data, "utf8"), filter };
}

/** The first eight bytes of every PNG (its specification, 5.2). */
const signature = "89504e470d0a1a0a";

function imageIn(url: string): Uint8Array {
  const bytes = Buffer.from(url.replace(/^data:image\/png;base64,/, ""), "base64");
  if (bytes.subarray(0, 8).toString("hex") !== signature) throw new Error("The page drew no picture to save.");
  return bytes;
}
