/** A JSON Schema. What is in it is the business of those who write and read schemas. */
export type Schema = Readonly<Record<string, unknown>>;

/** Each schema is a module of its own, or a file beside the bundle, read with the first question about such a document. */
export async function loadSchema(name: string): Promise<Schema | undefined> {
  for (const source of sources) {
    try {
      return (await source(name)).default;
    } catch {
      // Not one of these.
    }
  }
  return undefined;
}

const sources: readonly ((name: string) => Promise<{ default: Schema }>)[] = [
  async (name) => import(`../../../schemas/${name}.schema.json`),
  async (name) => import(`../../../.generated/schemas/${name}.schema.json`),
];
