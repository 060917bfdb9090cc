import type { CancellationToken } from "vscode-languageserver/node";
import { readQuestion } from "../../forecast/read-question.ts";
import { stackAround } from "../../forecast/stack-scope.ts";
import type { Found } from "../../scenario/found.ts";
import type { WorkspaceFiles } from "../disk.ts";
import type { Session } from "../session.ts";
import { normalUri } from "../uris.ts";
import { field } from "../wire.ts";
import { configsRead } from "./configs.ts";
import { answered, type Files, type Inquiry, newDesk } from "./inquiry.ts";
import type { Forecast } from "./messages.ts";
import { trafficText } from "./traffic-text.ts";

/** Answers what a stack would do, from the texts as they are in the editor. */
export class Forecasts {
  private readonly session: Session;
  private readonly disk: WorkspaceFiles;
  private readonly desk = newDesk();

  constructor(session: Session, disk: WorkspaceFiles) {
    this.session = session;
    this.disk = disk;
  }

  async answer(params: unknown, _token: CancellationToken): Promise<Forecast> {
    const inquiry = await this.inquiry(params);
    return "mistake" in inquiry ? { targets: [], mistake: inquiry.mistake } : answered(inquiry, this.desk);
  }

  private async inquiry(params: unknown): Promise<Found<Inquiry>> {
    const uri = field(params, "uri");
    const question = readQuestion(field(params, "question"));
    if ("mistake" in question) return question;
    if (typeof uri !== "string") return { mistake: "No file is asked about." };
    const files = await this.filesAround(normalUri(uri));
    if ("mistake" in files) return files;
    const text = await trafficText(question.traffic.name, files, this.disk);
    return "mistake" in text ? text : { question, files, trafficText: text.text };
  }

  /** The texts of the stack of a file, once all files are read. */
  private async filesAround(uri: string): Promise<Found<Files>> {
    await this.session.homeOf(uri)?.filled.reached;
    await this.session.fileOf(uri);
    const folder = this.session.homeOf(uri)?.folder;
    const path = folder?.pathOf(uri);
    if (folder === undefined || path === undefined) return { mistake: "The file is not known here." };
    const { workspace } = folder;
    const scope = stackAround(workspace, path);
    if (scope.size === 0) return { mistake: "No vLLM server stands in the files that belong to this one." };
    const texts = new Map(
      [...scope].flatMap((one) => {
        const text = workspace.files.get(one)?.text;
        return text === undefined ? [] : [[one, text] as const];
      }),
    );
    const base = folder.uriOf("");
    const configs = await configsRead({ workspace, path, texts, base }, this.disk);
    return { path, texts, base, configs };
  }
}
