/** A path of keys from the root as a pattern of JSON pointers: `*` is any one key or item, `**` any number of them. */
export function patternOf(path: string): RegExp {
  const steps = path === "" ? [] : path.slice(1).split("/");
  const any = (step: string) => (step === "*" ? "/[^/]+" : step === "**" ? "(?:/[^/]+)*" : `/${escaped(step)}`);
  return new RegExp(`^${steps.map(any).join("")}$`);
}

function escaped(step: string): string {
  return step.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
