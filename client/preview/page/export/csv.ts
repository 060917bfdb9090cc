import type { Line, Picture } from "../../../../server/forecast/picture.ts";

/** The timeline of a run, a row for each moment. What is not known is empty. */
export function csvOf({ timeline, duration }: Picture): string {
  const { at, every: _, variants, signals, ...lines } = timeline;
  const columns: readonly (readonly [string, Line])[] = [
    ...(Object.entries(lines) as [string, Line][]),
    ...Object.entries(variants).flatMap(([name, own]) =>
      Object.entries(own).map(([line, values]) => [`${name} ${line}`, values] as const),
    ),
    ...Object.entries(signals).map(([name, values]) => [`signal ${name}`, values] as const),
  ];
  const head = ["seconds", ...columns.map(([name]) => name)].map(cell).join(",");
  const rows = at
    .flatMap((moment, column) => (moment <= duration ? [column] : []))
    .map((column) => [at[column], ...columns.map(([, values]) => values[column] ?? "")].join(","));
  return `${[head, ...rows].join("\r\n")}\r\n`;
}

/** RFC 4180. A name that a spreadsheet would take for a formula gets a quote before it. */
export function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
