/** expr-lang has integers of 64 bits (here bigint) and floats (here number); what a trigger measures is always a float. */
export type Value = bigint | number | boolean | null | readonly Value[];

export type Node =
  | { readonly kind: "literal"; readonly at: number; readonly value: bigint | number | boolean | null }
  | { readonly kind: "name"; readonly at: number; readonly name: string }
  /** `#`: the element that a predicate looks at. */
  | { readonly kind: "element"; readonly at: number }
  | { readonly kind: "list"; readonly at: number; readonly items: readonly Node[] }
  | { readonly kind: "unary"; readonly at: number; readonly operator: "-" | "+" | "not"; readonly operand: Node }
  | Binary
  | {
      readonly kind: "choice";
      readonly at: number;
      readonly condition: Node;
      readonly then: Node;
      readonly otherwise: Node;
    }
  | { readonly kind: "let"; readonly at: number; readonly name: string; readonly value: Node; readonly body: Node }
  | Call;

export interface Binary {
  readonly kind: "binary";
  readonly at: number;
  readonly operator: BinaryOperator;
  readonly left: Node;
  readonly right: Node;
}

export type Arithmetic = "+" | "-" | "*" | "/" | "%" | "**";
export type Ordering = "<" | "<=" | ">" | ">=";
export type BinaryOperator = Arithmetic | Ordering | "==" | "!=" | "in" | "and" | "or" | "??";

export interface Call {
  readonly kind: "call";
  readonly at: number;
  readonly name: string;
  readonly arguments: readonly Node[];
  /** What is asked of each element: `{# > 1}`. */
  readonly predicate?: Node;
}
