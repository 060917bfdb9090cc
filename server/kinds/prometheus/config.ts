import type { MapNode } from "../../text/node.ts";
import { at, itemsAt, mapAt, type Placed, stringAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";

export interface PrometheusConfigView {
  readonly jobs: readonly { readonly name: Placed<string> | undefined; readonly node: MapNode }[];
  /** Files with rules, as written: globs may be among them. */
  readonly ruleFiles: readonly Placed<string>[];
}

/** Keys at the root by which promtail, and promtool's tests of rules, are told from Prometheus. */
const ofOthers = ["clients", "client", "positions", "server", "target_config", "limits_config", "tests"];
/** Keys of a job that promtail or vmagent alone read. */
const ofOthersJobs = [
  ...["pipeline_stages", "journal", "syslog", "loki_push_api", "gelf", "windows_events"],
  ...["scrape_align_interval", "scrape_offset", "stream_parse", "no_stale_markers", "series_limit"],
  ...["disable_compression", "disable_keepalive"],
];

/** What Prometheus' `--config.file` names. */
export const prometheusConfig = defineKind<PrometheusConfigView>({
  id: "prometheus-config",
  title: "Prometheus configuration",
  schema: "prometheus-config",
  recognise: {
    hints: ["scrape_configs", "rule_files", "global"],
    content: (root) => {
      if (ofOthers.some((key) => at(root, key) !== undefined)) return false;
      const jobs = itemsAt(root, "scrape_configs");
      if (jobs.some((job) => ofOthersJobs.some((key) => at(job, key) !== undefined))) return false;
      return jobs.some((job) => at(job, "job_name") !== undefined) || isRulesOnly(root);
    },
  },
  view: ({ root }) => ({
    jobs: itemsAt(root, "scrape_configs").flatMap((job) => {
      const node = mapAt(job);
      return node === undefined ? [] : [{ name: stringAt(node, "job_name"), node }];
    }),
    ruleFiles: itemsAt(root, "rule_files").flatMap((item) => stringAt(item) ?? []),
  }),
});

/** A server that evaluates and scrapes nothing by itself. */
function isRulesOnly(root: MapNode): boolean {
  const paces = ["scrape_interval", "evaluation_interval"].some((key) => at(root, "global", key) !== undefined);
  return paces && ["rule_files", "alerting", "remote_write"].some((key) => at(root, key) !== undefined);
}
