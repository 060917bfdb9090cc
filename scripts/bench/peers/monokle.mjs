// @monokle/validation over a directory, by those of its plugins that work without a network, as it sets them. One
// argument, a directory; `--no-links` behind it leaves out the links between objects, which take a time that grows with
// the square of their number. Prints how many problems there are. It is no dependency: it is found where Node finds
// packages, or in a folder of NODE_PATH.
//
// Left out are `kubernetes-schema`, which fetches the schemas of a release from plugins.monokle.com, `open-policy-agent`
// and `admission-policy`, which fetch WebAssembly there. Without an answer they are silent and would look fast.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { parseAllDocuments } from "yaml";
import { glob } from "../../glob.mjs";

const linked = process.argv[3] !== "--no-links";
const alone = ["yaml-syntax", "metadata", "practices", "pod-security-standards"];
const plugins = linked ? [...alone, "resource-links"] : alone;

const found = createRequire(import.meta.url).resolve("@monokle/validation");
const { DefaultPluginLoader, DisabledFixer, MonokleValidator, ResourceParser, processRefs } = await import(
  pathToFileURL(found).href
);

const parser = new ResourceParser();
const validator = new MonokleValidator({ loader: new DefaultPluginLoader(), parser, fixer: new DisabledFixer() });
await validator.preload({ plugins: Object.fromEntries(plugins.map((plugin) => [plugin, true])) });
const absent = plugins.filter((plugin) => !validator.isPluginLoaded(plugin));
if (absent.length > 0) throw new Error(`@monokle/validation did not load ${absent.join(", ")}`);

// It leaves it to its caller to find resources in files, and to link them.
const files = glob(process.argv[2] ?? ".", ".yaml");
const resources = files.flatMap((file) => resourcesOf(file, readFileSync(file, "utf8")));
if (linked) processRefs(resources, parser, undefined, files);
const { runs } = await validator.validate({ resources });
console.log(runs.reduce((sum, { results }) => sum + results.length, 0));

/**
 * @param {string} file
 * @param {string} text
 */
function resourcesOf(file, text) {
  return [...parseAllDocuments(text, { uniqueKeys: false })].flatMap((document) => {
    const content = document.toJS();
    if (typeof content?.kind !== "string" || typeof content.apiVersion !== "string") return [];
    const [start, , end] = document.range;
    const { apiVersion, kind, metadata } = content;
    return {
      id: `${file}#${start}`,
      fileId: file,
      filePath: file,
      fileOffset: text.slice(0, start).split("\n").length - 1,
      name: metadata?.name ?? "",
      namespace: metadata?.namespace,
      apiVersion,
      kind,
      content,
      text: text.slice(start, end),
    };
  });
}
