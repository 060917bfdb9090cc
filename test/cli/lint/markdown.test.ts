import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { yamlInMarkdown } from "../../../server/text/markdown.ts";
import { bundleCli } from "../support/bundle.ts";
import { headroom, scratch } from "../support/scratch.ts";

const cli = await bundleCli();

describe("the YAML in Markdown", () => {
  it("stands where it stood, each block as a document", () => {
    const text = `# Title: {\n\n\`\`\`yaml title="x"\na: 1\n\`\`\`\n\n1. list\n   ~~~~yml\n   b:\n     - 2\n   ~~~\n   ~~~~\n> \`\`\`YAML\n> c: 3\n> \`\`\`\n\`\`\`sh\nd: {\n\`\`\`\n- \`\`\`yaml\n  e: 5`;
    const yaml = yamlInMarkdown(text);
    assert.equal(yaml.length, text.length);
    assert.deepEqual(
      yaml.split("\n").map((line) => line.trimEnd()),
      [
        ..."# Title||---|a: 1|...|||---|   b:|     - 2|   ~~~|...|---|  c: 3|...||||---|  e: 5"
          .replace("# Title", "")
          .split("|"),
      ],
    );
    for (const [index, character] of [...yaml].entries()) {
      if (!/[\s.-]/.test(character)) assert.equal(character, text[index]);
    }
  });

  it("keeps Windows line breaks, and what looks like a fence and is none", () => {
    assert.equal(yamlInMarkdown("```yaml\r\na: 1\r\n```\r\n"), "---    \r\na: 1\r\n...\r\n");
    assert.equal(yamlInMarkdown("```yaml``` is code\na: 1\n").trim(), "");
    assert.equal(yamlInMarkdown("````yaml\n```\n````\n"), "---     \n```\n... \n");
  });
});

describe("--markdown", () => {
  const block = (yaml: string) => `\`\`\`yaml\n${yaml}\`\`\`\n`;
  const pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  serviceAccount: x\n  containers: []\n";

  it("finds mistakes where they stand in the page, and mends nothing there", () => {
    const cwd = scratch({ "docs/a.md": `# Page\n\nText.\n\n${block(pod)}\n- item\n\n  ${block("a: 1\n  a: 2\n")}` });
    const { exit, out, err } = headroom(cli, ["lint", "--markdown", "--format", "json"], { cwd });
    assert.equal(err, "");
    const { findings } = JSON.parse(out);
    const at = findings.map(
      ({ rule, file, range, fixes }: { rule: string; file: string; range: { start: object }; fixes: object[] }) => [
        file,
        rule,
        range.start,
        fixes.length,
      ],
    );
    const deprecated = at.find(([, rule]: [string, string]) => rule === "schema/deprecated-key");
    assert.deepEqual(deprecated, ["docs/a.md", "schema/deprecated-key", { line: 10, character: 2 }, 0]);
    assert.ok(exit !== 2);
    const text = headroom(cli, ["lint", "--markdown", "docs/a.md"], { cwd }).out;
    assert.match(text, /docs\/a\.md:11:3 schema\/deprecated-key\n.*\n {2}11 │ {3}serviceAccount: x\n/s);
  });

  it("judges each page by itself, and does not call missing what it does not show", () => {
    const hpa = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  maxReplicas: 4
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}]
`;
    const cwd = scratch({ "a.yaml": hpa, "a.md": block(hpa), "b.md": block(hpa) });
    const { out } = headroom(cli, ["lint", "--markdown", "*.md"], { cwd });
    assert.equal(out, "2 files, 2 documents: no problems\n");
    const both = headroom(cli, ["lint", "--markdown"], { cwd }).out;
    assert.equal(both.replace("3 files, 3 documents", "1 file, 1 document"), headroom(cli, ["lint"], { cwd }).out);
  });

  it("is asked for: without it a page is not looked at", () => {
    const cwd = scratch({ "a.md": block("a: {\n"), "b.yaml": "a: 1\n" });
    assert.equal(headroom(cli, ["lint"], { cwd }).out, "1 file, 1 document: no problems\n");
    assert.equal(headroom(cli, ["lint", "--markdown"], { cwd }).exit, 1);
  });
});
