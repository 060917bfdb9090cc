import type { Against } from "../../../server/editor/preview/messages.ts";
import type { Question } from "../../../server/forecast/question.ts";

/** More questions than this are not under way at once. */
const remembered = 256;

/** Which answers are still news. Answers come in any order; one to an older question than is already shown is dropped. */
export class Asking {
  readonly #asked: string[] = [];
  #shown = -1;

  ask(question: Question, against: Against | undefined): void {
    this.#asked.push(keyOf(question, against));
    if (this.#asked.length <= 2 * remembered) return;
    this.#asked.splice(0, remembered);
    this.#shown = Math.max(-1, this.#shown - remembered);
  }

  /** An answer to something never asked from here is the host's own news: the files have changed. */
  isNews(question: Question, against: Against | undefined): boolean {
    const place = this.#asked.lastIndexOf(keyOf(question, against));
    if (place >= 0 && place < this.#shown) return false;
    this.#shown = Math.max(this.#shown, place);
    return true;
  }

  /** Something that was asked is not answered yet. */
  get isWaiting(): boolean {
    return this.#shown < this.#asked.length - 1;
  }
}

function keyOf(question: Question, against: Against | undefined): string {
  return JSON.stringify([question, against ?? null], sorted);
}

/** Keys in one order: what travelled through another process may have them in another one. */
function sorted(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
