import { rolesOf } from "../../kinds/helm-values/model-role.ts";
import { modelserviceValues } from "../../kinds/helm-values/modelservice.ts";
import { at, entryOf, itemsAt, mapAt, scalarAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

const example = (command: string) => `modelArtifacts:
  name: Qwen/Qwen3-32B
  uri: pvc://models/qwen3-32b
decode:
  containers:
    - name: vllm
      image: vllm/vllm-openai:v0.19.0
      modelCommand: custom ${command}
prefill:
  create: false
`;

export const modelCommand = defineRule({
  id: "values/model-command",
  title: "Container for which the chart cannot write a command",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["VAL-05"],
  docs: {
    summary:
      "A container in the values of llm-d-modelservice has modelCommand custom and no command, or has the chart serve a model from oci://.",
    why: "With vllmServe and imageDefault the chart writes model, port and parallelism into the arguments, and knows how for hf:// and pvc:// only. With custom it writes nothing and demands a command. Otherwise the template fails, and nothing is installed.",
    mend: "Write the command of a custom container, with model, port and parallelism in its args. A model from oci:// needs modelCommand custom.",
    sources: ["https://github.com/llm-d-incubation/llm-d-modelservice/tree/main/charts/llm-d-modelservice"],
  },
  examples: {
    bad: example("# <-"),
    good: example('\n      command: ["vllm", "serve", "/model-cache/qwen3-32b", "--port", "8200"]'),
  },
  messages: {
    command:
      '{object}: container "{container}" of {role} has modelCommand custom and no command: the template fails, and nothing is installed. Write command, or let the chart write it with modelCommand: vllmServe.',
    oci: '{object}: container "{container}" of {role} has modelCommand {command}, for which the chart has no arguments with a model from {uri}: the template fails. Write modelCommand: custom with a command, or a uri with hf:// or pvc://.',
  },
  reads: [modelserviceValues],
  check({ object, report }) {
    const uri = stringAt(object.root, "modelArtifacts", "uri");
    for (const role of rolesOf(object)) {
      for (const item of itemsAt(role.root, "containers")) {
        const container = mapAt(item);
        const written = entryOf(container, "modelCommand");
        const command = scalarAt(written?.value)?.text;
        if (container === undefined || written === undefined || command === undefined) continue;
        const name = stringAt(container, "name")?.value ?? "vllm";
        const slots = { object: object.title, container: name, role: role.name };
        if (command === "custom" && at(container, "command") === undefined)
          report({ at: written.value, message: "command", slots });
        if (["vllmServe", "imageDefault"].includes(command) && /^oci\b[^:]*:\/\//.test(uri?.value ?? "")) {
          const related = uri === undefined ? [] : [{ at: uri.node, message: "the model comes from here" }];
          report({
            at: written.value,
            message: "oci",
            slots: { ...slots, command, uri: uri?.value ?? "" },
            related,
          });
        }
      }
    }
  },
});
