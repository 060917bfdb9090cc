import { deployment, stack } from "./manifests.ts";
import { type Taken, Typist } from "./typing.ts";

/** A Deployment of so many lines, as one document. */
function longDeployment(lines: number): string {
  const head = deployment("long");
  const variables = Array.from({ length: (lines - head.split("\n").length) / 2 }, (_, index) => {
    return `            - name: VARIABLE_${index}\n              value: "${index}"\n`;
  }).join("");
  return head.replace(/( {10}env:\n)/, `$1${variables}`);
}

/** Stacks one behind the other, of so many lines together. */
function manyStacks(lines: number): string {
  const count = Math.round(lines / (stack("app0").split("\n").length + 1));
  return Array.from({ length: count }, (_, index) => stack(`app${index}`)).join("---\n");
}

/** A ConfigMap with an EndpointPickerConfig of so many lines in it. */
function longBlock(lines: number): string {
  const plugins = Array.from({ length: lines / 2 - 10 }, (_, index) => {
    return `      - type: prefix-cache-scorer\n        name: scorer-${index}\n`;
  }).join("");
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: epp
data:
  config.yaml: |
    apiVersion: inference.networking.x-k8s.io/v1alpha1
    kind: EndpointPickerConfig
    plugins:
${plugins}    schedulingProfiles:
      - name: default
        plugins:
          - pluginRef: scorer-1
            weight: 1
`;
}

const query = `---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: last}
spec:
  scaleTargetRef: {name: app1}
  triggers:
    - type: prometheus
      metadata:
        serverAddress: http://prometheus:9090
        threshold: "1"
`;

interface Shape {
  readonly title: string;
  readonly text: string;
  /** The line that the word is written above. */
  readonly above: string;
  /** What stands before the word on its line. */
  readonly lead: string;
  readonly word: string;
  /** One of the things that must be offered. */
  readonly offered: string;
}

const lines = 2_000;
const one = longDeployment(lines);
const many = manyStacks(lines);

const shapes: readonly Shape[] = [
  {
    title: "one document: a key",
    text: one,
    above: "          resources:\n",
    lead: "          ",
    word: "ima",
    offered: "imagePullPolicy",
  },
  {
    title: "one document: a key of an item",
    text: one,
    above: "            - name: VARIABLE_500\n",
    lead: "            - ",
    word: "val",
    offered: "valueFrom",
  },
  {
    title: "one document: a key in a flow",
    text: one,
    above: "          volumeMounts:\n",
    lead: "          securityContext: {",
    word: "run",
    offered: "runAsUser",
  },
  {
    title: "one document: a flag of vLLM",
    text: one,
    above: "          ports: [",
    lead: "            - ",
    word: "--max-num",
    offered: "--max-num-seqs",
  },
  {
    title: "one document: a key inside of a block",
    text: longBlock(lines),
    above: "          - pluginRef",
    lead: "          - ",
    word: "plu",
    offered: "pluginRef",
  },
  { title: "many documents: a key", text: many, above: "  selector:\n", lead: "  ", word: "stra", offered: "strategy" },
  {
    title: "many documents: the name of a target",
    text: many,
    above: "  metrics:\n",
    lead: "  scaleTargetRef: {kind: Deployment, name: ",
    word: "app",
    offered: "app7",
  },
  {
    title: "many documents: a key inside of a block",
    text: many,
    above: "    max_local_cpu_size: 20\n",
    lead: "    ",
    word: "max_",
    offered: "max_local_disk_size",
  },
  {
    title: "many documents: a metric in a query",
    text: many + query,
    above: "        threshold",
    lead: "        query: sum(rate(",
    word: "vllm:requ",
    offered: "vllm:request_success_total",
  },
];

const words = Number(process.env["WORDS"] ?? 12);

/** Completion as somebody types, character by character, from the keystroke to the answer of the whole server. */
async function benchCompletion(): Promise<void> {
  console.log(
    `\ncompletion in ${lines} lines                          wall p50     p95      processor p50     p95  (below 50 ms)`,
  );
  for (const { title, text, above, lead, word, offered } of shapes) {
    if (!title.includes(process.env["ONLY"] ?? "")) continue;
    const middle = text.indexOf(above, text.length / 2);
    const line = text.slice(0, middle < 0 ? text.lastIndexOf(above) : middle).split("\n").length - 1;
    const typist = await Typist.start(text);
    await typist.insert({ line, character: 0 }, `${lead}\n`);
    const taken: Taken[] = [];
    const labels = new Set<string>();
    for (let round = 0; round < words; round++) {
      await typist.type({ line, character: lead.length }, word, (one, found) => {
        // The first words load the service and the schema.
        if (round > 1) taken.push(one);
        for (const label of found) labels.add(label);
      });
    }
    await typist.stop();
    if (!labels.has(offered)) throw new Error(`${title}: ${offered} was not offered among ${[...labels].slice(0, 20)}`);
    console.log(`${title.padEnd(45)} ${row(taken, "wall")}     ${row(taken, "processor")}`);
  }
}

function row(taken: readonly Taken[], of: keyof Taken): string {
  const times = taken.map((one) => one[of]).sort((a, b) => a - b);
  return [0.5, 0.95]
    .map((share) => `${(times[Math.floor(times.length * share)] ?? 0).toFixed(1)} ms`.padStart(9))
    .join(" ");
}

await benchCompletion();
