/** VS Code cannot be had on this machine: a reason not to run the suites, which is not the same as a suite that fails. */
export class Unavailable extends Error {}

/** The first line that says something, of an error that may quote a whole log. */
export function reasonOf(error) {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n").find((line) => line.trim() !== "") ?? "no reason given";
}
