import type { Settings } from "../../config/settings.ts";
import { rolesOf } from "../../kinds/helm-values/model-role.ts";
import { modelserviceValues } from "../../kinds/helm-values/modelservice.ts";
import { productionStackValues } from "../../kinds/helm-values/production-stack.ts";
import { modelsOf } from "../../kinds/helm-values/stack-model.ts";
import type { Kind } from "../../kinds/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { readArguments, readServers, type VllmServer } from "../../kinds/vllm/command-line.ts";
import { startsServer } from "../../kinds/vllm/server.ts";
import type { Version } from "../../kinds/vllm/version.ts";
import { type Container, readContainer } from "../../kinds/workload/container.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { itemsAt, mapAt, stringAt } from "../../text/read.ts";
import { rememberedIn } from "../../text/remembered.ts";
import { runningIn, type ServingContainer, servingContainers } from "./servers.ts";

/** Values of charts that write a vLLM command line of their own and put arguments of the values behind it. */
export const servingCharts: readonly Kind<undefined>[] = [modelserviceValues, productionStackValues];

/** The servers of a workload, or of the values of such a chart. */
export function serversIn(object: StackObject<Workload> | StackObject<undefined>, settings: Settings) {
  return servingCharts.includes(object.kind as Kind<undefined>)
    ? chartServers(object as StackObject<undefined>, settings)
    : servingContainers(object as StackObject<Workload>, settings);
}

const chartServers = rememberedIn((object: StackObject<undefined>, settings: Settings): readonly ServingContainer[] =>
  object.kind === modelserviceValues ? modelservice(object, settings) : productionStack(object, settings),
);

function modelservice(object: StackObject<undefined>, settings: Settings): ServingContainer[] {
  return rolesOf(object).flatMap(({ name: role, root }) =>
    itemsAt(root, "containers").flatMap((item) => {
      const map = mapAt(item);
      if (map === undefined) return [];
      const container = readContainer(map);
      const image = container.image?.value;
      const running = runningIn(image, settings);
      const servers = serversOf(container, running.version);
      const name = container.name === undefined ? "" : ` "${container.name.value}"`;
      const title = `${object.title}, container${name} of ${role}`;
      return servers.length === 0 ? [] : [{ container, servers, title, ...running }];
    }),
  );
}

/** With `custom`, the default, the command is the container's own. */
function serversOf(container: Container, version: Version | undefined): readonly VllmServer[] {
  const writer = stringAt(container.root, "modelCommand")?.value ?? "custom";
  if (writer === "custom") return readServers(container, version);
  const isServer = writer === "vllmServe" || startsServer(container.image?.value ?? "");
  return isServer ? [readArguments(itemsAt(container.root, "args"), version) ?? []].flat() : [];
}

function productionStack(object: StackObject<undefined>, settings: Settings): ServingContainer[] {
  return modelsOf(object).flatMap(({ root, title: model }) => {
    const [repository, tag] = ["repository", "tag"].map((key) => stringAt(root, key)?.value);
    const image = repository === undefined || tag === undefined ? undefined : `${repository}:${tag}`;
    const running = runningIn(image, settings);
    const server = readArguments(itemsAt(root, "vllmConfig", "extraArgs"), running.version);
    const container = readContainer(root);
    const title = `${object.title}, ${model}`;
    return server === undefined ? [] : [{ container, servers: [server], title, ...running }];
  });
}
