const ascii = /^[\x20-\x7e]*$/;

/** Printable ASCII alone, as most text is: as wide as it is long, and nothing in it acts or hides. */
export function isPlain(text: string): boolean {
  return ascii.test(text);
}
