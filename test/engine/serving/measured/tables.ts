const place = /(?<=<!-- printed by npm run fidelity -->\n\n).*(?=\n\n<!-- end -->)/s;

/** What stands in a page between the two marks. */
export function tablesOf(page: string): string {
  const [found] = place.exec(page) ?? [];
  if (found === undefined) throw new Error("the page has no place for the tables");
  return found;
}

export function withTables(page: string, tables: string): string {
  return page.replace(place, () => tables);
}
