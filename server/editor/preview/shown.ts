import { stackAround } from "../../forecast/stack-scope.ts";
import type { Session } from "../session.ts";

/** More panels than anybody has open; nobody tells when one is closed. */
const mostShown = 20;

/** What a forecast was made of. */
export interface Ingredients {
  /** As they were read, by URI; absent: of a file that was not there. */
  readonly texts: ReadonlyMap<string, string | undefined>;
  /** Files on disk were read too, as what this one is compared with. */
  readonly saved: boolean;
}

/** The forecasts that somebody looks at, and the texts that they are made of. */
export class Shown {
  private readonly session: Session;
  private readonly tell: (uri: string) => void;
  /** By the URI of the file that was asked about. */
  private readonly forecasts = new Map<string, Ingredients>();
  private news = 0;

  constructor(session: Session, tell: (uri: string) => void) {
    this.session = session;
    this.tell = tell;
  }

  /** What is answered next has seen all changes so far. Returns what `show` asks for. */
  begin(uri: string): number {
    this.forecasts.delete(uri);
    return this.news;
  }

  /** `since`: when its texts began to be gathered. What changed meanwhile is told. */
  show(uri: string, ingredients: Ingredients, since: number): void {
    const [oldest] = this.forecasts.size >= mostShown ? this.forecasts.keys() : [];
    if (oldest !== undefined) this.forecasts.delete(oldest);
    this.forecasts.set(uri, ingredients);
    if (this.news !== since && this.isOld([...ingredients.texts.keys()], ingredients)) this.outdate(uri);
  }

  /** Somebody types: nothing was read or judged yet. Each is told of once; who still looks at it asks again. */
  typed(uri: string): void {
    this.news++;
    for (const [shown, ingredients] of this.forecasts) if (this.isOld([uri], ingredients)) this.outdate(shown);
  }

  /** Files were judged anew. Of those that were told of as they were typed the texts are known by now. */
  changed(uris: readonly string[]): void {
    this.news++;
    for (const [shown, ingredients] of this.forecasts) {
      if (this.isOld(uris, ingredients) || this.grew(shown, ingredients, uris)) this.outdate(shown);
    }
  }

  /** Files on disk were written. Those that are open are the same as before. */
  written(uris: readonly string[]): void {
    for (const [shown, { texts, saved }] of this.forecasts) {
      if (saved && uris.some((uri) => texts.has(uri))) this.outdate(shown);
    }
  }

  private outdate(shown: string): void {
    this.forecasts.delete(shown);
    this.tell(shown);
  }

  private isOld(uris: readonly string[], { texts }: Ingredients): boolean {
    return uris.some((uri) => texts.has(uri) && texts.get(uri) !== this.session.textNow(uri));
  }

  /** A file that came may belong to the stack. */
  private grew(shown: string, { texts }: Ingredients, uris: readonly string[]): boolean {
    const folder = this.session.homeOf(shown)?.folder;
    const path = folder?.pathOf(shown);
    const others = uris.filter((uri) => !texts.has(uri));
    if (folder === undefined || path === undefined || !others.some((uri) => folder.holds(uri))) return false;
    return [...stackAround(folder.workspace, path)].some((one) => !texts.has(folder.uriOf(one)));
  }
}
