import type { PictureCapacity, PictureVariant } from "../../../../server/forecast/picture.ts";
import { element, replace } from "../element.ts";
import type { Piece, Shown } from "../shown.ts";
import { counted, dollars, gigabytes, percent, rounded, span } from "../words.ts";

/** Where each gigabyte of a GPU goes, a card for each variant. */
export function capacity(): Piece {
  const node = element("div", { class: "cards" });
  const show = ({ forecast }: Shown) => {
    const variants = forecast?.picture?.variants ?? [];
    replace(
      node,
      ...(variants.length === 0 ? [element("p", { class: "quiet" }, "No variant is told of.")] : variants.map(cardOf)),
    );
  };
  return { node, show };
}

function cardOf({ name, gpu, gpus, startTime, gpuHour, capacity: room }: PictureVariant): HTMLElement {
  const facts = [
    `${rounded(gpus)} × ${gpu}`,
    `up after ${span(startTime)}`,
    gpuHour === null ? "price not known" : `${dollars(gpuHour)} for a GPU and hour`,
  ];
  return element(
    "article",
    { class: "card", "aria-label": name },
    element("h2", {}, name),
    element("p", { class: "facts" }, facts.join(" · ")),
    ...(room === undefined
      ? [
          element(
            "p",
            { class: "quiet" },
            "Its memory cannot be reckoned from these files. Fidelity says what is missing.",
          ),
        ]
      : roomOf(room)),
  );
}

function roomOf({
  parts,
  physical,
  tokens,
  concurrency,
  concurrencyOfTraffic,
  verdict,
  advice,
}: PictureCapacity): Node[] {
  const told = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  const bar = element("div", {
    class: "bar",
    role: "img",
    "aria-label": `${gigabytes(told)} of ${gigabytes(physical)} told, see the table`,
  });
  parts.forEach(({ name, bytes, exact }, index) => {
    const segment = element("span", {
      class: `segment slot-${index % slots} ${exact ? "exact" : "estimate"}`,
      title: `${name}: ${gigabytes(bytes)}`,
    });
    segment.style.flexGrow = String(Math.max(bytes, 0));
    bar.append(segment);
  });
  const figures = [
    [rounded(tokens), "tokens of KV cache"],
    [rounded(concurrency), "requests of the longest length"],
    [rounded(concurrencyOfTraffic), "requests like the traffic's mean"],
  ] as const;
  return [
    element("p", { class: "verdict" }, verdicts[verdict] ?? verdict),
    bar,
    partsTable({ parts, physical }),
    element(
      "dl",
      { class: "figures" },
      ...figures.map(([value, what]) => element("div", {}, element("dd", {}, value), element("dt", {}, what))),
    ),
    ...(advice.length === 0 ? [] : [element("h3", {}, "What to try"), adviceList(advice)]),
  ];
}

/** As the engine says it, in a sentence. */
const verdicts: Readonly<Record<string, string>> = {
  fits: "The model fits.",
  "weights-do-not-fit": "The weights do not fit: vLLM does not start.",
  "below-one-request": "Not one request of the longest length fits: vLLM does not start.",
};

/** Tones that repeat after this many parts. */
const slots = 6;

function partsTable({ parts, physical }: Pick<PictureCapacity, "parts" | "physical">): HTMLElement {
  const rows = parts.map(({ name, bytes, exact, because }, index) =>
    element(
      "tr",
      {},
      element(
        "th",
        { scope: "row" },
        element("i", { class: `key slot-${index % slots} ${exact ? "exact" : "estimate"}`, "aria-hidden": "true" }),
        name,
        element("span", { class: "because" }, because),
      ),
      element("td", {}, gigabytes(bytes)),
      element("td", {}, physical > 0 ? percent(bytes / physical) : ""),
      element("td", { class: "text" }, exact ? "exact" : "estimate"),
    ),
  );
  const heads = ["part of a GPU's memory", "size", "share", "known"];
  return element(
    "table",
    { class: "parts" },
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        ...heads.map((head, index) => element("th", { scope: "col", class: index > 2 ? "text" : undefined }, head)),
      ),
    ),
    element("tbody", {}, ...rows),
  );
}

function adviceList(advice: PictureCapacity["advice"]): HTMLElement {
  return element(
    "ul",
    { class: "advice" },
    ...advice.map(({ flag, gain, costs }) =>
      element(
        "li",
        {},
        element("code", {}, flag),
        ` ${gain > 0 ? `${counted(gain, "token")} more` : "makes it start"}; costs ${costs}`,
      ),
    ),
  );
}
