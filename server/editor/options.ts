import { field } from "./wire.ts";

export const logLevels = ["error", "warning", "info"] as const;
export type LogLevel = (typeof logLevels)[number];

/** What the user sets for the editor. How files are judged stands in `headroom.config.yaml`. */
export interface Options {
  /** Also report files that are not open. */
  readonly workspaceDiagnostics: boolean;
  readonly logLevel: LogLevel;
}

export const defaultOptions: Options = { workspaceDiagnostics: true, logLevel: "warning" };

/** Reads settings or `initializationOptions`, with or without the section's name around them. */
export function readOptions(settings: unknown, otherwise: Options = defaultOptions): Options {
  const section = field(settings, "headroom") ?? settings;
  const workspaceDiagnostics = field(section, "workspaceDiagnostics");
  const logLevel = logLevels.find((level) => level === field(section, "logLevel"));
  return {
    workspaceDiagnostics:
      typeof workspaceDiagnostics === "boolean" ? workspaceDiagnostics : otherwise.workspaceDiagnostics,
    logLevel: logLevel ?? otherwise.logLevel,
  };
}
