import { complete } from "../../server/editor/completion/complete.ts";
import { Insertion } from "../../server/editor/completion/items.ts";
import { SchemaService } from "../../server/editor/schema/service.ts";
import { Workspace } from "../../server/graph/workspace.ts";
import { kinds } from "../../server/kinds/registry.ts";
import { deployment, stack } from "./manifests.ts";

/** A Deployment of so many lines, as one document. */
function longDeployment(lines: number): string {
  const head = deployment("long");
  const variables = Array.from({ length: (lines - head.split("\n").length) / 2 }, (_, index) => {
    return `            - name: VARIABLE_${index}\n              value: "${index}"\n`;
  }).join("");
  return head.replace(/( {10}env:\n)/, `$1${variables}`);
}

const query = `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: last}
spec:
  triggers:
    - type: prometheus
      metadata:
        threshold: "1"
`;

const shapes: readonly (readonly [title: string, text: string, at: string, typed: string])[] = [
  ["a key of one document", longDeployment(2_000), "          resources:\n", "          ima"],
  ["a key among many documents", manyStacks(), "    scaleDown: {", "    sca"],
  ["the name of a target", manyStacks(), "  metrics:\n", "  scaleTargetRef: {kind: Deployment, name: ap"],
  ["a key inside of a block", manyStacks(), "    local_cpu: true\n", "    max_"],
  ["a flag of vLLM in one document", longDeployment(2_000), "          env:\n", "            - --max-num"],
  ["a metric in a query", `${manyStacks()}---\n${query}`, "        threshold", "        query: sum(rate(vllm:requ"],
];

function manyStacks(): string {
  const one = stack("app0");
  const count = Math.round(2_000 / one.split("\n").length);
  return Array.from({ length: count }, (_, index) => stack(`app${index}`)).join("---\n");
}

/** Completion as somebody types, character by character, the service already loaded. */
async function benchCompletion(): Promise<void> {
  console.log("\ncompletion in 2,000 lines                 items       p50       p95");
  for (const [title, text, before, typed] of shapes) {
    const schemas = new SchemaService({});
    const insertion = new Insertion({});
    const workspace = new Workspace(kinds);
    const middle = text.indexOf(before, text.length / 2);
    const offset = middle < 0 ? text.lastIndexOf(before) : middle;
    const times: number[] = [];
    let items = 0;
    for (let round = 0; round < 40; round++) {
      const length = 1 + (round % typed.trim().length);
      const written = typed.slice(0, typed.length - typed.trim().length + length);
      workspace.update("all.yaml", `${text.slice(0, offset)}${written}\n${text.slice(offset)}`);
      const file = workspace.files.get("all.yaml");
      if (file === undefined) continue;
      const position = file.range(offset + written.length, offset + written.length).start;
      const start = performance.now();
      const list = await complete(file, position, workspace, schemas, insertion);
      if (round > 2) times.push(performance.now() - start);
      items = Math.max(items, list?.items.length ?? 0);
    }
    times.sort((a, b) => a - b);
    const at = (share: number) => `${(times[Math.floor(times.length * share)] ?? 0).toFixed(1)} ms`.padStart(9);
    console.log(`${title.padEnd(40)} ${String(items).padStart(6)} ${at(0.5)} ${at(0.95)}`);
  }
}

await benchCompletion();
