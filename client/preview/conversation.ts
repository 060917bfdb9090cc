import type { Against, Forecast, ForecastParams } from "../../server/editor/preview/messages.ts";
import type { Question } from "../../server/forecast/question.ts";
import type { PageState, Tab, ToPage } from "./messages.ts";

/** What a conversation needs of the world around it. */
export interface World {
  /** Asks the server. The signal takes the question back. */
  forecast(params: ForecastParams, signal: AbortSignal): Promise<Forecast>;
  tell(message: ToPage): void;
  /** Does something later, unless the returned function is called before. */
  after(milliseconds: number, task: () => void): () => void;
}

/** Without a new question for so long, every request is served by itself: nobody drags or types any more. */
export const quiet = 400;
/** Between two questions that follow the typing. Fluid runs answer within it; slower ones set the pace themselves. */
export const pace = 60;

interface Answer {
  readonly asked: PageState;
  readonly forecast: Forecast;
}

/**
 * Between one page and the server. One question is under way at a time and the newest one waits, so that answers come in the
 * order of their questions and as fast as the server can; a question that was overtaken while it waited is never asked.
 */
export class Conversation {
  private readonly world: World;
  private current: PageState;
  /** Counts what was asked for: every new question, and every change of the files. */
  private wish = 1;
  private asked = 0;
  private answered = 0;
  private last: Answer | undefined;
  private isThere = false;
  private isResting = false;
  private fluid: AbortController | undefined;
  private exact: AbortController | undefined;
  private isSettling = false;

  constructor(world: World, state: PageState) {
    this.world = world;
    this.current = state;
  }

  get state(): PageState {
    return this.current;
  }

  /** What the page shows. */
  get forecast(): Forecast | undefined {
    return this.last?.forecast;
  }

  /** The page is there, for the first time or again: hidden pages are taken down. */
  arrive(title: string, tab: Tab = this.current.tab): void {
    this.isThere = true;
    this.current = { ...this.current, tab };
    this.isSettling = false;
    this.world.tell({ type: "start", state: this.current, title });
    if (this.last !== undefined && this.answered === this.wish) this.show(this.last);
    else {
      // What failed is tried again.
      if (this.fluid === undefined) this.asked = 0;
      this.next();
    }
  }

  /** Nobody looks: nothing is asked until the page is there again. */
  leave(): void {
    this.isThere = false;
    this.stopExact();
  }

  ask(question: Question, against?: Against): void {
    const { against: _, ...rest } = this.current;
    this.current = { ...rest, question, ...(against === undefined ? {} : { against }) };
    this.outdate();
  }

  /** The files, or the server, are others than when they were asked. */
  outdate(): void {
    this.wish += 1;
    this.stopExact();
    this.next();
  }

  end(): void {
    this.isThere = false;
    this.fluid?.abort();
    this.stopExact();
  }

  private next(): void {
    if (!this.isThere || this.isResting || this.fluid !== undefined || this.asked === this.wish) return;
    this.asked = this.wish;
    this.isResting = true;
    this.world.after(pace, () => {
      this.isResting = false;
      this.next();
    });
    void this.askFluid(this.wish);
  }

  private async askFluid(wish: number): Promise<void> {
    const asked = this.current;
    const controller = new AbortController();
    this.fluid = controller;
    try {
      const forecast = await this.request(asked, false, controller.signal);
      if (!controller.signal.aborted && isOfSameSubject(asked, this.current)) this.answer(wish, asked, forecast);
    } catch (error) {
      if (!controller.signal.aborted && wish === this.wish) this.fail(error);
    } finally {
      this.fluid = undefined;
      this.next();
    }
  }

  private answer(wish: number, asked: PageState, forecast: Forecast): void {
    this.answered = wish;
    this.last = { asked, forecast };
    if (this.isThere) this.show(this.last);
  }

  private show({ asked, forecast }: Answer): void {
    const { question, against } = asked;
    this.world.tell({ type: "forecast", forecast, question, ...(against === undefined ? {} : { against }) });
    const isToSettle = question.exact && forecast.picture?.tier === "fluid" && this.answered === this.wish;
    this.settling(isToSettle);
    if (isToSettle) this.settleLater();
  }

  private settleLater(): void {
    const controller = new AbortController();
    const takeBack = this.world.after(quiet, () => void this.askExact(this.wish, controller));
    controller.signal.addEventListener("abort", takeBack);
    this.exact = controller;
  }

  private async askExact(wish: number, controller: AbortController): Promise<void> {
    const asked = this.current;
    try {
      const forecast = await this.request(asked, true, controller.signal);
      if (!controller.signal.aborted) this.answer(wish, asked, forecast);
    } catch (error) {
      if (!controller.signal.aborted) this.fail(error);
    } finally {
      if (this.exact === controller) this.exact = undefined;
    }
  }

  private stopExact(): void {
    this.exact?.abort();
    this.exact = undefined;
  }

  private request({ uri, question, against }: PageState, exact: boolean, signal: AbortSignal): Promise<Forecast> {
    const params = { uri, question: { ...question, exact }, ...(against === undefined ? {} : { against }) };
    return this.world.forecast(params, signal);
  }

  private fail(error: unknown): void {
    this.settling(false);
    const sentence = error instanceof Error ? error.message : String(error);
    if (this.isThere) this.world.tell({ type: "failed", sentence });
  }

  private settling(isSettling: boolean): void {
    if (isSettling === this.isSettling) return;
    this.isSettling = isSettling;
    if (this.isThere) this.world.tell({ type: "settling", isSettling });
  }
}

/** An answer to a question that was overtaken still shows on the way to the next one, but not what nobody looks at any more. */
function isOfSameSubject(one: PageState, other: PageState): boolean {
  const subject = ({ question, against }: PageState) =>
    JSON.stringify([question.target, question.traffic.name, against ?? null]);
  return subject(one) === subject(other);
}
