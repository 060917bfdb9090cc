import type { Place } from "../../server/forecast/picture.ts";
import type { Question } from "../../server/forecast/question.ts";
import type { FromPage } from "./messages.ts";
import { isRecord, readAgainst, readState } from "./state.ts";

/** What a page says. It is ours, and still a page: anything else than the words agreed on is not heard. */
export function readPageMessage(message: unknown, usual: Question): FromPage | undefined {
  if (!isRecord(message)) return undefined;
  switch (message["type"]) {
    case "ready": {
      const state = readState(message["state"], usual);
      return { type: "ready", ...(state === undefined ? {} : { state }) };
    }
    case "ask": {
      if (!isRecord(message["question"])) return undefined;
      const against = readAgainst(message["against"]);
      // As it is: the server reads it with care, and says what is wrong with it.
      const question = message["question"] as unknown as Question;
      return { type: "ask", question, ...(against === undefined ? {} : { against }) };
    }
    case "reveal": {
      const place = readPlace(message["place"]);
      return place && { type: "reveal", place };
    }
    case "write": {
      const place = readPlace(message["place"]);
      const value = message["value"];
      return place && typeof value === "number" && Number.isFinite(value) ? { type: "write", place, value } : undefined;
    }
    case "topology":
    case "chooseAgainst":
    case "chooseTraffic":
      return { type: message["type"] };
    case "export": {
      const format = formats.find((one) => one === message["format"]);
      return format !== undefined && typeof message["data"] === "string"
        ? { type: "export", format, data: message["data"] }
        : undefined;
    }
    default:
      return undefined;
  }
}

const formats = ["png", "csv", "html", "markdown"] as const;

function readPlace(place: unknown): Place | undefined {
  if (!isRecord(place) || typeof place["path"] !== "string" || !isRecord(place["range"])) return undefined;
  const start = readPosition(place["range"]["start"]);
  const end = readPosition(place["range"]["end"]);
  return start && end && { path: place["path"], range: { start, end } };
}

function readPosition(position: unknown): Place["range"]["start"] | undefined {
  if (!isRecord(position)) return undefined;
  const { line, character } = position as { line?: unknown; character?: unknown };
  return isIndex(line) && isIndex(character) ? { line, character } : undefined;
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
