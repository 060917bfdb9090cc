import { wordEnd } from "../../graph/references/name.ts";
import { type RouterArgument, type RouterCommand, routerArgument, routerCommands } from "../../kinds/epp/arguments.ts";
import { routerOfImage } from "../../kinds/epp/version.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { spanOfWord } from "../../text/command-words.ts";
import { at } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { fixOf, rewrite } from "../vllm/mend.ts";
import { isFrom } from "./router.ts";

const example = (flag: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama-epp}
spec:
  selector: {matchLabels: {app: llama-epp}}
  template:
    metadata: {labels: {app: llama-epp}}
    spec:
      containers:
        - name: epp
          image: ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.10.0
          args:
            - ${flag}
            - --config-file=/etc/epp/config.yaml
`;

/** llm-d-router pkg/epp/server/options.go at v0.9: refused when they are given. */
const metricFlags = new Set([
  "total-queued-requests-metric",
  "total-running-requests-metric",
  "kv-cache-usage-percentage-metric",
  "lora-info-metric",
  "cache-info-metric",
]);

/** Of each pair only one may be given; of the first one has to be. */
const pairs = [
  { one: "pool-name", other: "endpoint-selector", needed: true },
  { one: "config-file", other: "config-text", needed: false },
] as const;

export const routerFlags = defineRule({
  id: "epp/router-flags",
  title: "Flags that the endpoint picker refuses",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["EPP-27", "EPP-28"],
  docs: {
    summary:
      "The command line of an endpoint picker (router 0.9 or newer) has a flag that is refused, or a combination that is: names of metrics, flags in camelCase, both or none of --pool-name and --endpoint-selector, --config-file together with --config-text.",
    why: "The picker checks its flags first and exits. Names of metrics moved into the configuration with 0.9; flags in camelCase (--poolName) are those of before GIE 1.0.",
    mend: "Write flags with dashes. Metrics of another engine are said in core-metrics-extractor, parameters.engineConfigs. Say with --pool-name which InferencePool is meant, or with --endpoint-selector which pods.",
    sources: ["https://github.com/llm-d/llm-d-router/blob/main/pkg/epp/server/options.go"],
  },
  examples: { bad: example("--poolName=llama # <-"), good: example("--pool-name=llama") },
  messages: {
    camel: "{object}: router {running} has no flag --{name} and does not start. Write --{kebab}.",
    metric:
      "{object}: router {running} refuses --{name} and does not start. Say it in the configuration: core-metrics-extractor, parameters.engineConfigs.",
    both: "{object}: --{name} and --{other} exclude each other: the endpoint picker does not start. Keep one.",
    neither:
      "{object}: the endpoint picker has neither --{name} nor --{other} and does not start. Write which pool it is for.",
  },
  reads: [deployment, statefulSet],
  check({ object, graph, report }) {
    for (const command of routerCommands(object.view)) {
      const running = routerOfImage(command.container.image?.value ?? "");
      if (running === undefined || !isFrom(running, "0.9")) continue;
      const slots = { object: object.title, running: running.told };
      const camel = command.arguments.filter(({ name }) => /[a-z][A-Z]/.test(name));
      for (const argument of camel) {
        const kebab = argument.name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
        const length = argument.word.text.indexOf(argument.name) + argument.name.length;
        report({
          at: spanOfWord(argument.word, 0, length),
          message: "camel",
          slots: { ...slots, name: argument.name, kebab },
          fixes: fixOf(`Write --${kebab}`, false, rewrite(argument.word, 0, length, `--${kebab}`)),
        });
      }
      for (const { name, word } of command.arguments.filter((one) => metricFlags.has(one.name)))
        report({ at: wordEnd(word, 0), message: "metric", slots: { ...slots, name } });
      for (const { one, other, needed } of pairs) {
        const [first, second] = [routerArgument(command, one), routerArgument(command, other)];
        if (isGiven(first) && isGiven(second)) {
          report({ at: wordEnd(second.word, 0), message: "both", slots: { ...slots, name: one, other } });
        } else if (needed && first === undefined && second === undefined && camel.length === 0 && isWhole(command)) {
          if (graph.layout.changesTo(object.path).length > 0) continue;
          report({
            at: command.container.image?.node ?? object,
            message: "neither",
            slots: { ...slots, name: one, other },
          });
        }
      }
    }
  },
});

/** A flag that is given empty counts as not given. */
function isGiven(argument: RouterArgument | undefined): argument is RouterArgument {
  return argument !== undefined && argument.value?.text !== "";
}

/** Whether the command line is here and not in the image. */
function isWhole({ complete, container }: RouterCommand): boolean {
  return complete && at(container.root, "args") !== undefined;
}
