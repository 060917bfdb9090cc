import { extensions } from "vscode";

const id = "redhat.vscode-yaml";

/** The part that we need of what Red Hat's YAML extension exports (its src/schema-extension-api.ts). */
export interface YamlApi {
  /**
   * `requestSchema` is asked for the schema of a document at every validation, completion and hover, and has to answer
   * at once; `requestSchemaContent` may take its time. There is no way to take a contributor back, nor to have a
   * document looked at again. False when somebody has this scheme already.
   */
  registerContributor(
    scheme: string,
    requestSchema: (resource: string) => string | undefined,
    requestSchemaContent: (uri: string) => Promise<string>,
  ): boolean;
}

/** Red Hat's YAML extension, awake; absent when it is not installed, disabled, or broken. */
export async function yamlApi(): Promise<YamlApi | undefined> {
  try {
    const api: unknown = await extensions.getExtension<unknown>(id)?.activate();
    return isYamlApi(api) ? api : undefined;
  } catch {
    return undefined;
  }
}

function isYamlApi(api: unknown): api is YamlApi {
  return typeof (api as Partial<YamlApi> | undefined)?.registerContributor === "function";
}
