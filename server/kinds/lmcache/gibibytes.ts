const units: ReadonlyMap<string, number> = new Map([
  ["Mi", 1 / 1024],
  ["Gi", 1],
  ["Ti", 1024],
]);

/** `60Gi` as LMCache counts it: sizes are plain numbers of GiB. */
export function gibibytesOf(quantity: string): string | undefined {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)(Mi|Gi|Ti)B?$/.exec(quantity) ?? [];
  const factor = units.get(unit);
  return number === undefined || factor === undefined ? undefined : String(Number(number) * factor);
}
