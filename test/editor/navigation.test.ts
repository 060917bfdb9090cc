import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import type {
  DocumentLink,
  DocumentSymbol,
  Location,
  LocationLink,
  Range,
  SymbolInformation,
  WorkspaceEdit,
  WorkspaceSymbol,
} from "vscode-languageserver-protocol/node";
import { atMark } from "../support/cursor.ts";
import { applyEdits, type Files, lint } from "../support/lint.ts";
import { Client } from "./support/client.ts";
import { DiskFolder } from "./support/folder.ts";
import { deployment, hpa } from "./support/manifests.ts";

const variant = `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata:
  name: llama-va
spec:
  scaleTargetRef:
    kind: Deployment
    name: llama
  modelID: m
`;
const scaledObject = `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: s}
spec:
  scaleTargetRef: {name: 'llama'}
  triggers:
    - type: prometheus
      metadata:
        serverAddress: https://prometheus
        query: "max(wva_desired_replicas{variant_name=\\"llama-va\\"})"
        threshold: "1"
`;
const epp = `apiVersion: v1
kind: ConfigMap
metadata: {name: epp}
data:
  plugins.yaml: |
    apiVersion: inference.networking.x-k8s.io/v1alpha1
    kind: EndpointPickerConfig
    plugins:
    - type: queue-scorer
      name: queue
    schedulingProfiles:
    - name: default
      plugins:
      - pluginRef: "queue"
`;
const server = `${deployment(90)}          env: [{name: LMCACHE_CONFIG_FILE, value: /etc/lm/lmcache.yaml}]
          volumeMounts: [{name: cache, mountPath: /etc/lm}]
      volumes: [{name: cache, configMap: {name: cache}}]
`;
const cache =
  "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cache}\ndata:\n  lmcache.yaml: |\n    local_cpu: true\n";

describe("navigation", { timeout: 120_000 }, () => {
  let folder: DiskFolder | undefined;
  let client: Client;

  afterEach(async () => {
    assert.equal(await client.stop(), 0);
    folder?.delete();
  });

  /** Opens the file with the mark, and lets the others be on disk. */
  async function start(marked: Files, capabilities = {}) {
    const { files, path, position } = atMark(marked);
    folder = new DiskFolder(files);
    client = await Client.start({
      folders: [folder.uri()],
      capabilities: { workspace: { workspaceEdit: { documentChanges: true } }, ...capabilities },
    });
    await client.open(folder.uri(path), files[path] ?? "");
    return { files, textDocument: { uri: folder.uri(path) }, position };
  }

  const pathOf = (uri: string) => uri.slice((folder?.uri().length ?? 0) + 1);
  const placeOf = ({ uri, range }: { uri: string; range: Range }) =>
    `${pathOf(uri)}:${range.start.line + 1}:${range.start.character}-${range.end.character}`;

  async function places(method: string, marked: Files): Promise<string[] | null> {
    const { textDocument, position } = await start(marked);
    const context = { includeDeclaration: true };
    const found = await client.ask<Location[] | null>(method, { textDocument, position, context });
    return found?.map(placeOf) ?? null;
  }

  /** The files after a rename at the mark. */
  async function renamed(marked: Files, newName: string): Promise<Files> {
    const { files, ...at } = await start(marked);
    const edit = await client.ask<WorkspaceEdit>("textDocument/rename", { ...at, newName });
    const edits = (edit.documentChanges ?? []).flatMap((change) => {
      assert.ok("textDocument" in change);
      const { uri, version } = change.textDocument;
      assert.equal(version, uri === at.textDocument.uri ? 1 : null);
      return change.edits.map((one) => {
        assert.ok("newText" in one);
        return { file: pathOf(uri), range: one.range, newText: one.newText };
      });
    });
    return applyEdits(files, edits);
  }

  /** Why a rename at the mark is refused. */
  async function refused(marked: Files, newName = "other"): Promise<string> {
    const at = await start(marked);
    return client.ask("textDocument/rename", { ...at, newName }).then(
      () => assert.fail("renamed"),
      ({ message }: Error) => message,
    );
  }

  describe("go to definition", () => {
    const definitions = (marked: Files) => places("textDocument/definition", marked);

    test("from an HPA to its Deployment in another file", async () => {
      assert.deepEqual(
        await definitions({
          "h.yaml": hpa(180).replace("name: llama\n  max", "name: ll|ama\n  max"),
          "d.yaml": server,
        }),
        ["d.yaml:4:8-13"],
      );
    });

    test("inside a document in a ConfigMap", async () => {
      assert.deepEqual(await definitions({ "c.yaml": epp.replace('"queue"', '"que|ue"') }), ["c.yaml:10:12-17"]);
    });

    test("from a path to the key of a ConfigMap", async () => {
      assert.deepEqual(await definitions({ "d.yaml": server.replace("lm/lmcache", "lm/lm|cache"), "c.yaml": cache }), [
        "c.yaml:5:2-14",
      ]);
    });

    test("keeps to the overlay, where two define the same name", async () => {
      const overlay = (name: string, h: string): Files => ({
        [`${name}/kustomization.yaml`]: "resources: [h.yaml, d.yaml]\n",
        [`${name}/h.yaml`]: h,
        [`${name}/d.yaml`]: deployment(90),
      });
      const marked = hpa(180).replace("name: llama\n  max", "name: ll|ama\n  max");
      assert.deepEqual(await definitions({ ...overlay("dev", hpa(180)), ...overlay("prod", marked) }), [
        "prod/d.yaml:4:8-13",
      ]);
    });

    test("shows clients that ask for it what it comes from and what is around", async () => {
      const { textDocument, position } = await start(
        { "h.yaml": hpa(180).replace("name: llama\n  max", "name: ll|ama\n  max"), "d.yaml": deployment(90) },
        { textDocument: { definition: { linkSupport: true } } },
      );
      const [link] = await client.ask<LocationLink[]>("textDocument/definition", { textDocument, position });
      assert.equal(link?.targetUri, folder?.uri("d.yaml"));
      assert.deepEqual(link?.targetSelectionRange.start, { line: 3, character: 8 });
      assert.deepEqual(link?.targetRange.start, { line: 0, character: 0 });
      assert.deepEqual(link?.originSelectionRange, {
        start: { line: 8, character: 10 },
        end: { line: 8, character: 15 },
      });
    });

    test("is silent where nothing is named, in a template, and for a name that nobody defines", async () => {
      const at = await start({ "h.yaml": hpa(180).replace("minR", "").replace("maxRep", "max|Rep") });
      const ask = () => client.ask("textDocument/definition", at);
      assert.equal(await ask(), null);
      await client.write(at.textDocument.uri, `{{ if .x }}\n${hpa(180)}{{ end }}\n`);
      assert.equal(await client.ask("textDocument/definition", { ...at, position: { line: 9, character: 11 } }), null);
      await client.write(at.textDocument.uri, hpa(180));
      assert.equal(await client.ask("textDocument/definition", { ...at, position: { line: 8, character: 11 } }), null);
    });
  });

  describe("find references", () => {
    const references = (marked: Files) => places("textDocument/references", marked);

    test("of a Deployment, with its declaration, from where it is defined", async () => {
      assert.deepEqual(
        await references({
          "d.yaml": deployment(90).replace("name: llama", "name: lla|ma"),
          "h.yaml": hpa(180),
          "s.yaml": scaledObject,
          "v.yaml": variant,
        }),
        ["d.yaml:4:8-13", "h.yaml:9:10-15", "h.yaml:18:28-33", "s.yaml:5:25-32", "v.yaml:8:10-15"],
      );
    });

    test("of a variant, from a query", async () => {
      assert.deepEqual(
        await references({ "v.yaml": variant, "s.yaml": scaledObject.replace("llama-va", "llama|-va") }),
        ["v.yaml:4:8-16", "s.yaml:10:56-64"],
      );
    });
  });

  describe("rename", () => {
    const stack: Files = {
      "d.yaml": server,
      "h.yaml": hpa(180).replace("variant_name: llama", "variant_name: llama-va"),
      "v.yaml": variant,
      "s.yaml": scaledObject,
      "c.yaml": cache,
    };

    test("follows a Deployment through all files, in the quotes that each has, and what they say stays", async () => {
      const after = await renamed({ ...stack, "d.yaml": server.replace("name: llama", "name: lla|ma") }, "mistral");
      assert.match(after["d.yaml"] ?? "", /^ {2}name: mistral$/m);
      assert.match(after["d.yaml"] ?? "", /app: llama/);
      assert.match(after["h.yaml"] ?? "", /kind: Deployment\n {4}name: mistral\n/);
      assert.match(after["s.yaml"] ?? "", /scaleTargetRef: \{name: 'mistral'\}/);
      assert.match(
        after["v.yaml"] ?? "",
        /name: llama-va\nspec:\n {2}scaleTargetRef:\n {4}kind: Deployment\n {4}name: mistral\n/,
      );
      const told = (files: Files) => lint(files).map(({ rule, file, range }) => `${rule} ${file}:${range.start.line}`);
      assert.deepEqual(told(after), told(stack));
    });

    test("reaches into queries", async () => {
      const after = await renamed({ ...stack, "v.yaml": variant.replace("llama-va", "|llama-va") }, "llama-2");
      assert.match(after["s.yaml"] ?? "", /\{variant_name=\\"llama-2\\"\}/);
      assert.match(after["h.yaml"] ?? "", /variant_name: llama-2\n/);
    });

    test("reaches into documents inside documents", async () => {
      const after = await renamed({ "c.yaml": epp.replace("name: queue", "name: que|ue") }, "waiting");
      assert.equal(after["c.yaml"], epp.replace("name: queue", "name: waiting").replace('"queue"', '"waiting"'));
    });

    test("of a key changes the paths that lead to it", async () => {
      const after = await renamed({ ...stack, "c.yaml": cache.replace("lmcache.yaml", "lmcache|.yaml") }, "kv.yaml");
      assert.equal(after["c.yaml"], cache.replace("lmcache.yaml", "kv.yaml"));
      assert.equal(after["d.yaml"], server.replace("lmcache.yaml", "kv.yaml"));
    });

    test("of a volume changes its mounts", async () => {
      const after = await renamed(
        { ...stack, "d.yaml": server.replace("s: [{name: cache", "s: [{name: ca|che") },
        "kv",
      );
      assert.equal(after["d.yaml"], server.replaceAll("[{name: cache", "[{name: kv"));
    });

    test("quotes a name that would be a number", async () => {
      const after = await renamed({ "d.yaml": deployment(90).replace("name: llama", "name: lla|ma") }, "123");
      assert.match(after["d.yaml"] ?? "", /^ {2}name: "123"$/m);
    });

    test("changes what an anchor and its aliases share once", async () => {
      const shared = server
        .replace("volumeMounts: [{name: cache", "volumeMounts: [{name: &volume cache")
        .replace("volumes: [{name: cache", "volumes: [{name: *volume ");
      const after = await renamed({ "d.yaml": shared.replace("&volume cache", "&volume ca|che") }, "kv");
      assert.equal(after["d.yaml"], shared.replace("&volume cache", "&volume kv"));
    });

    test("tells what would be renamed", async () => {
      const at = await start({ "d.yaml": deployment(90).replace("name: llama", "name: lla|ma") });
      assert.deepEqual(await client.ask("textDocument/prepareRename", at), {
        range: { start: { line: 3, character: 8 }, end: { line: 3, character: 13 } },
        placeholder: "llama",
      });
      assert.equal(
        await client.ask("textDocument/prepareRename", { ...at, position: { line: 0, character: 3 } }),
        null,
      );
    });

    test("is refused, and says why", async () => {
      const target = (text: string) => text.replace("name: llama\n  max", "name: lla|ma\n  max");
      const table: [marked: Files, reason: RegExp, newName?: string][] = [
        [{ "h.yaml": target(hpa(180)) }, /Nothing in these files defines "llama"/],
        [
          { "h.yaml": target(hpa(180)), "a/d.yaml": deployment(1), "b/d.yaml": deployment(1) },
          /"llama" may mean Deployment "llama" in a\/d\.yaml:4 or Deployment "llama" in b\/d\.yaml:4/,
        ],
        [{ "h.yaml": hpa(180).replace("name: llama\n  max", 'name: "{{ .V|alues.x }}"\n  max') }, /filled in later/],
        [{ "d.yaml": deployment(1).replace("name: lla", "name: lla|") }, /cannot be the new name of Deployment/, "A_b"],
        [{ "d.yaml": deployment(1).replace("name: lla", "name: lla|") }, /cannot be the new name/, "x".repeat(254)],
        [
          {
            "d.yaml": deployment(1).replace("name: lla", "name: lla|"),
            "e.yaml": deployment(1).replaceAll("llama", "other"),
          },
          /Deployment "other" is there already \(e\.yaml:4\)/,
        ],
        [{ "c.yaml": epp.replace('"queue"', '"queue-sc|orer"').replace("      name: queue\n", "") }, /plugin's type/],
        [{ "kustomization.yaml": "resources: [d|.yaml]\n", "d.yaml": deployment(1) }, /is a file/],
        [
          { "d.yaml": deployment(1).replace("name: llama", "name: &n lla|ma").replace("app: llama", "app: *n") },
          /an anchor gives its name to something else too/,
        ],
        [
          { "d.yaml": deployment(1).replace("name: lla", "name: lla|"), "h.yaml": hpa(180) },
          /"llama" in h\.yaml:18 may mean HorizontalPodAutoscaler "llama" or Deployment "llama"/,
        ],
        [{ "d.yaml": deployment(1).replace("kind: Dep", "kind: |Dep") }, /No name stands here/],
      ];
      for (const [marked, reason, newName] of table) {
        assert.match(await refused(marked, newName), reason);
        assert.equal(await client.stop(), 0);
        folder?.delete();
      }
      client = await Client.start({ folders: null });
    });
  });

  test("document links lead to the files of a kustomization and to mounted keys", async () => {
    const { textDocument } = await start({
      "kustomization.yaml": "resources: [|d.yaml, gone.yaml, 'https://x.y/z']\n",
      "d.yaml": server,
      "c.yaml": cache,
    });
    const links = async (uri: string) =>
      (await client.ask<DocumentLink[]>("textDocument/documentLink", { textDocument: { uri } })).map(
        ({ range, target }) => `${range.start.line + 1}:${range.start.character} ${pathOf(target ?? "")}`,
      );
    assert.deepEqual(await links(textDocument.uri), ["1:12 d.yaml"]);
    assert.deepEqual(await links(folder?.uri("d.yaml") ?? ""), ["19:59 c.yaml#L5,3"]);
  });

  describe("symbols", () => {
    const outline = (symbols: readonly DocumentSymbol[], margin = ""): string[] =>
      symbols.flatMap(({ name, detail, children }) => [
        `${margin}${name}${detail === "" ? "" : ` (${detail})`}`,
        ...outline(children ?? [], `${margin}  `),
      ]);
    const asTree = { textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } } };

    test("of a document: a tree of objects and their parts", async () => {
      const at = await start({ "a.yaml": `|${deployment(90)}---\n${hpa(180)}---\n${epp}---\n${scaledObject}` }, asTree);
      assert.deepEqual(outline(await client.ask("textDocument/documentSymbol", at)), [
        "llama (Deployment)",
        "  vllm (vllm/vllm-openai:v0.11.0)",
        "llama (HorizontalPodAutoscaler)",
        "  wva_desired_replicas (External)",
        "epp (ConfigMap)",
        "  plugins.yaml",
        "    plugins.yaml (EndpointPickerConfig)",
        "      queue (queue-scorer)",
        "      default",
        "s (ScaledObject)",
        "  prometheus",
      ]);
    });

    test("of JSON behind a flag, of a List's items and with Windows' ends of lines", async () => {
      const json =
        '{"apiVersion": "llm-d.ai/v1alpha1", "kind": "EndpointPickerConfig", "plugins": [{"type": "queue-scorer"}]}';
      const list = `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: epp}\n    spec:\n      template:\n        spec:\n          containers:\n            - name: epp\n              args:\n                - --config-text\n                - '${json}'\n`;
      const at = await start({ "a.yaml": `|${list.replaceAll("\n", "\r\n")}` }, asTree);
      const symbols = await client.ask<DocumentSymbol[]>("textDocument/documentSymbol", at);
      assert.deepEqual(outline(symbols), [
        "epp (Deployment)",
        "  epp",
        "  config-text (EndpointPickerConfig)",
        "    queue-scorer (queue-scorer)",
      ]);
      const inner = symbols[0]?.children?.[1];
      assert.deepEqual(inner?.range, {
        start: { line: 13, character: 19 },
        end: { line: 13, character: 19 + json.length },
      });
    });

    test("of a document: a list for clients that know no trees", async () => {
      const at = await start({ "a.yaml": `|${deployment(90)}` });
      const symbols = await client.ask<SymbolInformation[]>("textDocument/documentSymbol", at);
      assert.deepEqual(
        symbols.map(({ name, containerName }) => `${containerName}/${name}`),
        ["undefined/llama", "llama/vllm"],
      );
    });

    test("of a document: not more than an editor can show", async () => {
      const keys = Array.from({ length: 12_000 }, (_, index) => `  k${index}: x\n`).join("");
      const at = await start(
        { "a.yaml": `|apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n${keys}` },
        asTree,
      );
      assert.equal(outline(await client.ask("textDocument/documentSymbol", at)).length, 5000);
    });

    test("of the workspace: the closest names first", async () => {
      await start({
        "a.yaml": `|${deployment(90).replaceAll("llama", "vllm-llama")}`,
        "b.yaml": deployment(90),
        "c.yaml": deployment(90).replaceAll("llama", "lxlxama"),
        "d.yaml": deployment(90).replaceAll("llama", "mistral"),
      });
      const symbols = await client.ask<WorkspaceSymbol[]>("workspace/symbol", { query: "Llama" });
      assert.deepEqual(
        symbols.map(({ name, containerName }) => `${name} ${containerName}`),
        ["llama Deployment · b.yaml", "vllm-llama Deployment · a.yaml", "lxlxama Deployment · c.yaml"],
      );
      assert.equal((await client.ask<WorkspaceSymbol[]>("workspace/symbol", { query: "" })).length, 4);
    });
  });

  test("answers whatever a hostile document holds", async () => {
    const bomb = `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: &n x}\nx0: &a0 [*n, *n]\n${Array.from(
      { length: 30 },
      (_, index) => `x${index + 1}: &a${index + 1} [${`*a${index}, `.repeat(9)}]\n`,
    ).join("")}spec: {template: {spec: {containers: *a30, volumes: *a30}}}\n`;
    const itself = `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: &s {template: {spec: *s, y: [*s, *s]}}\n`;
    const deep = `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: ${"[".repeat(5000)}\n`;
    const broken = `${hpa(180)}  behavior: {\n  - x: [\n`;
    const at = await start({ "a.yaml": "|a: 1\n", "d.yaml": server, "h.yaml": hpa(180) }, asLinks);
    for (const text of [bomb, itself, deep, broken, "", "\0", "- *x\n", "kind: &k [*k]\napiVersion: *k\n"]) {
      await client.write(at.textDocument.uri, text);
      for (const position of [
        { line: 2, character: 18 },
        { line: 40, character: 5 },
        { line: 1e6, character: 1e6 },
        { line: -1, character: 0 },
      ]) {
        const params = { ...at, position, context: { includeDeclaration: true }, newName: "y" };
        for (const verb of ["definition", "references", "prepareRename", "rename", "documentLink", "documentSymbol"]) {
          await client.ask(`textDocument/${verb}`, params).catch(({ message }: Error) => {
            assert.doesNotMatch(message, /Request textDocument|TypeError|undefined/);
          });
        }
      }
      assert.ok((await client.ask<WorkspaceSymbol[]>("workspace/symbol", { query: "llama" })).length >= 2);
    }
  });
});

const asLinks = { textDocument: { definition: { linkSupport: true } } };
