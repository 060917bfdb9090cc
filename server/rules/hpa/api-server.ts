import type { Settings } from "../../config/settings.ts";
import { type ServerFeatures, serverFeatures } from "../../engine/hpa/validation/server.ts";

/** The newest minor version of Kubernetes 1 whose rules are known here. */
const newest = 37;

/** The API server that an HPA goes to: the version that headroom.config.yaml says runs, else the newest known. */
export interface ApiServer {
  /** `1.34`, when somebody says so. */
  readonly version: string | undefined;
  readonly features: ServerFeatures;
}

export function apiServerOf(settings: Settings): ApiServer {
  const minor = /^v?1\.(\d{1,3})(?!\d)/.exec(settings.version("kubernetes") ?? "")?.[1];
  return {
    version: minor === undefined ? undefined : `1.${minor}`,
    features: serverFeatures(minor === undefined ? newest : Number(minor)),
  };
}
