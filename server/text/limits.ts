/**
 * What we are willing to read, declared in one place. Input is hostile until shown otherwise: each limit ends in a
 * finding that names it (`yaml/limit`), never in silence and never in a crash.
 */
export const limits = {
  /** Characters of one file. go-yaml and the API server stop far below. */
  fileLength: 10 * 1024 * 1024,
  /** Documents of one file. */
  documents: 20_000,
  /** Mapping and sequence levels of one document. */
  depth: 200,
  /** Nodes (keys, values, items) of one document. */
  nodes: 1_000_000,
  /** Keys of one mapping. */
  keys: 200_000,
  /** Aliases of one document; they are never expanded, but each is resolved once. */
  aliases: 10_000,
  /** Aliases followed from one to the next. */
  hops: 32,
  /** Documents inside documents inside documents. */
  embedding: 3,
  /** Characters of a scalar that is read as a document of its own. */
  embeddedLength: 1024 * 1024,
  /** Words and signs of one PromQL query. The parser's stack ends at about 1,800 that hang on each other. */
  queryWords: 1_500,
} as const;
