import assert from "node:assert/strict";
import type { World } from "../../../client/preview/conversation.ts";
import type { ToPage } from "../../../client/preview/messages.ts";
import type { Forecast, ForecastParams } from "../../../server/editor/preview/messages.ts";
import type { Picture } from "../../../server/forecast/picture.ts";

interface Open {
  readonly params: ForecastParams;
  readonly signal: AbortSignal;
  readonly resolve: (forecast: Forecast) => void;
  readonly reject: (error: Error) => void;
}

/** A server that answers when a test says so, a page that only listens, and a clock that stands. */
export class FakeWorld implements World {
  readonly asked: ForecastParams[] = [];
  readonly told: ToPage[] = [];
  readonly open: Open[] = [];
  private now = 0;
  private later: { readonly at: number; readonly task: () => void }[] = [];

  forecast(params: ForecastParams, signal: AbortSignal): Promise<Forecast> {
    this.asked.push(params);
    return new Promise((resolve, reject) => this.open.push({ params, signal, resolve, reject }));
  }

  tell(message: ToPage): void {
    this.told.push(message);
  }

  after(milliseconds: number, task: () => void): () => void {
    const entry = { at: this.now + milliseconds, task };
    this.later.push(entry);
    return () => {
      this.later = this.later.filter((one) => one !== entry);
    };
  }

  /** Lets time pass. */
  pass(milliseconds: number): void {
    this.now += milliseconds;
    const due = this.later.filter(({ at }) => at <= this.now);
    this.later = this.later.filter(({ at }) => at > this.now);
    for (const { task } of due) task();
  }

  /** Answers a question that is under way, the oldest unless another is named. */
  async answer(one = this.open[0]): Promise<void> {
    this.close(one).resolve({ targets: ["chat"], picture: pictureOf(one?.params) });
    await settled();
  }

  async refuse(why: string): Promise<void> {
    this.close(this.open[0]).reject(new Error(why));
    await settled();
  }

  private close(one: Open | undefined): Open {
    assert.ok(one, "no question is under way");
    this.open.splice(this.open.indexOf(one), 1);
    return one;
  }
}

/** Of a picture, a conversation looks at its tier alone. */
function pictureOf(params: ForecastParams | undefined): Picture {
  return { tier: params?.question.exact === true ? "exact" : "fluid" } as Partial<Picture> as Picture;
}

/** Everything that waits for a promise has had its turn. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
