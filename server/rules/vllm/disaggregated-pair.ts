import type { Settings } from "../../config/settings.ts";
import type { Severity } from "../../findings/finding.ts";
import { gatheringsAround, workloadsIn } from "../../graph/applied-together.ts";
import type { Graph } from "../../graph/graph.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { VllmServer } from "../../kinds/vllm/command-line.ts";
import { isBetweenEngines } from "../../kinds/vllm/connector-names.ts";
import { connectorsOf } from "../../kinds/vllm/connectors.ts";
import { modelName, placeOf, settingOf } from "../../kinds/vllm/setting.ts";
import { readSize } from "../../kinds/vllm/values.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import type { Span } from "../../text/node.ts";
import { defineRule } from "../rule.ts";
import { serverExample } from "./example.ts";
import { servingContainers } from "./servers.ts";

const side = (role: string, args: readonly string[]) =>
  serverExample({
    name: `qwen-${role}`,
    labels: `app: qwen, llm-d.ai/role: ${role}`,
    args: [
      "Qwen/Qwen3-8B",
      ...args,
      "--kv-transfer-config",
      `'{"kv_connector": "NixlConnector", "kv_role": "kv_both"}'`,
    ],
    container: ["env:", "  - {name: VLLM_NIXL_SIDE_CHANNEL_HOST, valueFrom: {fieldRef: {fieldPath: status.podIP}}}"],
  });

const example = (dtype: string) =>
  `${side("prefill", ["--kv-cache-dtype=fp8"])}---\n${side("decode", [`--kv-cache-dtype=${dtype}`])}`;

export const disaggregatedPair = defineRule({
  id: "vllm/disaggregated-pair",
  title: "Prefill and decode that do not understand each other's KV cache",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["VLM-07"],
  docs: {
    summary:
      "The prefill and the decode workload of one model differ in connector, model or --kv-cache-dtype. A difference in --block-size or --max-model-len is a warning.",
    why: "Blocks of KV cache go from one engine's memory into the other's as they are. The engines compare model, layout and format when they first meet and refuse each other if these differ, so that requests fail or prompts are computed again. A decode engine with a shorter --max-model-len refuses prompts that were already computed.",
    mend: "Write the same on both sides. The tensor parallel sizes may differ.",
    sources: [
      "https://docs.vllm.ai/en/latest/features/nixl_connector_usage/",
      "https://github.com/vllm-project/vllm/tree/main/vllm/distributed/kv_transfer/kv_connector/v1",
    ],
  },
  examples: { bad: example("auto # <-"), good: example("fp8") },
  messages: {
    differ:
      "{object}: {what} is {own}, and {other} on the prefill side ({partner}): the engines refuse each other's KV cache. Write the same on both.",
    blocks:
      "{object}: --block-size is {own}, and {other} on the prefill side ({partner}): blocks have to be converted on the way, or are refused. Write the same on both.",
    length:
      "{object}: --max-model-len is {own}, and {other} on the prefill side ({partner}): one side refuses requests that the other takes. Write the same on both.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, settings, report }) {
    if (roleOf(object) !== "decode") return;
    const decode = engineOf(object, settings);
    const prefill = decode === undefined ? undefined : partnerOf(graph, object, decode, settings);
    if (decode === undefined || prefill === undefined) return;
    for (const { what, own, other, place, related } of differences(decode, prefill)) {
      const slots = { object: decode.title, own, other, partner: prefill.title };
      const told = { at: place, related: [{ at: related, message: `${other} there` }] };
      const severity: Severity = "warning";
      if (what === "--block-size") report({ ...told, message: "blocks", slots, severity });
      else if (what === "--max-model-len") report({ ...told, message: "length", slots, severity });
      else report({ ...told, message: "differ", slots: { ...slots, what } });
    }
  },
});

interface Engine {
  readonly title: string;
  readonly server: VllmServer;
  readonly connector: string;
  readonly place: Span;
}

/** The one vLLM server of a workload that exchanges cache with others. */
function engineOf(object: StackObject<Workload>, settings: Settings): Engine | undefined {
  const engines = servingContainers(object, settings).flatMap(({ servers, title }) =>
    servers.flatMap((server) => {
      const connector = connectorsOf(server)?.find(({ name }) => isBetweenEngines(name.value));
      return connector === undefined
        ? []
        : [{ title, server, connector: connector.name.value, place: connector.name.at }];
    }),
  );
  const [first] = engines;
  // The templates of a LeaderWorkerSet start the same server twice.
  return engines.every(({ title }) => title === first?.title) ? first : undefined;
}

/** The prefill side: the only one around, or the only one of the same model. */
function partnerOf(graph: Graph, object: StackObject<Workload>, own: Engine, settings: Settings): Engine | undefined {
  const [gathering, another] = gatheringsAround(graph, object);
  if (gathering === undefined || another !== undefined) return undefined;
  const around = workloadsIn(graph, gathering);
  const prefills = around.filter((one) => roleOf(one) === "prefill");
  const decodes = around.filter((one) => roleOf(one) === "decode");
  const engines = prefills.flatMap((one) => engineOf(one, settings) ?? []);
  if (prefills.length === 1 && decodes.length === 1) return engines[0];
  const model = modelName(own.server);
  const same = engines.filter(({ server }) => model !== undefined && modelName(server) === model);
  const rivals = decodes.filter((one) => {
    const engine = engineOf(one, settings);
    return engine === undefined || modelName(engine.server) === model;
  });
  return same.length === 1 && rivals.length === 1 && engines.length === prefills.length ? same[0] : undefined;
}

function roleOf({ view }: StackObject<Workload>): string | undefined {
  return view.template?.labels.get("llm-d.ai/role");
}

interface Difference {
  readonly what: string;
  readonly own: string;
  readonly other: string;
  readonly place: Span;
  readonly related: Span;
}

function differences(decode: Engine, prefill: Engine): Difference[] {
  const found: Difference[] = [];
  const place = (engine: Engine, name: string) => placeOf(engine.server, name) ?? engine.place;
  const note = (what: string, flag: string | undefined, own: string, other: string) =>
    found.push({
      what,
      own,
      other,
      place: flag === undefined ? decode.place : place(decode, flag),
      related: flag === undefined ? prefill.place : place(prefill, flag),
    });
  if (family(decode.connector) !== family(prefill.connector))
    note("kv_connector", undefined, decode.connector, prefill.connector);
  const models = [modelName(decode.server), modelName(prefill.server)] as const;
  if (models[0] !== undefined && models[1] !== undefined && lastOf(models[0]) !== lastOf(models[1]))
    note("the model", "--model", models[0], models[1]);
  const dtypes = [dtypeOf(decode.server), dtypeOf(prefill.server)] as const;
  if (dtypes[0] !== undefined && dtypes[1] !== undefined && dtypes[0] !== dtypes[1])
    note("--kv-cache-dtype", "--kv-cache-dtype", dtypes[0], dtypes[1]);
  for (const flag of ["--block-size", "--max-model-len"]) {
    const [own, other] = [settingOf(decode.server, flag), settingOf(prefill.server, flag)];
    if (typeof own === "string" || typeof other === "string") continue;
    if ((readSize(own.text) ?? own.text) !== (readSize(other.text) ?? other.text))
      note(flag, flag, own.text, other.text);
  }
  return found;
}

function family(connector: string): string {
  return connector.startsWith("Nixl") ? "NixlConnector" : connector;
}

/** A path and the hub's name may be the same weights. */
function lastOf(model: string): string {
  return (model.replace(/\/+$/, "").split("/").at(-1) ?? "").toLowerCase();
}

/** fp8 is fp8_e4m3. Nothing written is the model's own. */
function dtypeOf(server: VllmServer): string | undefined {
  const setting = settingOf(server, "--kv-cache-dtype");
  if (setting === "unknown") return undefined;
  return setting === "default" ? "auto" : setting.text.replace(/^fp8_e4m3$/, "fp8");
}
