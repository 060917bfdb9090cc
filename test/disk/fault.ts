import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import type { TestContext } from "node:test";

type Call = "fstatSync" | "lstatSync" | "openSync" | "readSync" | "readdirSync" | "statSync";

/**
 * Lets one call of the file system do something else for some paths until the test ends: the super user, as whom tests
 * often run, may read everything, so that a real file does not fail.
 */
export function fault(t: TestContext, call: Call, instead: (path: string, ...more: unknown[]) => unknown): void {
  const real = fs[call] as (...given: unknown[]) => unknown;
  t.mock.method(fs, call, (...given: unknown[]) => instead(String(given[0]), ...given.slice(1)) ?? real(...given));
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
}

/** An error as Node reports it. */
export function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

export function fail(code: string): never {
  throw failure(code);
}
