import { goDuration } from "../../engine/wva/config/duration.ts";
import { statedRelease } from "../../graph/wva-release.ts";
import { wvaManagerConfig, wvaManagerFile } from "../../kinds/wva/manager.ts";
import { stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

/** Seconds between two decisions, written into the engine's loop (WVA v0.5.1; mended by PR 1487 of July 2026). */
const fixedInterval = 30;
const key = "GLOBAL_OPT_INTERVAL";

const example = (interval: string) => `# file: headroom.config.yaml
versions: {wva: "0.5.1"}
# file: manager.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: wva-variantautoscaling-config
  namespace: workload-variant-autoscaler-system
data:
  PROMETHEUS_BASE_URL: https://prometheus.monitoring.svc:9090
${interval}`;

export const intervalWithoutEffect = defineRule({
  id: "wva/interval-without-effect",
  title: "WVA interval that has no effect",
  since: "0.1.0",
  severity: "info",
  fixable: false,
  refs: ["W-20"],
  docs: {
    summary:
      "GLOBAL_OPT_INTERVAL is set to something other than 30 s for WVA 0.5. Needs the version under `versions` in headroom.config.yaml.",
    why: "The loop that decides runs every 30 s in 0.5, whatever the setting says. A longer interval does not calm scaling, and a shorter one does not make it faster.",
    mend: "Leave it out. Against flapping set the stabilization windows of the HPA or ScaledObject that follows WVA.",
    sources: ["https://github.com/llm-d/llm-d-workload-variant-autoscaler/pull/1487"],
  },
  examples: {
    bad: example("  GLOBAL_OPT_INTERVAL: 120s # <-\n"),
    good: example(""),
  },
  messages: {
    fixed:
      "{object}: GLOBAL_OPT_INTERVAL {interval} has no effect in WVA {version}, which decides every 30 s. Leave it out; against flapping, set the windows of the autoscaler that follows WVA.",
  },
  reads: [wvaManagerConfig, wvaManagerFile],
  check({ object, settings, report }) {
    const release = statedRelease(settings);
    if (release?.minor !== 5) return;
    const path = object.kind.id === wvaManagerConfig.id ? ["data", key] : [key];
    const written = stringAt(object.root, ...path);
    const interval = goDuration(written?.value ?? "");
    // Without a unit it is refused, and the schema says so.
    if (written === undefined || interval === undefined || interval <= 0 || interval === fixedInterval) return;
    const slots = { object: object.title, interval: written.value, version: release.name };
    report({ at: written.node, message: "fixed", slots });
  },
});
