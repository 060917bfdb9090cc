import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type {
  CompletionList,
  Diagnostic,
  DocumentSymbol,
  FoldingRange,
  Hover,
  SelectionRange,
} from "vscode-languageserver-protocol/node";
import {
  checkedElsewhere,
  type SchemasFor,
  schemasChanged,
  schemaText,
  schemaUriOfFile,
  schemaUriOfKind,
  type YamlExtension,
  yamlExtensionChanged,
} from "../../server/editor/messages.ts";
import { atCursor, Client, codesOf } from "./support/client.ts";
import { DiskFolder } from "./support/folder.ts";

const doesAll: YamlExtension = { structure: true, completion: true, hover: true };
const doesNothing: YamlExtension = { structure: false, completion: false, hover: false };
const pulls = {
  textDocument: { diagnostic: {}, documentSymbol: { hierarchicalDocumentSymbolSupport: true } },
  workspace: { workspaceEdit: { documentChanges: true } },
};

const service = (spec: string, name = "llama") =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n${spec}`;
const misspelt = service("  selectors: {app: llama}\n  ports:\n    - port: 8000\n");
const saturation = (entry: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: wva-saturation-scaling-config\ndata:\n  default: |\n${entry}`;
const stack = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: llama}\n";
const hpa = (spec: string) =>
  `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: llama\nspec:\n${spec}`;

const twice = `${misspelt}---\n${saturation("    kvCacheThreshold: high\n")}`;

/** An editor in which another service does some of the work. */
class Editor {
  readonly folder = new DiskFolder({
    "stack.yaml": stack,
    "closed.yaml": twice,
    "quiet/headroom.config.yaml": "rules:\n  schema/unknown-key: off\n",
    "part/kustomization.yaml": "patches:\n  - path: service.yaml\n",
  });
  readonly announced: SchemasFor[] = [];
  client!: Client;

  constructor(yamlExtension?: YamlExtension) {
    before(async () => {
      this.client = await Client.start({
        folders: [this.folder.uri()],
        capabilities: pulls,
      });
      if (yamlExtension !== undefined) await this.client.notify(yamlExtensionChanged, yamlExtension);
      this.client.connection.onNotification(schemasChanged, (params: SchemasFor) => {
        this.announced.push(params);
      });
      await this.client.ask("workspace/diagnostic", { previousResultIds: [] });
    });
    after(async () => {
      assert.equal(await this.client.stop(), 0);
      this.folder.delete();
    });
  }

  uri(name = "manifest.yaml"): string {
    return this.folder.uri(name);
  }

  /** Opens a file, and waits until the server has read it. */
  async open(text: string, name?: string): Promise<string> {
    const uri = this.uri(name);
    await this.client.open(uri, text);
    await this.found(uri);
    return uri;
  }

  async found(uri: string): Promise<string[]> {
    const report = await this.client.ask<{ items: Diagnostic[] }>("textDocument/diagnostic", { textDocument: { uri } });
    return codesOf(report.items);
  }

  async schema(schema: string): Promise<Record<string, unknown>> {
    return JSON.parse(await this.client.ask<string>(schemaText, { schema }));
  }

  /** Asks at `‸` and closes the file again. */
  async at<Answer>(method: string, marked: string, name?: string): Promise<Answer> {
    const { text, position } = atCursor(marked.replaceAll("|", "\u0000").replace("‸", "|"));
    const uri = await this.open(text.replaceAll("\u0000", "|"), name);
    const answer = await this.client.ask<Answer>(method, { textDocument: { uri }, position });
    await this.client.close(uri);
    return answer;
  }

  async labels(marked: string, name?: string): Promise<string[]> {
    const list = await this.at<CompletionList | null>("textDocument/completion", marked, name);
    return (list?.items ?? []).map(({ label }) => label);
  }

  async hovered(marked: string): Promise<string | null> {
    const hover = await this.at<Hover | null>("textDocument/hover", marked);
    return hover === null ? null : (hover.contents as { value: string }).value;
  }

  async titles(uri: string, line: number): Promise<string[]> {
    const range = { start: { line, character: 4 }, end: { line, character: 4 } };
    return (await this.client.actions(uri, range)).map(({ title }) => title);
  }
}

describe("beside a YAML service that is handed our schemas", { timeout: 120_000 }, () => {
  const editor = new Editor(doesAll);

  describe("what is handed over", () => {
    test("each document of a file follows the schema of its kind", async () => {
      const uri = await editor.open(`${misspelt}---\n${hpa("  maxReplicas: 4\n")}`);
      assert.deepEqual(await editor.schema(schemaUriOfFile(uri)), {
        allOf: [
          {
            if: {
              type: "object",
              required: ["apiVersion", "kind"],
              properties: { apiVersion: { const: "v1" }, kind: { const: "Service" } },
            },
            // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
            then: { $ref: "headroom://kind/service/schema.json" },
          },
          {
            if: {
              type: "object",
              required: ["apiVersion", "kind"],
              properties: { apiVersion: { const: "autoscaling/v2" }, kind: { const: "HorizontalPodAutoscaler" } },
            },
            // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
            then: { $ref: "headroom://kind/horizontal-pod-autoscaler/schema.json" },
          },
        ],
      });
      await editor.client.close(uri);
    });

    test("the schemas of kinds, with nothing in them that would have to be fetched or is told here", async () => {
      const schema = await editor.schema(schemaUriOfKind("scaled-object"));
      assert.equal(schema["title"], "ScaledObject (Headroom)");
      assert.doesNotMatch(JSON.stringify(schema), /"\$schema"|"\$id"|"deprecationMessage":"|"\$ref":"[^#]/);
      for (const name of ["no-such-kind", "../package", "__proto__", ""])
        assert.deepEqual(await editor.schema(schemaUriOfKind(name)), {});
      for (const uri of ["headroom://file/%/schema.json", "https://example.com/schema.json", ""])
        assert.deepEqual(await editor.schema(uri), {});
    });

    test("the client hears of files when they get schemas and when they lose them", async () => {
      const uri = await editor.open(misspelt, "told.yaml");
      await editor.client.write(uri, misspelt.replace("8000", "$" + "{PORT}"));
      await editor.found(uri);
      await editor.client.write(uri, "a: 1\n");
      await editor.found(uri);
      await editor.client.write(uri, misspelt);
      await editor.found(uri);
      const told = editor.announced.filter((params) => params.uri === uri).map(({ has }) => has);
      assert.deepEqual(told, [true, false, true]);
      await editor.client.close(uri);
    });

    const ours: Record<string, [text: string, name?: string]> = {
      "a document whose values are filled in later": [
        service("  selector: {app: llama}\n  ports:\n    - port: $" + "{PORT}\n"),
      ],
      "a template": [service("  selector: {app: {{ .Values.app }}}\n")],
      "a part of an object": ["apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: llama}\n", "patch.yaml"],
      "a list of objects": [
        `apiVersion: v1\nkind: List\nitems:\n  - ${service("  ports: []\n").replaceAll("\n", "\n    ")}\n`,
      ],
      "another version of the API": ["apiVersion: autoscaling/v1\nkind: HorizontalPodAutoscaler\nspec: {}\n"],
      "an unknown kind": ["apiVersion: example.com/v1\nkind: Service\nspec: {}\n"],
      "a document that names its schema": [`# yaml-language-server: $schema=none\n${misspelt}`],
      "a document with a null": [misspelt.replace("  name:", "  creationTimestamp: null\n  name:")],
      "a document with an alias": [service("  selector: &app {app: llama}\n  ports:\n    - port: 1\nx: *app\n")],
      "a document in which a mistake is suppressed": [
        misspelt.replace("  selectors", "  # headroom-disable-next-line schema/unknown-key -- tried\n  selectors"),
      ],
      "two documents of one kind, of which one is ours": [
        `${misspelt}---\n${service("  ports:\n    - port: $" + "{PORT}\n", "other")}`,
      ],
      "a file for which the user wants one of these rules otherwise": [misspelt, "quiet/service.yaml"],
      "our own configuration": ["rules: {}\n", "headroom.config.yaml"],
    };
    for (const [what, [text, name]] of Object.entries(ours)) {
      test(`not ${what}`, async () => {
        const uri = await editor.open(text, name);
        assert.deepEqual(await editor.schema(schemaUriOfFile(uri)), { allOf: [] });
        await editor.client.close(uri);
      });
    }

    test("not a file that is not open, nor a patch of a kustomization", async () => {
      assert.deepEqual(await editor.schema(schemaUriOfFile(editor.uri("stack.yaml"))), {});
      const uri = await editor.open(misspelt, "part/service.yaml");
      assert.deepEqual(await editor.schema(schemaUriOfFile(uri)), { allOf: [] });
      await editor.client.close(uri);
    });
  });

  describe("completion", () => {
    test("leaves to it what schemas say", async () => {
      assert.deepEqual(await editor.labels(hpa("  maxReplicas: 4\n  behavior:\n    ‸\n")), []);
    });

    test("knows names still", async () => {
      assert.deepEqual(
        await editor.labels(hpa("  maxReplicas: 4\n  scaleTargetRef:\n    kind: Deployment\n    name: ‸\n")),
        ["llama"],
      );
    });

    test("answers inside of documents", async () => {
      const labels = await editor.labels(saturation("    kvCacheThreshold: 0.8\n    queue‸\n"));
      assert.ok(labels.includes("queueLengthThreshold"), labels.join());
    });

    test("answers where nothing was handed over", async () => {
      const text = `# yaml-language-server: $schema=none\n${hpa("  maxReplicas: 4\n  behavior:\n    ‸\n")}`;
      assert.deepEqual(await editor.labels(text), ["scaleDown", "scaleUp"]);
      assert.ok((await editor.labels("rules:\n  ‸\n", "headroom.config.yaml")).includes("schema/unknown-key"));
    });
  });

  describe("hover", () => {
    test("leaves to it what schemas say", async () => {
      assert.equal(await editor.hovered(hpa("  max‸Replicas: 4\n")), null);
    });

    test("tells of what a name leads to still", async () => {
      const text = hpa("  maxReplicas: 4\n  scaleTargetRef: {kind: Deployment, name: ll‸ama}\n");
      assert.equal(await editor.hovered(text), "Deployment `llama` in `stack.yaml:3`.");
    });

    test("answers inside of documents", async () => {
      assert.match((await editor.hovered(saturation("    kvCache‸Threshold: 0.8\n"))) ?? "", /KV/);
    });
  });

  describe("findings", () => {
    test("are ours until it was seen to find mistakes in a file, and again when the file is closed", async () => {
      const uri = await editor.open(twice, "closed.yaml");
      assert.deepEqual(await editor.found(uri), ["schema/unknown-key", "schema/wrong-type"]);
      await editor.client.notify(checkedElsewhere, { uri });
      assert.deepEqual(await editor.found(uri), ["schema/wrong-type"]);
      await editor.client.close(uri);
      assert.deepEqual(await editor.found(uri), ["schema/unknown-key", "schema/wrong-type"]);
      await editor.open(twice, "closed.yaml");
      assert.deepEqual(await editor.found(uri), ["schema/unknown-key", "schema/wrong-type"]);
      await editor.client.close(uri);
    });

    test("are mended here all the same, but not suppressed", async () => {
      const uri = await editor.open(misspelt);
      assert.deepEqual(await editor.titles(uri, 5), [
        "Rename to selector",
        "Suppress schema/unknown-key for this line",
      ]);
      await editor.client.notify(checkedElsewhere, { uri });
      assert.deepEqual(await editor.titles(uri, 5), ["Rename to selector"]);
      await editor.client.close(uri);
    });

    test("of versions and of other documents stay ours", async () => {
      const pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: probe}\nspec:\n  serviceAccount: probe\n  contain: []\n";
      const lost = hpa("  maxReplicas: 4\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: lama}\n");
      const uri = await editor.open(`${pod}---\n${lost}`);
      const all = await editor.found(uri);
      for (const code of ["schema/deprecated-key", "schema/unknown-key", "autoscaler/target-missing"])
        assert.ok(all.includes(code), all.join());
      await editor.client.notify(checkedElsewhere, { uri });
      assert.deepEqual(
        await editor.found(uri),
        all.filter((code) => code !== "schema/unknown-key"),
      );
      await editor.client.close(uri);
    });

    test("a file that nobody opened cannot be left to it", async () => {
      const uri = editor.uri("closed.yaml");
      await editor.client.notify(checkedElsewhere, { uri });
      assert.deepEqual(await editor.found(uri), ["schema/unknown-key", "schema/wrong-type"]);
    });
  });

  describe("outline, folding and selections", () => {
    const plugins =
      "    kind: EndpointPickerConfig\n    apiVersion: llm-d.ai/v1alpha1\n    plugins:\n      - type: prefix-scorer\n";
    const text = `${saturation(plugins).replace("wva-saturation-scaling-config", "router")}# of\n# two\n`;

    test("tell of documents inside of documents alone", async () => {
      const uri = await editor.open(text);
      const textDocument = { uri };
      const symbols = await editor.client.ask<DocumentSymbol[]>("textDocument/documentSymbol", { textDocument });
      assert.deepEqual(
        symbols.map(({ name, detail }) => `${detail} ${name}`),
        ["EndpointPickerConfig default"],
      );
      const folds = await editor.client.ask<FoldingRange[]>("textDocument/foldingRange", { textDocument });
      assert.deepEqual(
        folds.map(({ startLine, endLine, kind }) => [startLine, endLine, kind]),
        [
          [8, 9, undefined],
          [10, 11, "comment"],
        ],
      );
      const positions = [
        { line: 3, character: 9 },
        { line: 9, character: 16 },
      ];
      const [plain, inner] = await editor.client.ask<SelectionRange[]>("textDocument/selectionRange", {
        textDocument,
        positions,
      });
      assert.deepEqual(plain, { range: { start: positions[0], end: positions[0] } });
      assert.deepEqual(inner?.range, { start: { line: 9, character: 14 }, end: { line: 9, character: 27 } });
      await editor.client.close(uri);
    });
  });
});

describe("a YAML service that comes and goes", { timeout: 120_000 }, () => {
  const editor = new Editor();
  const text = hpa("  maxReplicas: four\n  behavior:\n    ‸\n");

  test("without one, everything is done here and nothing is handed over", async () => {
    assert.deepEqual(await editor.labels(text), ["scaleDown", "scaleUp"]);
    assert.match((await editor.hovered(hpa("  max‸Replicas: 4\n"))) ?? "", /most replicas/);
    const uri = await editor.open(misspelt);
    await editor.client.notify(checkedElsewhere, { uri });
    assert.deepEqual(await editor.found(uri), ["schema/unknown-key"]);
    await editor.client.close(uri);
    assert.deepEqual(editor.announced, []);
  });

  test("when it comes, open files are handed over at once", async () => {
    const uri = await editor.open(misspelt);
    await editor.client.notify(yamlExtensionChanged, doesAll);
    await editor.client.notify(checkedElsewhere, { uri });
    assert.deepEqual(await editor.found(uri), []);
    assert.deepEqual(editor.announced, [{ uri, has: true }]);
    await editor.client.close(uri);
    assert.deepEqual(await editor.labels(text), []);
  });

  test("what its own settings switch off is done here", async () => {
    await editor.client.notify(yamlExtensionChanged, { ...doesAll, completion: false });
    assert.deepEqual(await editor.labels(text), ["scaleDown", "scaleUp"]);
    assert.equal(await editor.hovered(hpa("  max‸Replicas: 4\n")), null);
  });

  test("when it goes, everything is as before", async () => {
    const uri = await editor.open(misspelt);
    await editor.client.notify(checkedElsewhere, { uri });
    assert.deepEqual(await editor.found(uri), []);
    await editor.client.notify(yamlExtensionChanged, doesNothing);
    assert.deepEqual(await editor.found(uri), ["schema/unknown-key"]);
    await editor.client.close(uri);
    assert.deepEqual(await editor.labels(text), ["scaleDown", "scaleUp"]);
  });

  test("nonsense leaves everything here", async () => {
    for (const params of [null, [], { structure: "yes" }, { completion: true, hover: true }]) {
      await editor.client.notify(yamlExtensionChanged, params);
      assert.deepEqual(await editor.labels(text), ["scaleDown", "scaleUp"]);
    }
    for (const params of [null, {}, { uri: 3 }]) await editor.client.notify(checkedElsewhere, params);
    assert.deepEqual(await editor.labels(text), ["scaleDown", "scaleUp"]);
  });
});
