import { type Uri, workspace } from "vscode";
import { type Question, usualQuestion } from "../../server/forecast/question.ts";
import { readQuestion } from "./state.ts";

/** What is asked first of a file, by the settings. */
export function firstQuestion(file: Uri | undefined): Question {
  const settings = workspace.getConfiguration("headroom.preview", file ?? null);
  const { slo } = usualQuestion;
  const question = {
    ...usualQuestion,
    traffic: { name: settings.get("traffic") },
    duration: settings.get("duration"),
    slo: {
      ttft: settings.get("slo.ttft", slo.ttft),
      itl: settings.get("slo.itl", slo.itl),
      target: settings.get("slo.target", slo.target),
    },
  };
  return readQuestion(question, usualQuestion);
}
