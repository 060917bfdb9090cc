import { pod } from "../../kinds/pod/kind.ts";
import { daemonSet } from "../../kinds/workload/daemon-set.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { entriesAt, numberAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { templatesOf } from "../vllm/servers.ts";

const example = (limits: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
        - name: server
          image: registry.example.com/llama-server:1.4
          resources:
            limits:
${limits}`;

export const migAndGpu = defineRule({
  id: "pods/mig-and-gpu",
  title: "Slice of a GPU beside a whole one",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["P-01", "S4"],
  docs: {
    summary: "One container asks for whole GPUs (nvidia.com/gpu) and for slices of them (nvidia.com/mig-…).",
    why: "Kubernetes adds the two up: the pod waits for a node that has both free, which hardly any has, and takes both there. CUDA gives a process a single slice and no whole GPU beside it, so that what was asked for besides stands idle.",
    mend: "Keep the one that is meant.",
    sources: [
      "https://docs.nvidia.com/datacenter/cloud-native/kubernetes/latest/index.html",
      "https://docs.nvidia.com/datacenter/tesla/mig-user-guide/",
    ],
  },
  examples: {
    bad: example("              nvidia.com/gpu: 1\n              nvidia.com/mig-1g.5gb: 2 # <-\n"),
    good: example("              nvidia.com/mig-1g.5gb: 1\n"),
  },
  messages: {
    both: "{object} asks for {gpus} nvidia.com/gpu and {slices} {slice} at once: it waits for a node that has both and gets both, though one is meant. Keep one of them.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet, daemonSet, pod],
  check({ object, report }) {
    const containers = templatesOf(object).flatMap((template) => [...template.containers, ...template.initContainers]);
    for (const { root, name } of containers) {
      const asked = ["limits", "requests"].map((section) =>
        entriesAt(root, "resources", section).flatMap(({ key, value }) => {
          const count = numberAt(value);
          return count === undefined || count.value <= 0 ? [] : [{ key, count }];
        }),
      );
      for (const section of asked) {
        const whole = section.find(({ key }) => key.text === "nvidia.com/gpu");
        const slice = section.find(({ key }) => key.text.startsWith("nvidia.com/mig-"));
        if (whole === undefined || slice === undefined) continue;
        report({
          at: slice.key,
          message: "both",
          slots: {
            object: name === undefined ? object.title : `${object.title}, container "${name.value}"`,
            gpus: whole.count.value,
            slices: slice.count.value,
            slice: slice.key.text,
          },
          related: [{ at: whole.key, message: "the whole GPU" }],
        });
        // Requests say the same again.
        break;
      }
    }
  },
});
