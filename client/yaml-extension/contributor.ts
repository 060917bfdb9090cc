import type { LanguageClient } from "vscode-languageclient/node";
import {
  type SchemasFor,
  type SchemaUri,
  schemaScheme,
  schemasChanged,
  schemaText,
  schemaUriOfFile,
} from "../../server/editor/messages.ts";
import type { YamlApi } from "./api.ts";

/** Hands schemas to the YAML extension: those that the server running at the time has for a document. */
export class Contributor {
  private readonly registered = new WeakMap<YamlApi, boolean>();
  private server: LanguageClient | undefined;
  private readonly files = new Set<string>();

  /** Whether the extension takes schemas from us. */
  register(api: YamlApi): boolean {
    let taken = this.registered.get(api);
    if (taken === undefined) {
      taken = this.contributeTo(api);
      this.registered.set(api, taken);
    }
    return taken;
  }

  private contributeTo(api: YamlApi): boolean {
    try {
      return api.registerContributor(
        schemaScheme,
        (resource) => (this.has(resource) ? schemaUriOfFile(resource) : undefined),
        (schema) => this.text({ schema }),
      );
    } catch {
      return false;
    }
  }

  /** Asks another server from now on. `announced` is called with each file that gets schemas. */
  follow(server: LanguageClient, announced: (uri: string) => void): void {
    this.server = server;
    server.onNotification(schemasChanged, ({ uri, has }: SchemasFor) => {
      if (!has) this.files.delete(uri);
      else {
        this.files.add(uri);
        announced(uri);
      }
    });
  }

  has(uri: string): boolean {
    return this.files.has(uri);
  }

  /** Nothing is handed over until the server says so again. */
  forget(): void {
    this.files.clear();
  }

  private async text(params: SchemaUri): Promise<string> {
    if (this.server === undefined) throw new Error("Headroom's language server is not running.");
    return this.server.sendRequest<string>(schemaText, params);
  }
}
