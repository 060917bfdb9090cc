import { standsAlone } from "../../graph/values-layers.ts";
import { type ModelRole, rolesOf } from "../../kinds/helm-values/model-role.ts";
import { modelserviceValues } from "../../kinds/helm-values/modelservice.ts";
import { at, entryOf, mapAt, numberAt, scalarAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { setValue } from "../set-value.ts";

const example = (workers: string) => `modelArtifacts:
  name: deepseek-ai/DeepSeek-V3
  uri: pvc://models/deepseek-v3
multinode: true
decode:
  parallelism:
    tensor: 1
    data: 16 ${workers}
`;

export const parallelism = defineRule({
  id: "values/parallelism",
  title: "Ranks that no pod of the model service holds",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["VAL-04"],
  docs: {
    summary:
      "In the values of llm-d-modelservice, parallelism.data is not dataLocal x workers, or workers and multinode contradict each other.",
    why: "The chart hands the numbers to vLLM as they are (--data-parallel-size, --data-parallel-size-local) and makes as many pods as workers says. With more ranks in all than the pods hold, vLLM waits for the missing ones and never serves. All four numbers are 1 in the chart's values.yaml, so a number that is left out is not derived from the others (chart 0.4.12); an empty value (null) is. Workers are made by a LeaderWorkerSet, which only multinode: true asks for.",
    mend: "Write all of data, dataLocal and workers, with data = dataLocal x workers.",
    sources: ["https://github.com/llm-d-incubation/llm-d-modelservice/tree/main/charts/llm-d-modelservice"],
  },
  examples: {
    bad: example("# <-\n    dataLocal: 8\n    workers: 1"),
    good: example("\n    dataLocal: 8\n    workers: 2"),
  },
  messages: {
    product:
      "{object}: {role}.parallelism.data is {data}, but its pods hold {held} (dataLocal {dataLocal} x workers {workers}{default}): vLLM and its load balancing do not agree on the ranks, and it never serves. Write data = dataLocal x workers.",
    single:
      "{object}: multinode is true, but {role}.parallelism.workers is {workers}: each LeaderWorkerSet group is a leader without workers. Write multinode: false, or as many workers as pods share the model.",
    unmade:
      "{object}: {role}.parallelism.workers is {workers}, but multinode is not true: the chart makes single pods, and each waits for {missing} that never come. Write multinode: true.",
  },
  reads: [modelserviceValues],
  check({ object, graph, report }) {
    const alone = standsAlone(graph, object);
    const multinode = truthAt(object.root, "multinode", alone);
    for (const role of rolesOf(object)) {
      const numbers = numbersOf(role, alone);
      if (numbers === undefined) continue;
      const { data, dataLocal, workers, written, defaults } = numbers;
      const slots = { object: object.title, role: role.name, workers };
      const path = [role.name, "parallelism"];
      if (data !== dataLocal * workers) {
        report({
          at: written.data ?? written.any,
          message: "product",
          severity: defaults.length > 0 ? "warning" : "error",
          slots: {
            ...slots,
            data,
            dataLocal,
            held: dataLocal * workers,
            default: defaults.length > 0 ? `; ${defaults.join(" and ")} not written, the chart's default is 1` : "",
          },
          fixes:
            multinode === true && data % dataLocal === 0
              ? setValue(object, [...path, "workers"], String(data / dataLocal), `Set workers to ${data / dataLocal}`)
              : [],
        });
      } else if (multinode === true && workers === 1) {
        report({ at: written.workers ?? written.any, message: "single", severity: "warning", slots });
      } else if (multinode === false && workers > 1) {
        const missing = workers === 2 ? "another" : `${workers - 1} others`;
        const fixes = setValue(object, ["multinode"], "true", "Set multinode to true");
        report({ at: written.workers ?? written.any, message: "unmade", slots: { ...slots, missing }, fixes });
      }
    }
  },
});

/** A switch of which false is the default; undefined where it is filled in later, or may stand in another file. */
function truthAt(root: ModelRole["root"], key: string, alone: boolean): boolean | undefined {
  if (at(root, key) === undefined) return alone ? false : undefined;
  const text = scalarAt(root, key)?.text;
  return text === "true" ? true : text === "false" ? false : undefined;
}

/** The numbers with the chart's defaults. Undefined where one is empty, and so derived, or cannot be known. */
function numbersOf({ root }: ModelRole, alone: boolean) {
  const map = mapAt(root, "parallelism");
  const first = map?.entries[0]?.key;
  if (map === undefined || first === undefined) return undefined;
  const keys = ["data", "dataLocal", "workers"] as const;
  const defaults = keys.filter((key) => at(map, key) === undefined);
  if (defaults.length === 3 || (defaults.length > 0 && !alone)) return undefined;
  const values = keys.map((key) => (at(map, key) === undefined ? 1 : numberAt(map, key)?.value));
  const [data, dataLocal, workers] = values;
  if (data === undefined || dataLocal === undefined || workers === undefined) return undefined;
  if (![data, dataLocal, workers].every((number) => Number.isSafeInteger(number) && number > 0)) return undefined;
  const written = { any: first, data: entryOf(map, "data")?.value, workers: entryOf(map, "workers")?.value };
  return { data, dataLocal, workers, written, defaults };
}
