// What the bundles hold of other packages: their licences, and the list of components (CycloneDX 1.5).
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The packages that esbuild read anything from, by name and version. */
export function packagesIn(metafiles) {
  const roots = new Set();
  for (const { inputs, outputs } of metafiles) {
    const used = new Set(Object.values(outputs).flatMap((output) => Object.keys(output.inputs)));
    for (const input of Object.keys(inputs)) {
      // The innermost one: a package may bring another version of its own.
      const root = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
      if (root !== undefined && used.has(input)) roots.add(root);
    }
  }
  const packages = new Map();
  for (const root of roots) {
    const { name, version, license, licenses } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const text = textIn(root);
    const licence = license ?? licenses?.map(({ type }) => type).join(" OR ") ?? statedIn(text);
    if (licence === undefined) throw new Error(`${root} states no licence.`);
    packages.set(`${name}@${version}`, { name, version, licence, text });
  }
  return [...packages.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Some say it in the text alone. */
function statedIn(text) {
  return /^\W*(?:The )?MIT License/i.test(text) ? "MIT" : undefined;
}

function textIn(root) {
  const file = readdirSync(root).find((name) => /^(?:licen[cs]e|copying)(?:[.-]|$)/i.test(name));
  const notice = existsSync(join(root, "NOTICE")) ? `\n${readFileSync(join(root, "NOTICE"), "utf8")}` : "";
  return file === undefined ? notice : readFileSync(join(root, file), "utf8") + notice;
}

export function writeThirdParty(metafiles, { name, version }) {
  const packages = packagesIn(metafiles);
  const texts = packages.map((one) => `${one.name} ${one.version} (${one.licence})\n\n${one.text.trim()}\n`);
  writeFileSync("dist/third-party-licenses.txt", texts.join(`\n${"-".repeat(80)}\n\n`));
  writeFileSync("dist/sbom.cdx.json", `${JSON.stringify(sbomOf(packages, { name, version }), null, 2)}\n`);
}

function sbomOf(packages, { name, version }) {
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: { component: { type: "application", "bom-ref": purlOf({ name, version }), name, version } },
    components: packages.map((one) => ({
      type: "library",
      "bom-ref": purlOf(one),
      name: one.name,
      version: one.version,
      purl: purlOf(one),
      licenses: [{ expression: one.licence }],
    })),
  };
}

function purlOf({ name, version }) {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}
