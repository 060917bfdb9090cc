import { usualAnswers } from "../../server/cli/init/answers.ts";
import { joined, type Templates } from "../../server/cli/init/stack-files.ts";
import { type Stack, stacks } from "../../server/cli/init/stacks.ts";
import { slot } from "../../server/cli/init/template.ts";
import { choices, type Slot, type Values, valuesOf } from "../../server/cli/init/values.ts";
import { headroomConfig, type Scaffold, scaffolds } from "./scaffolds.ts";

/** VS Code's form: https://code.visualstudio.com/docs/editing/userdefinedsnippets */
interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly isFileTemplate: true;
  readonly body: readonly string[];
}

const folder = "snippets/templates";

/** Snippets for VS Code by file, and the same templates for the command line. */
export function snippetFiles(read: (file: string) => string): Map<string, string> {
  const templates = readTemplates(read);
  const all = Object.entries(scaffolds).map(
    ([subject, members]) => [subject, members.map((each) => snippetOf(each, templates))] as const,
  );
  const whole = [...stacks.map((stack) => stackSnippet(stack, templates)), snippetOf(headroomConfig, templates)];
  const printed = [...all, ["stacks", whole] as const].map(([subject, snippets]) => {
    const named = Object.fromEntries(snippets.map(({ title, snippet }) => [title, snippet]));
    return [`snippets/${subject}.json`, `${JSON.stringify(named, null, 2)}\n`] as const;
  });
  return new Map([...printed, ["server/cli/init/templates.ts", templatesModule(templates)]]);
}

function snippetOf({ prefix, title, says, templates: names }: Scaffold, templates: Templates) {
  return { title, snippet: snippet(prefix, says, joined(names, templates)) };
}

function stackSnippet({ name, title, says, files, cluster, sets }: Stack, templates: Templates) {
  const text = joined(Object.values({ ...files, ...cluster }).flat(), templates, sets);
  return { title, snippet: snippet(`headroom-stack-${name}`, says, text) };
}

function snippet(prefix: string, description: string, template: string): Snippet {
  return { prefix, description, isFileTemplate: true, body: bodyOf(template) };
}

function readTemplates(read: (file: string) => string): Templates {
  const all = [...Object.values(scaffolds).flat(), headroomConfig].flatMap((scaffold) => scaffold.templates);
  return Object.fromEntries(all.sort().map((name) => [name, read(`${folder}/${name}.yaml`)]));
}

/** A place becomes a tab stop where it first stands, with its usual value or its choices; elsewhere it mirrors that. */
function bodyOf(template: string): string[] {
  const usual: Values = valuesOf(usualAnswers());
  const numbers = new Map<string, number>();
  const parts = template.trimEnd().split(slot);
  const body = parts.map((part, index) => {
    if (index % 2 === 0) return escaped(part, /[\\$]/g);
    const known = numbers.get(part);
    if (known !== undefined) return `\${${known}}`;
    numbers.set(part, numbers.size + 1);
    return stop(numbers.size, part as Slot, usual);
  });
  return body.join("").split("\n");
}

function stop(number: number, name: Slot, usual: Values): string {
  if (!Object.hasOwn(usual, name)) throw new Error(`there is no value for \${${name}}`);
  const value = String(usual[name]);
  const others = choices[name];
  if (others === undefined) return `\${${number}:${escaped(value, /[\\$}]/g)}}`;
  const sorted = [value, ...others.filter((other) => other !== value)];
  return `\${${number}|${sorted.map((choice) => escaped(choice, /[\\,|]/g)).join(",")}|}`;
}

function escaped(text: string, special: RegExp): string {
  return text.replace(special, (character) => `\\${character}`);
}

function templatesModule(templates: Templates): string {
  const entries = Object.entries(templates).map(
    ([name, text]) => `  ${JSON.stringify(name)}: ${JSON.stringify(text)},\n`,
  );
  return `// Printed by \`npm run generate\` from ${folder}.\nexport const templates: Readonly<Record<string, string>> = {\n${entries.join("")}};\n`;
}
