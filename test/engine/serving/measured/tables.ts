/** What stands in a page between the two marks of a script. */
export function tablesOf(page: string, script = fidelity): string {
  const [found] = placeOf(script).exec(page) ?? [];
  if (found === undefined) throw new Error("the page has no place for the tables");
  return found;
}

export function withTables(page: string, tables: string, script = fidelity): string {
  return page.replace(placeOf(script), () => tables);
}

const fidelity = "npm run fidelity";

function placeOf(script: string): RegExp {
  return new RegExp(`(?<=<!-- printed by ${script} -->\n\n)(?:(?!\n\n<!-- end -->).)*`, "s");
}
