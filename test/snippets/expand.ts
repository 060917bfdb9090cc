/** What a user chooses at tab stops, by number. */
export type Typed = Readonly<Record<number, string>>;

const stop =
  /\\(?<literal>[\\$}])|\$\{(?<number>\d+)(?::(?<usual>(?:\\.|[^\\}])*)|\|(?<choices>(?:\\.|[^\\|])*)\|)?\}|(?<bare>\$)/g;

/**
 * What VS Code inserts for a snippet: usual values, the first of choices, mirrors, and what is typed over them. Only
 * the part of the grammar that our snippets use; anything else is an error.
 */
export function expand(body: readonly string[], typed: Typed = {}): string {
  const values = new Map<string, string>();
  return `${body.join("\n").replace(stop, (found, ...rest) => {
    const { literal, number, usual, choices } = rest.at(-1) as Readonly<Record<string, string | undefined>>;
    if (literal !== undefined) return literal;
    if (number === undefined) throw new Error(`a bare ${found}`);
    const value = typed[Number(number)] ?? unescaped(usual ?? choicesIn(choices)[0]) ?? values.get(number);
    if (value === undefined) throw new Error(`${found} stands before the tab stop that it mirrors`);
    values.set(number, value);
    return value;
  })}\n`;
}

function choicesIn(choices: string | undefined): string[] {
  return choices === undefined ? [] : choices.split(/(?<!\\),/);
}

function unescaped(text: string | undefined): string | undefined {
  return text?.replace(/\\(.)/g, "$1");
}
