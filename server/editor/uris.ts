import { fileURLToPath, pathToFileURL } from "node:url";

const parts = /^([a-z][a-z0-9+.-]*):(\/\/[^/?#]*)?(.*)$/is;

/**
 * The one spelling by which we know a resource, whatever a client writes: as VS Code does it, everything encoded but
 * the unreserved characters of RFC 3986 (2.3) and the slash.
 */
export function normalUri(uri: string): string {
  const found = parts.exec(uri);
  if (found === null) return `unknown:${encodePath(uri)}`;
  const [, scheme = "", authority = "", path = ""] = found;
  const encoded = path.split("/").map(decode).map(encode).join("/");
  return `${scheme.toLowerCase()}:${authority}${encoded.replace(/^\/([A-Z])%3A/, lowerDrive)}`;
}

/** With the slash that everything below it begins with. */
export function directoryUri(uri: string): string {
  const normal = normalUri(uri);
  return normal.endsWith("/") ? normal : `${normal}/`;
}

/** The directory that holds a resource; for `untitled:Untitled-1`, which stands nowhere, its scheme. */
export function parentUri(uri: string): string {
  const slash = uri.lastIndexOf("/");
  return uri.slice(0, (slash < 0 ? uri.indexOf(":") : slash) + 1);
}

/** The path of a resource below a directory, with forward slashes; absent when it is not below. */
export function pathBelow(directory: string, uri: string): string | undefined {
  return uri.startsWith(directory) && uri !== directory ? decode(uri.slice(directory.length)) : undefined;
}

export function uriBelow(directory: string, path: string): string {
  return directory + encodePath(path);
}

/** The last part of a path, in clear. */
export function nameOf(uri: string): string {
  return decode(uri.slice(parentUri(uri).length));
}

/** Where a resource is on this machine's disk; absent when it is not there, as with `untitled:` and `vscode-vfs:`. */
export function diskPath(uri: string): string | undefined {
  if (!uri.startsWith("file:")) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

export function diskUri(path: string): string {
  return normalUri(pathToFileURL(path).href);
}

function lowerDrive(_: string, letter: string): string {
  return `/${letter.toLowerCase()}%3A`;
}

function encodePath(path: string): string {
  return path.split("/").map(encode).join("/");
}

function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd")).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
