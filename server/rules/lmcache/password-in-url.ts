import { lmcacheConfig } from "../../kinds/lmcache/flat.ts";
import { parseRemoteUrl } from "../../kinds/lmcache/remote-url.ts";
import { isOpen } from "../../kinds/vllm/command-line.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { flatSettings } from "./settings.ts";

export const passwordInUrl = defineRule({
  id: "lmcache/password-in-url",
  title: "Password of the remote cache in plain text",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["LMC-023"],
  docs: {
    summary: "remote_url, or a password in extra_config, stands readable in a ConfigMap or in the environment.",
    why: "Whoever may read ConfigMaps or pods reads it, and it stays in the repository. Whoever has it reads every cached prompt.",
    mend: "Put the whole address into a Secret, and give it to the container as LMCACHE_REMOTE_URL with valueFrom.secretKeyRef: the environment wins over the file.",
    sources: [
      "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
      "https://docs.lmcache.ai/kv_cache/storage_backends/redis.html",
    ],
  },
  examples: {
    bad: engineExample({ config: "max_local_cpu_size: 20\nremote_url: redis://:s3cret@redis:6379 # <-" }),
    good: engineExample({
      config: "max_local_cpu_size: 20",
      env: "- name: LMCACHE_REMOTE_URL\n  valueFrom: {secretKeyRef: {name: lmcache-remote, key: url}}",
    }),
  },
  messages: {
    url: "{object}: the password of the remote cache stands in remote_url in plain text. Put the address into a Secret, and set LMCACHE_REMOTE_URL from it.",
    extra: "{object}: valkey_password stands in extra_config in plain text. Keep it in a Secret.",
  },
  reads: [lmcacheConfig, deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const settings of flatSettings(graph, object)) {
      const slots = { object: settings.title };
      const url = settings.text("remote_url");
      if (url !== undefined && settings.owns(url.node) && !isOpen(url.value) && parseRemoteUrl(url.value)?.hasPassword)
        report({ at: url.node, message: "url", slots });
      const extra = settings.node("extra_config");
      const password = stringAt(extra, "valkey_password");
      if (password !== undefined && password.value !== "" && !isOpen(password.value) && settings.owns(password.node))
        report({ at: password.node, message: "extra", slots });
    }
  },
});
