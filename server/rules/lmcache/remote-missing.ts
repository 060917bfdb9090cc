import type { Graph } from "../../graph/graph.ts";
import { parseRemoteUrl } from "../../kinds/lmcache/remote-url.ts";
import { service } from "../../kinds/service/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { isOpen } from "../../kinds/vllm/command-line.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { flatSettings } from "./settings.ts";

const example = (host: string) => `${engineExample({
  config: `max_local_cpu_size: 20\nremote_url: redis://${host}`,
})}---
apiVersion: v1
kind: Service
metadata:
  name: kv-redis
spec:
  selector: {app: kv-redis}
  ports:
    - port: 6379
`;

export const remoteMissing = defineRule({
  id: "lmcache/remote-missing",
  title: "Remote cache at a Service that is not there",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["LMC-022"],
  docs: {
    summary: "remote_url names a Service of the cluster that the files do not define, or a port that it does not have.",
    why: "The engine tries to connect, logs each failure and goes on without the remote cache: every pod computes what another has stored.",
    mend: "Write the Service's name and port. Only a name that is close to one of the Services here is told; others may stand elsewhere.",
    sources: [
      "https://docs.lmcache.ai/kv_cache/storage_backends/redis.html",
      "https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/",
    ],
  },
  examples: { bad: example("kv-reddis:6379 # <-"), good: example("kv-redis:6379") },
  messages: {
    host: '{object}: remote_url names "{host}", and there is no Service of that name here. Did you mean "{meant}"?',
    port: '{object}: remote_url asks for port {port} of Service "{host}", which has {ports}: nothing answers there. Write a port that it has.',
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const settings of flatSettings(graph, object)) {
      const url = settings.text("remote_url");
      const parsed = url === undefined || isOpen(url.value) ? undefined : parseRemoteUrl(url.value);
      const [host, ...others] = parsed?.hosts ?? [];
      if (url === undefined || host === undefined || others.length > 0) continue;
      const [name = "", namespace, ...domain] = host.name.split(".");
      if (name === "" || !isInCluster(domain) || name === "localhost") continue;
      const services = servicesIn(graph, namespace ?? object.namespace);
      const found = services.filter((one) => one.name?.value === name);
      if (found.length === 0) {
        const names = services.flatMap((one) => one.name?.value ?? []);
        const meant = nearest(name, names);
        if (meant !== undefined)
          report({ at: url.node, message: "host", slots: { object: settings.title, host: name, meant } });
        continue;
      }
      const ports = found.flatMap((one) =>
        (service.view(one as never) as ReturnType<typeof service.view>).ports.map(({ port }) => port?.value),
      );
      if (host.port === undefined || ports.includes(undefined) || ports.includes(host.port) || ports.length === 0)
        continue;
      const slots = { object: settings.title, host: name, port: host.port, ports: [...new Set(ports)].join(", ") };
      report({ at: url.node, message: "port", slots });
    }
  },
});

/** `redis`, `redis.cache`, `redis.cache.svc`, `redis.cache.svc.cluster.local`; anything else may be a host outside. */
function isInCluster(domain: readonly string[]): boolean {
  return domain.length === 0 || domain[0] === "svc";
}

function servicesIn(graph: Graph, namespace: string | undefined): StackObject[] {
  return graph
    .lookup(`kind/${service.id}`)
    .filter((one) => namespace === undefined || one.namespace === undefined || one.namespace === namespace);
}
