/** Allowed values up to which a hover tells them all. */
const fewValues = 16;

/**
 * What the YAML service says of a key, in brief: of many allowed values the one that is written, and examples in one
 * line.
 */
export function brief(text: string, written: string | undefined): string {
  return withFewExamples(withFewValues(text, written)).trimEnd();
}

function withFewValues(text: string, written: string | undefined): string {
  return text.replace(/\n*Allowed Values:\n\n((?:\* [^\n]*(?:\n|$))+)/, (all, list: string) => {
    const values = list.trimEnd().split("\n");
    if (values.length <= fewValues) return all;
    const own = values.find((value) => value === `* \`${written}\`` || value.startsWith(`* \`${written}\`: `));
    return own === undefined || !own.includes("`: ") ? "\n\n" : `\n\n${own.slice(2)}\n\n`;
  });
}

function withFewExamples(text: string): string {
  const examples: string[] = [];
  const rest = text.replace(/\n*Example:\n\n```yaml\n([^\n]+)\n```/g, (_, example: string) => {
    examples.push(`\`${example}\``);
    return "";
  });
  return examples.length === 0 ? text : `${rest.trimEnd()}\n\nFor example ${examples.join(", ")}.`;
}
