import { Composer, Parser } from "yaml";
import { kinds } from "../../server/kinds/registry.ts";
import { Pipeline } from "../../server/pipeline.ts";
import { rules } from "../../server/rules/registry.ts";

const rounds = 7;

/** The fastest of several runs, in milliseconds of the processor: what the work takes when nothing else disturbs it. */
export function fastestOf(run: () => void): number {
  const times = Array.from({ length: rounds }, () => {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

/** All rules, as the command line runs them, or as an editor does, which will be asked again. */
export function lint(files: ReadonlyMap<string, string>, edited = true): Pipeline {
  const pipeline = new Pipeline(kinds, rules, { edited });
  for (const [path, text] of files) pipeline.update(path, text);
  pipeline.refresh();
  for (const path of files.keys()) pipeline.findingsOf(path);
  return pipeline;
}

/** A bare parse of the same bytes: what any linter on top of the `yaml` package pays before its first rule. */
export function parse(files: ReadonlyMap<string, string>): void {
  for (const text of files.values()) {
    for (const _ of new Composer({ uniqueKeys: false }).compose(new Parser().parse(text), true, text.length));
  }
}

export function ms(time: number): string {
  return `${time.toFixed(1)} ms`.padStart(11);
}
