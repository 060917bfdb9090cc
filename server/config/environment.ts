/** Where a manifest will run. What is a mistake in production may be a habit in development. */
export const environments = ["production", "staging", "development", "e2e"] as const;
export type Environment = (typeof environments)[number];

const words: Record<string, Environment> = {
  prod: "production",
  production: "production",
  prd: "production",
  live: "production",
  staging: "staging",
  stage: "staging",
  stg: "staging",
  dev: "development",
  development: "development",
  local: "development",
  e2e: "e2e",
};

/** What a path says of the environment: the word nearest to the file wins. Nothing said means production. */
export function environmentOfPath(path: string): Environment {
  // The rules ask one after the other about the same file.
  if (path !== last.path) last = { path, environment: readEnvironment(path) };
  return last.environment;
}

let last: { path: string; environment: Environment } = { path: "", environment: "production" };

function readEnvironment(path: string): Environment {
  for (const part of path
    .toLowerCase()
    .split(/[/._-]/)
    .reverse()) {
    const environment = Object.hasOwn(words, part) ? words[part] : undefined;
    if (environment !== undefined) return environment;
  }
  return "production";
}
