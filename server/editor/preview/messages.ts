import type { Picture, PictureDifference } from "../../forecast/picture.ts";
import type { Question } from "../../forecast/question.ts";

export type { PictureDifference };

/** What our client and our server say to each other for the preview and the views beside it. */

/** Client to server, a request with a `ForecastParams`, answered by a `Forecast`. Cancelling it stops an exact run. */
export const forecast = "headroom/forecast";

export interface ForecastParams {
  /** Of any file of the stack, as it is in the editor. */
  readonly uri: string;
  readonly question: Question;
  readonly against?: Against;
}

/** The same files in another state, or other files. */
export type Against =
  | { readonly kind: "saved" }
  | { readonly kind: "git"; readonly ref: string }
  | { readonly kind: "directory"; readonly uri: string };

export interface Forecast {
  /** Models of these files, each by what `target` may be. */
  readonly targets: readonly string[];
  /** URIs of the files of the stack. */
  readonly files?: readonly string[];
  /** Absent: why not stands in `mistake`. */
  readonly picture?: Picture;
  readonly mistake?: string;
  readonly against?: Compared;
}

export interface Compared {
  /** As people call it: `HEAD`, `saved`, `overlays/dev`. */
  readonly name: string;
  readonly picture?: Picture;
  readonly mistake?: string;
  /** Null: there is none. */
  readonly difference?: PictureDifference | null;
}

/** Server to client, a notification with a `ForecastStale`: what a forecast of this file is made of has changed. */
export const forecastStale = "headroom/forecastStale";

export interface ForecastStale {
  readonly uri: string;
}

/** Client to server, a request with a `WriteValueParams`, answered by a `WorkspaceEdit`, or null where it cannot be written. */
export const writeValue = "headroom/writeValue";

export interface WriteValueParams {
  readonly uri: string;
  /** The value that stands there now, as a `Place` of a picture tells. */
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
  readonly value: number;
}

/** Client to server, a request with a `ForUri`, answered by a `Role`. */
export const roleOf = "headroom/role";

export interface ForUri {
  readonly uri: string;
}

/** What a file is in its stack, for the status bar. */
export interface Role {
  /** `HorizontalPodAutoscaler chat`, or `3 objects`. Empty: nothing that is known. */
  readonly title: string;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** A forecast can start from here. */
  readonly canForecast: boolean;
}

/** Client to server, a request answered by `StackNode[]`: the workspace as a tree. */
export const stackTree = "headroom/stackTree";
/** Server to client, a notification without parameters: the tree is another one. */
export const stackChanged = "headroom/stackChanged";

export interface StackNode {
  readonly id: string;
  readonly label: string;
  /** Beside the label, quieter. */
  readonly description?: string;
  /** Id of a codicon. */
  readonly icon: string;
  readonly severity?: "error" | "warning" | "information";
  readonly uri?: string;
  readonly range?: WriteValueParams["range"];
  readonly children: readonly StackNode[];
}

/** Client to server, a request with a `ForUri`, answered by a `Topology`: how the objects of its stack hang together. */
export const topology = "headroom/topology";

export interface Topology {
  /** In mermaid's language, every text in it escaped. */
  readonly mermaid: string;
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly label: string }[];
}

export interface TopologyNode {
  /** As mermaid knows it. */
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly path: string;
  readonly range: WriteValueParams["range"];
  readonly errors: number;
  readonly warnings: number;
}
