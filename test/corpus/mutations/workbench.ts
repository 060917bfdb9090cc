import { locateEdit } from "../../../server/findings/locate.ts";
import type { StackObject } from "../../../server/kinds/stack-object.ts";
import type { Pipeline } from "../../../server/pipeline.ts";
import { Lines } from "../../../server/text/lines.ts";
import { filesBelow } from "../../support/directory.ts";
import { type Files, pipelineOf } from "../../support/lint.ts";
import type { Operator, Planted } from "./operator.ts";

/** What became of one mutant. */
export interface Outcome {
  /** `chat-wva/base/hpa.yaml:27`, where the mistake stands. */
  readonly place: string;
  readonly caught: boolean;
}

interface Placed {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** One stack of the corpus, into which mistakes are put and out of which they are taken again. */
export class Workbench {
  private readonly name: string;
  private readonly files: Files;
  private readonly pipeline: Pipeline;

  constructor(root: string, name: string) {
    this.name = name;
    this.files = filesBelow(`${root}/${name}`);
    this.pipeline = pipelineOf(this.files);
  }

  /** Makes every mutant of an operator and tells of each whether its rule finds it, and in its place. */
  try({ rule, plant }: Operator): Outcome[] {
    const objects = this.objects();
    return objects
      .flatMap((object) => plant(object, objects))
      .map((planted) => this.mutant(planted))
      .map(({ file, text, line }) => ({
        place: `${this.name}/${file}:${line + 1}`,
        caught: this.isFound(rule, file, text, line),
      }));
  }

  /** Patches are parts of objects and are not judged as objects. */
  private objects(): readonly StackObject[] {
    const { workspace } = this.pipeline;
    return Object.keys(this.files)
      .filter((path) => !workspace.layout.isPatch(path))
      .flatMap((path) => workspace.files.get(path)?.allDocuments() ?? [])
      .flatMap((doc) => [...workspace.objectsOf(doc)]);
  }

  private mutant({ edits, at }: Planted): { file: string; text: string; line: number } {
    const located = edits.map(locateEdit);
    const file = located[0]?.file ?? "";
    const text = this.files[file] ?? "";
    const lines = new Lines(text);
    const placed = located.map((edit): Placed => {
      if (edit === undefined || edit.file !== file) throw new Error(`an edit cannot be written to ${file}`);
      return { start: lines.offsetAt(edit.range.start), end: lines.offsetAt(edit.range.end), newText: edit.newText };
    });
    const [first] = placed as [Placed];
    const mutated = [...placed]
      .sort((a, b) => b.start - a.start)
      .reduce((now, { start, end, newText }) => now.slice(0, start) + newText + now.slice(end), text);
    const offset =
      typeof at === "string"
        ? moved(first.start, placed.slice(1)) + Math.max(0, first.newText.indexOf(at))
        : moved(at.doc.spanInFile(at.start, at.start).start, placed);
    return { file, text: mutated, line: new Lines(mutated).positionAt(offset).line };
  }

  private isFound(rule: string, file: string, text: string, line: number): boolean {
    this.pipeline.update(file, text);
    this.pipeline.refresh();
    const [failure] = this.pipeline.failures;
    if (failure !== undefined) throw failure.error;
    const found = this.pipeline.findingsOf(file);
    this.pipeline.update(file, this.files[file] ?? "");
    this.pipeline.refresh();
    return found.some((finding) => finding.rule === rule && finding.range.start.line === line);
  }
}

/** Where an offset of the right text lies in the mutant; of text that was replaced, where its replacement begins. */
function moved(offset: number, edits: readonly Placed[]): number {
  const inside = edits.find(({ start, end }) => start < offset && offset < end);
  const from = inside?.start ?? offset;
  return edits
    .filter(({ start, end }) => end <= from && (start < from || start === end))
    .reduce((sum, { start, end, newText }) => sum + newText.length - (end - start), from);
}
