import type { Settings } from "../../config/settings.ts";
import { compareVersions, parseVersion, type Version } from "../../kinds/vllm/version.ts";
import { argumentOf, type Container } from "../../kinds/workload/container.ts";
import type { PodTemplate } from "../../kinds/workload/pod-template.ts";

/** llm-d's proxy in front of a decode engine. It was `llm-d-routing-sidecar` before it moved to the router. */
export interface Sidecar {
  readonly container: Container;
  /** Of the router that it is released with, where that is known. */
  readonly version: Version | undefined;
}

const image = /(?:^|\/)llm-d-(?:routing-sidecar|router-disagg-sidecar)(?:[:@]|$)/;

export function sidecarsOf({ containers, initContainers }: PodTemplate, settings: Settings): Sidecar[] {
  return [...containers, ...initContainers].flatMap((container) => {
    const name = container.image?.value ?? "";
    if (!image.test(name)) return [];
    const tag = /llm-d-router-disagg-sidecar:(v?\d[\w.-]*)/.exec(name)?.[1];
    return [{ container, version: parseVersion(tag ?? settings.version("router") ?? "") }];
  });
}

/** 0.10 dropped the flags of old (llm-d-router PR 2054). */
export function isSince010({ version }: Sidecar): boolean {
  return version !== undefined && compareVersions(version, [0, 10]) >= 0;
}

/** The way in which the sidecar has KV cache moved. */
export function kvConnectorOf({ container }: Sidecar) {
  return argumentOf(container, "kv-connector", "connector");
}
