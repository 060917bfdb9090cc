/** The name, or the first `name-2`, `name-3`, … that nothing has yet. File systems may not tell cases apart. */
export function freeName(name: string, taken: readonly string[]): string {
  const there = new Set(taken.map((one) => one.toLowerCase()));
  if (!there.has(name)) return name;
  let number = 2;
  while (there.has(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}
