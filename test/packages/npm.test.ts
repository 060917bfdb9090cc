import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import packageJson from "../../package.json";
import { scratch } from "../cli/support/scratch.ts";

/** As `npm pack` makes it of what `npm run build` has left in dist/. */
const directory = scratch();
const tarball = `${packageJson.name}-${packageJson.version}.tgz`;
const packed = spawnSync("npm", ["pack", "--ignore-scripts", "--pack-destination", directory], { encoding: "utf8" });
assert.equal(packed.status, 0, packed.stderr);
mkdirSync(join(directory, "unpacked"));
assert.equal(spawnSync("tar", ["-xzf", tarball, "-C", "unpacked"], { cwd: directory }).status, 0);
const root = join(directory, "unpacked", "package");
const files = readdirSync(root, { recursive: true, encoding: "utf8" });
const text = (path: string) => readFileSync(join(root, path), "utf8");

const hpa = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: chat}
spec:
  minReplicas: 1
  \n`;

describe("the npm package", () => {
  it("runs where nothing else is", () => {
    const cwd = scratch();
    cpSync("examples/broken/sidecar.yaml", join(cwd, "sidecar.yaml"));
    cpSync(join(directory, tarball), join(cwd, tarball));
    const ran = spawnSync("npx", ["--offline", "--yes", `./${tarball}`, "lint", "."], { cwd, encoding: "utf8" });
    assert.match(ran.stdout, /^error sidecar\.yaml:127:23 lmcache\/memory-limit$/m, ran.stderr);
    assert.equal(ran.status, 1);
  });

  it("holds nothing of VS Code", () => {
    assert.deepEqual(
      files.filter((file) => /extension|snippets|walkthrough|\.map$/.test(file)),
      [],
    );
    for (const bundle of ["dist/command-line.js", "dist/server.js", "dist/protocol.js", "dist/mind.js"])
      assert.doesNotMatch(text(bundle), /require\("vscode"\)/);
  });

  it("has a language server that answers, also what its first bundle cannot", async () => {
    const server = spawn(process.execPath, [join(root, "dist/cli.js"), "lsp", "--stdio"], { cwd: scratch() });
    const [reader, writer] = [new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin)];
    const connection = createProtocolConnection(reader, writer);
    const exit = once(server, "exit");
    connection.listen();
    await connection.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {} });
    const textDocument = { uri: "untitled:hpa.yaml", languageId: "yaml", version: 1, text: hpa };
    await connection.sendNotification("textDocument/didOpen", { textDocument });
    const asked = { textDocument, position: { line: 5, character: 2 } };
    const { items } = await connection.sendRequest<{ items: { label: string }[] }>("textDocument/completion", asked);
    assert.ok(items.some(({ label }) => label === "maxReplicas"));
    await connection.sendRequest("shutdown");
    await connection.sendNotification("exit");
    assert.deepEqual(await exit, [0, null]);
    connection.dispose();
  });

  it("needs no other package", () => {
    const { dependencies, optionalDependencies, peerDependencies } = JSON.parse(text("package.json"));
    assert.deepEqual([dependencies, optionalDependencies, peerDependencies], [undefined, undefined, undefined]);
  });

  it("lists the licences of what is bundled, and its components", () => {
    const components = JSON.parse(text("dist/sbom.cdx.json")).components as { name: string; licenses: unknown[] }[];
    assert.ok(components.some(({ name }) => name === "yaml"));
    for (const { name, licenses } of components) {
      assert.ok(text("dist/third-party-licenses.txt").includes(`${name} `), name);
      assert.equal(licenses.length, 1);
    }
  });

  it("gives the engine to other programs, with its types", () => {
    const { exports } = packageJson;
    for (const path of Object.values(exports["./engine"])) assert.ok(files.includes(path.slice(2)), path);
  });
});
