/** A relative path with forward slashes as a relative URI, an absolute one as a `file:` URI. */
export function uriOf(path: string): string {
  const encoded = path.split("/").map(segment).join("/");
  if (path.startsWith("/")) return `file://${encoded}`;
  return /^[A-Za-z]:\//.test(path) ? `file:///${path.slice(0, 2)}${encoded.slice(encoded.indexOf("/"))}` : encoded;
}

export function isAbsolutePath(path: string): boolean {
  return path.startsWith("/") || /^[A-Za-z]:\//.test(path);
}

/** A name of the file system need not be whole UTF-16. */
function segment(name: string): string {
  return encodeURIComponent(name.replace(loneSurrogate, "\uFFFD"));
}

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
