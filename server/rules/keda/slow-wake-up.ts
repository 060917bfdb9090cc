import { podStartup, startupWords } from "../../graph/pod-startup.ts";
import { workloadOf } from "../../graph/scale-target.ts";
import { scalesModelServers } from "../../graph/serving.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { numberAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { replicaBounds } from "./bounds.ts";
import { example, routerQueue, steady } from "./example.ts";
import { text } from "./mends.ts";

/** Half of what a short load takes; KEDA's default is 30 s. */
const longestPoll = 60;

const polled = (interval: string) => `  pollingInterval: ${interval}
  minReplicaCount: 0
  maxReplicaCount: 8
  initialCooldownPeriod: 300
${steady}`;

export const slowWakeUp = defineRule({
  id: "keda/slow-wake-up",
  title: "Work at 0 replicas is noticed late",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["K-19"],
  docs: {
    summary: "Model servers may go to 0, and pollingInterval is longer than a minute.",
    why: "At 0 replicas there is no HPA that asks; only KEDA's poll sees that work has come. The first request waits for the poll, and only then does a pod begin to load the model.",
    mend: "Set `pollingInterval` to 15 or leave the default of 30. One query of one trigger costs little beside a GPU.",
    sources: ["https://keda.sh/docs/latest/reference/scaledobject-spec/#pollinginterval"],
  },
  examples: { bad: example(polled("120 # <-"), routerQueue()), good: example(polled("15"), routerQueue()) },
  messages: {
    late: "{object} looks for work only every {interval} s while it is at 0: the first request waits up to that long before a pod even begins its start of {start}. Set pollingInterval to 15.",
  },
  reads: [scaledObject],
  check({ object, graph, settings, report }) {
    const interval = numberAt(object.root, "spec", "pollingInterval");
    if (interval === undefined || interval.value <= longestPoll) return;
    if (replicaBounds(object)?.sleeps !== true || !scalesModelServers(graph, object)) return;
    const start = podStartup(object, workloadOf(graph, object, object.view.target), settings);
    report({
      at: interval.node,
      message: "late",
      slots: { object: object.title, interval: interval.value, start: startupWords(start) },
      fixes: text(object.root, ["spec", "pollingInterval"], "15", "Set pollingInterval to 15"),
    });
  },
});
