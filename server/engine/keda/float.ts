/** What Go's ParseFloat reads of the numbers that people write. */
export function floatOf(text: string | undefined): number | undefined {
  if (
    text === undefined ||
    !/^[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})(?:[eE][+-]?[0-9]{1,3})?$/.test(text)
  ) {
    return undefined;
  }
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
