import { type LogLevel, logLevels } from "./options.ts";

/** Where lines go; the editor shows them in its output panel. */
export type Sink = Readonly<Record<LogLevel, (line: string) => void>>;

export class Log {
  level: LogLevel;
  private readonly sink: Sink;
  private readonly told = new Set<string>();

  constructor(sink: Sink, level: LogLevel) {
    this.sink = sink;
    this.level = level;
  }

  error(line: string): void {
    this.say("error", line);
  }

  warning(line: string): void {
    this.say("warning", line);
  }

  info(line: string): void {
    this.say("info", line);
  }

  /** Says a thing once, however often it happens. */
  once(key: string, line: string): void {
    if (this.told.has(key)) return;
    this.told.add(key);
    this.error(line);
  }

  private say(level: LogLevel, line: string): void {
    if (logLevels.indexOf(level) <= logLevels.indexOf(this.level)) this.sink[level](line);
  }
}

/** An error as a person who reports it should see it. */
export function detailsOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
