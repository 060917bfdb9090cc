/** Page to frame: what is to be drawn, in the colours of its theme. */
export interface DrawTopology {
  readonly type: "draw";
  readonly mermaid: string;
  readonly isDark: boolean;
  readonly isHighContrast: boolean;
  readonly colours: {
    readonly text: string;
    readonly quiet: string;
    readonly border: string;
    readonly background: string;
  };
  /** As CSS has it: `11px Inter, sans-serif`. */
  readonly font: string;
}

/** Frame to page. */
export type FromFrame =
  | { readonly type: "ready" }
  | { readonly type: "drawn"; readonly height: number }
  | { readonly type: "failed"; readonly sentence: string }
  /** Somebody chose a node, by its id in the topology. */
  | { readonly type: "node"; readonly id: string };
