import type { Against, Forecast, Topology } from "../../server/editor/preview/messages.ts";
import type { Place } from "../../server/forecast/picture.ts";
import type { Question } from "../../server/forecast/question.ts";

/** What the page keeps between two visits; the host gets it back after a reload. */
export interface PageState {
  /** Of the file that the preview was opened from. */
  readonly uri: string;
  readonly question: Question;
  readonly against?: Against;
  readonly tab: Tab;
}

export type Tab = "timelines" | "decisions" | "capacity" | "topology" | "fidelity";

/** Page to host. */
export type FromPage =
  | { readonly type: "ready"; readonly state?: PageState }
  /** Asked while something is dragged, and once more when it is let go. */
  | { readonly type: "ask"; readonly question: Question; readonly against?: Against }
  | { readonly type: "reveal"; readonly place: Place }
  /** Replaces the number at a place. */
  | { readonly type: "write"; readonly place: Place; readonly value: number }
  | { readonly type: "topology" }
  /** Lets somebody choose what to compare with. */
  | { readonly type: "chooseAgainst" }
  /** Lets somebody choose a file of traffic. */
  | { readonly type: "chooseTraffic" }
  | { readonly type: "export"; readonly format: "png" | "csv" | "html" | "markdown"; readonly data: string };

/** Host to page. */
export type ToPage =
  | { readonly type: "start"; readonly state: PageState; readonly title: string }
  | { readonly type: "forecast"; readonly forecast: Forecast; readonly question: Question; readonly against?: Against }
  /** Every request is being served by itself, in the background; a fluid stands until then. */
  | { readonly type: "settling"; readonly isSettling: boolean }
  /** Places that the cursor in the YAML stands in. */
  | { readonly type: "cursor"; readonly places: readonly Place[] }
  | { readonly type: "topology"; readonly topology: Topology }
  /** The page answers with an `export` of format `markdown`. */
  | { readonly type: "copyMarkdown" }
  | { readonly type: "failed"; readonly sentence: string };
