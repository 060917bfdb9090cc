import type { RawFix } from "../../findings/raw-finding.ts";
import { type RoutedServer, routedServers } from "../../graph/routed-servers.ts";
import { endpointPickerConfig } from "../../kinds/epp/kind.ts";
import { eventsOf, precisePlugins } from "../../kinds/epp/precise.ts";
import type { EppPlugin } from "../../kinds/epp/scheduling.ts";
import { type KvEvents, kvEventsOf } from "../../kinds/vllm/kv-events.ts";
import { setAll } from "../../text/edits.ts";
import { at, numberAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { setNumber } from "../set-number.ts";
import { eventsArgument, preciseExample } from "./precise-example.ts";

const example = (port: string) =>
  preciseExample({
    router: "0.9",
    plugins: `  - type: precise-prefix-cache-producer
    parameters:
      kvEventsConfig:
        podDiscoveryConfig:
          socketPort: ${port}
`,
    args: [eventsArgument("kv@qwen@Qwen/Qwen3-8B")],
  }).replace("inference.networking.x-k8s.io/v1alpha1", "llm-d.ai/v1alpha1");

export const kvEvents = defineRule({
  id: "epp/kv-events",
  title: "Router that waits for events which no engine sends",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["EPP-25"],
  docs: {
    summary:
      "A precise prefix plugin reads the engines' KV events, and the vLLM servers of the pool publish none, under another topic, or on another port.",
    why: "vLLM sends events only with --kv-events-config. Without them the index of the endpoint picker stays empty: every pod scores 0, and routing by prefix is off without a word.",
    mend: 'Start vLLM with --kv-events-config={"enable_kv_cache_events":true,"publisher":"zmq","endpoint":"tcp://*:5557","topic":"kv@<pod>@<model>"}; the topic has to begin with topicFilter (kv@), and the port to be socketPort (5557).',
    sources: [
      "https://docs.vllm.ai/en/latest/api/vllm/config/kv_events/",
      "https://github.com/llm-d/llm-d-router/tree/main/pkg/epp/framework/plugins",
    ],
  },
  examples: { bad: example("5556 # <-"), good: example("5557") },
  messages: {
    none: "{object}: {name} reads KV events, and vLLM in {server} publishes none: its index stays empty and no prefix is found. Start vLLM with --kv-events-config.",
    topic:
      '{object}: {name} reads topics that begin with "{filter}", and vLLM in {server} publishes under "{topic}": its index stays empty and no prefix is found. Let the topic begin with "{filter}".',
    port: "{object}: {name} reads KV events on port {port}, and vLLM in {server} publishes them on {other}: its index stays empty and no prefix is found. Write {other} as socketPort.",
  },
  reads: [endpointPickerConfig],
  check({ object, graph, report }) {
    for (const plugin of precisePlugins(object.view).filter(readsVllm)) {
      const all = routedServers(graph, object).map((server) => ({ server, events: kvEventsOf(server.server) }));
      if (all.length === 0 || all.some(({ events }) => events === "unknown")) return;
      const sending = all.flatMap(({ server, events }) =>
        typeof events !== "string" && events.published ? [{ server, events }] : [],
      );
      const slots = (server: RoutedServer) => ({
        object: object.title,
        name: plugin.name,
        server: server.object.title,
      });
      const [first] = all;
      // Servers of one stage may be silent: a picker may look only at the prefixes of another.
      if (sending.length === 0 && first !== undefined) {
        report({ at: plugin.at, message: "none", slots: slots(first.server) });
        continue;
      }
      const filter = filterOf(plugin);
      const outside = sending.find(({ events }) => filter !== undefined && isOutside(events.topic, filter.text));
      if (outside !== undefined && filter !== undefined) {
        const { topic } = outside.events;
        report({
          at: filter.at,
          message: "topic",
          slots: { ...slots(outside.server), filter: filter.text, topic },
          related: [{ at: outside.events.at.word.node, message: "The topic" }],
        });
        continue;
      }
      const own = socketPort(plugin);
      const other = sending.find(
        ({ events }) => own !== undefined && ![undefined, own.number].includes(portOf(events)),
      );
      const port = other === undefined ? undefined : portOf(other.events);
      if (own === undefined || other === undefined || port === undefined) continue;
      report({
        at: own.at,
        message: "port",
        slots: { ...slots(other.server), port: own.number, other: port },
        related: [{ at: other.events.at.word.node, message: `${port} there` }],
        fixes: sending.every(({ events }) => portOf(events) === port) ? portWritten(plugin, port) : [],
      });
    }
  },
});

function readsVllm(plugin: EppPlugin): boolean {
  const { parameters } = plugin;
  if (eventsOf(plugin) === undefined) return at(parameters, "kvEventsConfig") === undefined;
  const engine = at(eventsOf(plugin), "engineType");
  return engine === undefined || ["", "vllm"].includes(stringAt(engine)?.value ?? "unknown");
}

/** llm-d-kv-cache: topics as `kv@<pod>@<model>`, on port 5557 of each pod. */
const usual = { filter: "kv@", port: 5557 };

function filterOf(plugin: EppPlugin) {
  const node = at(eventsOf(plugin), "topicFilter");
  if (node === undefined) return { text: usual.filter, at: plugin.at };
  const text = stringAt(node)?.value;
  return text === undefined ? undefined : { text: text === "" ? usual.filter : text, at: node };
}

/** Whether a topic cannot begin with a filter, whatever becomes of its variables. */
function isOutside(topic: string, filter: string): boolean {
  const [known = ""] = topic.split(/\$|\{\{|</, 1);
  return known.length < topic.length
    ? !known.startsWith(filter) && !filter.startsWith(known)
    : !topic.startsWith(filter);
}

/** Absent where the pods connect to the picker, and where it is filled in later. */
function socketPort(plugin: EppPlugin) {
  const events = eventsOf(plugin);
  const discovers = at(events, "discoverPods");
  if (at(events, "zmqEndpoint") !== undefined || (discovers !== undefined && stringAt(discovers)?.value !== "true"))
    return undefined;
  const node = at(events, "podDiscoveryConfig", "socketPort");
  if (node === undefined) return { number: usual.port, at: plugin.at };
  const number = numberAt(node)?.value;
  return number === undefined ? undefined : { number, at: node };
}

function portOf({ endpoint }: KvEvents): number | undefined {
  const digits = /^tcp:\/\/[^$]*:(\d{1,5})$/.exec(endpoint)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function portWritten(plugin: EppPlugin, port: number): RawFix[] {
  const path = ["parameters", "kvEventsConfig", "podDiscoveryConfig", "socketPort"];
  const written = at(plugin.node, ...path);
  if (written !== undefined) return setNumber(written, port);
  const edits = setAll(plugin.node, path, String(port));
  return edits === undefined ? [] : [{ title: `Write ${port} as socketPort`, safe: false, edits }];
}
