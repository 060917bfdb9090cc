import { type FSWatcher, watch as watchDirectory } from "node:fs";
import { dirname } from "node:path";
import { reasonOf } from "../../disk/reason.ts";
import type { Exit, Host } from "../commands/command.ts";
import { type Finish, finish } from "../lint/finish.ts";
import { type Gathered, gather } from "../lint/gather.ts";
import type { Judged } from "../lint/judge.ts";
import type { LintValues } from "../lint/options.ts";
import { counted } from "../report/words.ts";
import { visible } from "../terminal/visible.ts";
import { type Difference, differenceOf } from "./difference.ts";

export interface WatchRequest extends Omit<Finish, "checked"> {
  readonly values: LintValues;
  readonly paths: readonly string[];
  readonly host: Pick<Host, "cwd" | "stdin" | "interrupted">;
  readonly inputs: Gathered;
  readonly judged: Judged;
  /** Of the first run. */
  readonly code: Exit;
  readonly judge: (inputs: Gathered) => Judged;
}

/** Milliseconds without a further change: an editor writes a file in several steps. */
const calm = 50;

/** Checks again whenever something changes, until interrupted. The exit code is that of the last result. */
export async function watch(request: WatchRequest): Promise<Exit> {
  const { host, terminal } = request;
  let { inputs, judged, code } = request;
  const stopped = host.interrupted?.() ?? Promise.resolve();
  const watched = new Watched((reason) => terminal.err(`not watched: ${visible(reason)}\n`));
  watched.look(directoriesOf(inputs, host.cwd));
  terminal.err(`watching ${counted(watched.size, "directory").replace(/ys$/, "ies")}; Ctrl+C ends it\n`);
  for (;;) {
    if ((await Promise.race([stopped.then(() => "stop" as const), watched.change()])) === "stop") break;
    const now = await gather({ host, plan: request, values: request.values });
    const difference = differenceOf(inputs, now);
    inputs = now;
    watched.look(directoriesOf(inputs, host.cwd));
    if (difference.names.length === 0) continue;
    judged = next(judged, difference, now, request.judge);
    terminal.out(`\nchanged: ${difference.names.map(visible).join(", ")}\n`);
    code = await finish({ ...request, checked: judged.checked() });
  }
  watched.close();
  return code;
}

/** Where only texts of manifests changed, only what they touch is judged again. */
function next(judged: Judged, { texts }: Difference, now: Gathered, judge: WatchRequest["judge"]): Judged {
  if (texts === undefined) return judge(now);
  judged.retake(texts, now);
  return judged;
}

function directoriesOf({ files, alone, configs }: Gathered, cwd: string): Set<string> {
  return new Set([cwd, ...[...files, ...alone, ...configs].map(({ absolute }) => dirname(absolute))]);
}

/** Directories under watch. */
class Watched {
  private readonly watchers = new Map<string, FSWatcher>();
  private readonly complain: (reason: string) => void;
  private heard: () => void = () => {};
  private timer: NodeJS.Timeout | undefined;
  private isStale = false;

  constructor(complain: (reason: string) => void) {
    this.complain = complain;
  }

  get size(): number {
    return this.watchers.size;
  }

  look(directories: ReadonlySet<string>): void {
    for (const [directory, watcher] of this.watchers) {
      if (directories.has(directory)) continue;
      watcher.close();
      this.watchers.delete(directory);
    }
    for (const directory of directories) if (!this.watchers.has(directory)) this.begin(directory);
  }

  /** Resolves when something changed since it was last asked, and then nothing more for a moment. */
  change(): Promise<void> {
    return new Promise((resolve) => {
      this.heard = resolve;
      if (this.isStale) this.note();
    });
  }

  close(): void {
    clearTimeout(this.timer);
    this.look(new Set());
  }

  private begin(directory: string): void {
    try {
      const watcher = watchDirectory(directory, () => this.note());
      watcher.on("error", () => this.forget(directory));
      this.watchers.set(directory, watcher);
    } catch (error) {
      this.complain(`${directory}: ${reasonOf(error)}`);
    }
  }

  /** It is gone, which is a change. */
  private forget(directory: string): void {
    this.watchers.get(directory)?.close();
    this.watchers.delete(directory);
    this.note();
  }

  private note(): void {
    this.isStale = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.isStale = false;
      const { heard } = this;
      this.heard = () => {
        this.isStale = true;
      };
      heard();
    }, calm);
  }
}
