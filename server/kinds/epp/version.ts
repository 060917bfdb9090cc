import type { RunningVersion } from "../../config/settings.ts";

/**
 * Releases of the Gateway API Inference Extension and the router that was built on them, or that reads the same form
 * (go.mod of llm-d-inference-scheduler 0.2 to 0.7 and of llm-d-router 0.8).
 */
const routerOfGie: ReadonlyMap<string, string> = new Map([
  ["0.5", "0.2"],
  ["1.0", "0.3"],
  ["1.1", "0.3"],
  ["1.2", "0.4"],
  ["1.3", "0.5"],
  ["1.4", "0.7"],
  ["1.5", "0.8"],
]);

/** The endpoint picker under its names over time; the sidecar and llm-d's other images have names of their own. */
const routerImage = /(?:^|\/)(?:llm-d-router-endpoint-picker|llm-d-inference-scheduler)(?::|@|$)/;
const gieImage = /(?:^|\/)gateway-api-inference-extension\/epp(?::|@|$)/;

export function isRouterImage(image: string): boolean {
  return routerImage.test(image) || gieImage.test(image);
}

/** Where the projects push their images; others mirror them under the tag of a release. */
const publishers =
  /^(?:ghcr\.io\/llm-d(?:-incubation)?|registry\.k8s\.io|[\w.-]+\/k8s-(?:staging-images|artifacts-prod)(?:\/[\w-]+)*)\//;
const releaseTag = /:v?\d+\.\d+(?:\.\d+)?(?:-rc[.\d]*)?(?:@|$)/;

/** Whether an image is one that llm-d or the Gateway API Inference Extension published, as far as its name tells. */
export function isReleasedRouter(image: string): boolean {
  return !image.includes("/") || publishers.test(image) || releaseTag.test(image);
}

/** By the tag of an image; absent for `main`, a digest alone, and releases that nobody here knows. */
export function routerOfImage(image: string): RunningVersion | undefined {
  const release = /:v?(\d+\.\d+(?:\.\d+)?)(?:[-+@]|$)/.exec(image.replace(/^[^/]*:\d+\//, ""))?.[1];
  if (release === undefined) return undefined;
  if (gieImage.test(image)) return routerOf(release);
  return routerImage.test(image) ? { version: release, told: release } : undefined;
}

/** As headroom.config.yaml says it: `0.10`, or `gie-1.3`. */
export function routerNamed(text: string): RunningVersion | undefined {
  const gie = /^gie[- ]?v?(\d+\.\d+)/i.exec(text)?.[1];
  return gie === undefined ? { version: text, told: text } : routerOf(gie);
}

/** By an apiVersion that only some versions have. */
export function routerOfApi(apiVersion: string): RunningVersion | undefined {
  if (apiVersion === "llm-d.ai/v1") return { version: "0.11", orNewer: true, told: "0.11 or newer" };
  if (apiVersion === "llm-d.ai/v1alpha1") return { version: "0.9", orNewer: true, told: "0.9 or newer" };
  return undefined;
}

function routerOf(gie: string): RunningVersion | undefined {
  const minor = /^\d+\.\d+/.exec(gie)?.[0] ?? "";
  const version = routerOfGie.get(minor);
  return version === undefined ? undefined : { version, told: `${version} (GIE ${minor})` };
}
