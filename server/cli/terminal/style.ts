import type { Severity } from "../../findings/finding.ts";

type Paint = (text: string) => string;

/** The few ways in which text stands out. Without colour each is the text itself. */
export interface Style {
  readonly strong: Paint;
  readonly quiet: Paint;
  readonly offer: Paint;
  readonly error: Paint;
  readonly warning: Paint;
  readonly info: Paint;
}

/** Only the sixteen colours that every terminal lets its user choose: SGR codes on and off (ECMA-48, 8.3.117). */
function paint(on: string, off: string): Paint {
  return (text) => (text === "" ? "" : `\x1b[${on}m${text}\x1b[${off}m`);
}

const plain: Paint = (text) => text;
const colourless: Style = { strong: plain, quiet: plain, offer: plain, error: plain, warning: plain, info: plain };
const colourful: Style = {
  strong: paint("1", "22"),
  quiet: paint("2", "22"),
  offer: paint("32", "39"),
  error: paint("1;31", "22;39"),
  warning: paint("33", "39"),
  info: paint("36", "39"),
} satisfies Style & Record<Severity, Paint>;

export function styleOf({ colour }: { readonly colour: boolean }): Style {
  return colour ? colourful : colourless;
}
