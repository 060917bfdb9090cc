import type { Against } from "../../../server/editor/preview/messages.ts";
import { type Question, usualQuestion } from "../../../server/forecast/question.ts";
import type { FromPage, Tab, ToPage } from "../messages.ts";
import { Asking } from "./asking.ts";
import { element } from "./element.ts";
import { save } from "./export/save.ts";
import { head } from "./head.ts";
import type { Connection } from "./host/connection.ts";
import { play } from "./play/play.ts";
import type { Acts, Piece, Shown } from "./shown.ts";
import { state } from "./state.ts";
import { panelOf, tabList, tabs } from "./tab-list.ts";
import { capacity } from "./tabs/capacity.ts";
import { compare } from "./tabs/compare.ts";
import { decisions } from "./tabs/decisions.ts";
import { fidelity } from "./tabs/fidelity.ts";
import { timelines } from "./tabs/timelines.ts";
import { topology } from "./tabs/topology.ts";

/** The page: one state, pieces that show it, and what people do to it. */
export function app(into: HTMLElement, connection: Connection): void {
  const { alone, kept } = connection;
  const asking = new Asking();
  let uri = kept?.uri ?? "";
  let shown: Shown = {
    title: "",
    question: alone?.question ?? kept?.question ?? usualQuestion,
    ...(kept?.against === undefined ? {} : { against: kept.against }),
    tab: kept?.tab ?? "timelines",
    ...(alone === undefined ? {} : { forecast: alone.forecast }),
    isSettling: false,
    cursor: [],
    isAlone: alone !== undefined,
  };

  const set = (change: Partial<Shown>) => {
    shown = { ...shown, ...change };
    render();
  };
  const keep = () => connection.keep({ uri, question: shown.question, tab: shown.tab, ...againstOf(shown) });
  let isDue = false;
  /** Once a frame at most, with what is wanted by then. */
  const askSoon = () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      asking.ask(shown.question, shown.against);
      connection.send({ type: "ask", question: shown.question, ...againstOf(shown) });
      keep();
    });
  };
  const acts: Acts = {
    ask(question: Question) {
      set({ question });
      askSoon();
    },
    compare(against: Against | undefined) {
      const { against: _, ...rest } = shown;
      shown = against === undefined ? rest : { ...rest, against };
      askSoon();
    },
    reveal: (place) => connection.send({ type: "reveal", place }),
    write: (place, value) => connection.send({ type: "write", place, value }),
    open(tab: Tab) {
      set({ tab });
      keep();
    },
    say: (message: FromPage) => connection.send(message),
    save: (format) => save(format, shown, charts, acts.say),
  };

  const list = tabList(acts.open);
  const charts = timelines(acts);
  const views = new Map<Tab, Piece>([
    ["timelines", charts],
    ["decisions", decisions(acts)],
    ["capacity", capacity()],
    ["topology", topology(acts)],
    ["fidelity", fidelity(acts)],
  ]);
  const panels = new Map(tabs.map(([tab]) => [tab, panelOf(tab, (views.get(tab) as Piece).node)]));
  const [top, playing, stateless, difference] = [head(acts), play(acts), state(), compare()];
  const content = element("div", { class: "content" }, difference.node, list.node, ...panels.values());
  into.append(
    element(
      "main",
      { class: alone === undefined ? undefined : "alone" },
      top.node,
      element("div", { class: "body" }, element("div", { class: "views" }, stateless.node, content), playing.node),
    ),
  );
  const render = () => {
    content.hidden = shown.forecast?.picture === undefined;
    for (const [tab, panel] of panels) panel.hidden = tab !== shown.tab;
    list.show(shown.tab);
    for (const piece of [top, playing, stateless, difference]) piece.show(shown);
    views.get(shown.tab)?.show(shown);
  };
  render();

  connection.listen((message) => {
    if (message.type === "start") uri = message.state.uri;
    if (message.type === "copyMarkdown") acts.save("markdown");
    const change = heard(message, shown, asking);
    if (change !== undefined) set(change);
    if (message.type === "start") keep();
  });
  connection.send({ type: "ready", ...(kept === undefined ? {} : { state: kept }) });
}

function againstOf({ against }: Shown): { readonly against?: Against } {
  return against === undefined ? {} : { against };
}

/** What a message of the host changes. */
function heard(message: ToPage, shown: Shown, asking: Asking): Partial<Shown> | undefined {
  switch (message.type) {
    case "start":
      return {
        title: message.title,
        question: message.state.question,
        tab: message.state.tab,
        ...againstOf({ ...shown, ...message.state }),
      };
    case "forecast": {
      if (!asking.isNews(message.question, message.against)) return undefined;
      // While answers are under way, the fields stay as somebody is just setting them.
      const asked = asking.isWaiting ? {} : { question: message.question, ...againstOf({ ...shown, ...message }) };
      return { ...asked, forecast: message.forecast, failed: undefined };
    }
    case "settling":
      return { isSettling: message.isSettling };
    case "cursor":
      return { cursor: message.places };
    case "topology":
      return { topology: message.topology };
    case "copyMarkdown":
      return undefined;
    case "failed":
      return { failed: message.sentence };
  }
}
