import { field, fieldAt } from "./wire.ts";

export const logLevels = ["error", "warning", "info"] as const;
export type LogLevel = (typeof logLevels)[number];

/** What the user sets for the editor. How files are judged stands in `headroom.config.yaml`. */
export interface Options {
  /** Also report files that are not open. */
  readonly workspaceDiagnostics: boolean;
  readonly logLevel: LogLevel;
  /** Numbers above objects. */
  readonly lenses: boolean;
  /** Defaults and units behind values. */
  readonly hints: boolean;
  /** The client has a scaling preview, a tree of the stack and what belongs to them. It says so once, at the start. */
  readonly preview: boolean;
}

export const defaultOptions: Options = {
  workspaceDiagnostics: true,
  logLevel: "warning",
  lenses: true,
  hints: true,
  preview: false,
};

/** Reads settings or `initializationOptions`, with or without the section's name around them. */
export function readOptions(settings: unknown, otherwise: Options = defaultOptions): Options {
  const section = field(settings, "headroom") ?? settings;
  const logLevel = logLevels.find((level) => level === field(section, "logLevel"));
  const truth = (otherwise: boolean, ...path: string[]) => {
    const value = fieldAt(section, ...path);
    return typeof value === "boolean" ? value : otherwise;
  };
  return {
    workspaceDiagnostics: truth(otherwise.workspaceDiagnostics, "workspaceDiagnostics"),
    logLevel: logLevel ?? otherwise.logLevel,
    lenses: truth(otherwise.lenses, "lenses", "enabled"),
    hints: truth(otherwise.hints, "hints", "enabled"),
    preview: truth(otherwise.preview, "preview"),
  };
}
