// The validation of yaml-language-server over a directory, with the schemas of the kinds that the corpora hold.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { glob } from "../../glob.mjs";

const require = createRequire(import.meta.url);
const { getLanguageService } = require("yaml-language-server");
const { TextDocument } = require("vscode-languageserver-textdocument");

const kinds = ["deployment", "horizontal-pod-autoscaler", "config-map"];
const schemas = new Map(
  kinds.map((kind) => [`file:///${kind}.json`, readFileSync(`dist/schemas/${kind}.json`, "utf8")]),
);
const telemetry = { send() {}, sendError() {}, sendTrack() {} };
const service = getLanguageService({
  schemaRequestService: async (uri) => schemas.get(uri) ?? "{}",
  workspaceContext: { resolveRelativePath: (path) => path },
  telemetry,
});
schemas.set("file:///any.json", JSON.stringify({ anyOf: [...schemas.keys()].map((uri) => ({ $ref: uri })) }));
service.configure({ validate: true, schemas: [{ uri: "file:///any.json", fileMatch: ["*.yaml"] }] });
let told = 0;
for (const file of glob(process.argv[2] ?? ".", ".yaml")) {
  const document = TextDocument.create(`file://${file}`, "yaml", 1, readFileSync(file, "utf8"));
  told += (await service.doValidation(document, false)).length;
}
console.log(told);
