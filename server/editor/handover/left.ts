/**
 * Rules whose findings another service makes of the schemas alone. What a schema cannot say stays ours: keys of other
 * versions and deprecated ones, everything across documents, everything in documents inside of documents.
 */
export const leftRules: ReadonlySet<string> = new Set([
  "schema/unknown-key",
  "schema/wrong-type",
  "schema/wrong-value",
  "schema/missing-key",
]);
