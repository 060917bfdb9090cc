/** Runs a vector through the engine's public function for its kind. It renames fields and holds no engine logic. */
export type Adapter = (vector: Record<string, unknown>) => {
  readonly expected: unknown;
  readonly actual: unknown;
  readonly passed: boolean;
};
