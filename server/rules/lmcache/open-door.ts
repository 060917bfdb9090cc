import { lmcacheConfig } from "../../kinds/lmcache/flat.ts";
import { serverArguments } from "../../kinds/lmcache/server-command.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { isOpen } from "../../kinds/vllm/command-line.ts";
import { daemonSet } from "../../kinds/workload/daemon-set.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { spanOfWord } from "../../text/command-words.ts";
import { defineRule } from "../rule.ts";
import { templatesOf } from "../vllm/servers.ts";
import { engineExample } from "./example.ts";
import { containerTitle, flatSettings, isOn } from "./settings.ts";

export const openDoor = defineRule({
  id: "lmcache/open-door",
  title: "Control of LMCache without authentication",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["LMC-063"],
  docs: {
    summary:
      "LMCache's internal API listens on every address, the server's scripts can be run by anybody who reaches its HTTP port, or the environment is sent to a configuration service.",
    why: "None of these asks who is there. The internal API clears caches and changes settings; --run-script-api-enabled runs code that a request brings; remote_config_url sends the whole environment of the process, tokens included, to that address.",
    mend: "Bind to 127.0.0.1 or close the ports with a NetworkPolicy, leave the script API off, and keep configuration in the cluster.",
    sources: [
      "https://docs.lmcache.ai/api_reference/configurations.html",
      "https://docs.lmcache.ai/mp/configuration.html",
    ],
  },
  examples: {
    bad: engineExample({ config: "max_local_cpu_size: 20\ninternal_api_server_enabled: true # <-" }),
    good: engineExample({
      config: "max_local_cpu_size: 20\ninternal_api_server_enabled: true\ninternal_api_server_host: 127.0.0.1",
    }),
  },
  messages: {
    api: "{object}: LMCache's internal API listens on every address from port {port} on, and asks nobody who they are. Set internal_api_server_host to 127.0.0.1, or close the ports with a NetworkPolicy.",
    config:
      "{object}: with remote_config_url LMCache sends all of its environment, tokens included, to {url}. Keep the configuration in a ConfigMap.",
    script:
      "{object}: --run-script-api-enabled lets whoever reaches {host} run code in this pod, which sees the GPUs and every cached prompt. Leave it off, or bind --http-host to 127.0.0.1.",
  },
  reads: [lmcacheConfig, daemonSet, deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const settings of flatSettings(graph, object)) {
      const api = settings.text("internal_api_server_enabled");
      const host = settings.node("internal_api_server_host");
      const isOpenToAll = host === undefined || settings.text("internal_api_server_host")?.value === "0.0.0.0";
      const socket = settings.node("internal_api_server_socket_path_prefix") !== undefined;
      if (api !== undefined && isOn(api) && isOpenToAll && !socket && settings.owns(api.node)) {
        const port = settings.text("internal_api_server_port_start")?.value ?? "6999";
        report({ at: api.node, message: "api", slots: { object: settings.title, port } });
      }
      const url = settings.text("remote_config_url");
      if (url !== undefined && url.value !== "" && !isOpen(url.value) && settings.owns(url.node))
        report({ at: url.node, message: "config", slots: { object: settings.title, url: url.value } });
    }
    if (object.kind.id === lmcacheConfig.id) return;
    for (const container of templatesOf(object as StackObject<Workload>).flatMap(({ containers }) => containers)) {
      const given = serverArguments(container);
      const script = given.find(({ flag }) => flag?.name === "--run-script-api-enabled");
      const host = given.find(({ flag }) => flag?.name === "--http-host")?.value?.text;
      const isOff = /^(?:false|0)$/i.test(script?.value?.text ?? "");
      if (script === undefined || isOff || host === undefined || !/^(?:0\.0\.0\.0|::)$/.test(host)) continue;
      const slots = { object: containerTitle(object, container), host: "its HTTP port" };
      report({ at: spanOfWord(script.word), message: "script", slots });
    }
  },
});
