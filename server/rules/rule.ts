import type { Settings } from "../config/settings.ts";
import type { Finding, Severity } from "../findings/finding.ts";
import type { RawFinding, RawFix } from "../findings/raw-finding.ts";
import type { Suppression } from "../findings/suppression.ts";
import type { Graph } from "../graph/graph.ts";
import type { Kind, ViewOf } from "../kinds/kind.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { Document } from "../text/document.ts";
import type { Span } from "../text/node.ts";

/** What a rule says of itself. Diagnostics, `explain`, the docs page and the tests are all printed from it. */
export interface RuleText {
  /** `subject/name`. */
  readonly id: string;
  readonly title: string;
  readonly since: string;
  /** The usual severity; a finding may be milder or harsher where the rule says so. */
  readonly severity: Severity;
  /** `safe`: may be applied unasked. `suggestion`: a person decides. */
  readonly fixable: "safe" | "suggestion" | false;
  /** Checks of the reference that the rule expresses. */
  readonly refs: readonly string[];
  readonly docs: {
    readonly summary: string;
    readonly why: string;
    readonly mend: string;
    readonly sources: readonly string[];
  };
  /** Small YAML. Each line where a finding stands ends in `# <-`. */
  readonly examples: { readonly bad: string; readonly good: string };
}

/** A message with `{slots}`; the slots are checked by the compiler. */
type Slots<Text extends string> = Text extends `${string}{${infer Slot}}${infer Rest}` ? Slot | Slots<Rest> : never;

interface Told<Messages extends Record<string, string>, Key extends keyof Messages & string> {
  readonly at: Span;
  readonly message: Key;
  readonly slots: Readonly<Record<Slots<Messages[Key]>, string | number>>;
  readonly severity?: Severity;
  readonly unwritten?: RawFinding["unwritten"];
  readonly related?: RawFinding["related"];
  readonly fixes?: readonly RawFix[];
}

/** What a rule tells: one of its messages with every slot filled, chosen on the spot or ready-made. */
export interface Report<Messages extends Record<string, string>> {
  <Key extends keyof Messages & string>(finding: Told<Messages, Key>): void;
  (finding: { [Key in keyof Messages & string]: Told<Messages, Key> }[keyof Messages & string]): void;
}

interface ObjectRule<Messages extends Record<string, string>, Kinds extends readonly Kind[]> extends RuleText {
  readonly messages: Messages;
  /** The kinds it looks at. What else it asks of the graph is noted by the graph itself. */
  readonly reads: Kinds;
  check(context: {
    readonly object: { [K in keyof Kinds]: StackObject<ViewOf<Kinds[K]>> }[number];
    readonly graph: Graph;
    readonly settings: Settings;
    readonly report: Report<Messages>;
  }): void;
}

interface DocumentRule<Messages extends Record<string, string>> extends RuleText {
  readonly messages: Messages;
  /** Looks at every document as text, whatever it is and even when it could not be read. */
  readonly reads: "documents";
  check(context: { readonly document: Document; readonly report: Report<Messages> }): void;
}

interface SuppressionRule<Messages extends Record<string, string>> extends RuleText {
  readonly messages: Messages;
  /** Looks at each suppression when everything else has been said. */
  readonly reads: "suppressions";
  check(context: {
    readonly suppression: Suppression;
    /** Ids in it that held nothing back. */
    readonly unused: Suppression["rules"];
    readonly knownRules: readonly string[];
    readonly report: Report<Messages>;
  }): void;
}

/** A rule as the pipeline holds it, its own types forgotten. */
export interface Rule extends RuleText {
  readonly messages: Readonly<Record<string, string>>;
  readonly reads: readonly Kind[] | "documents" | "suppressions";
  readonly check: (context: never) => void;
}

export function defineRule<const Messages extends Record<string, string>, const Kinds extends readonly Kind[]>(
  rule: ObjectRule<Messages, Kinds>,
): Rule {
  return rule;
}

export function defineDocumentRule<const Messages extends Record<string, string>>(rule: DocumentRule<Messages>): Rule {
  return rule;
}

export function defineSuppressionRule<const Messages extends Record<string, string>>(
  rule: SuppressionRule<Messages>,
): Rule {
  return rule;
}

/** Turns what a rule reports into findings. */
export function reporter(rule: Rule, found: RawFinding[]): Report<Record<string, string>> {
  return ({ at, message, slots, severity, unwritten, related, fixes }: Told<Record<string, string>, string>) => {
    found.push({
      rule: rule.id,
      severity: severity ?? rule.severity,
      message: fill(rule.messages[message] ?? message, slots as Record<string, string | number>),
      at,
      ...(unwritten !== undefined && { unwritten }),
      related: related ?? [],
      fixes: fixes ?? [],
    });
  };
}

/** Names and values come from documents and may be of any length; a message is for reading. */
const longestSlot = 200;

function fill(text: string, slots: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, slot: string) => {
    if (!Object.hasOwn(slots, slot)) return whole;
    const value = String(slots[slot]);
    return value.length > longestSlot ? `${value.slice(0, longestSlot)}…` : value;
  });
}

/** The page of a rule. */
export function docsOf(rule: string): Finding["docs"] {
  return `https://github.com/headroom-llm/headroom/blob/main/docs/rules/${rule}.md`;
}
