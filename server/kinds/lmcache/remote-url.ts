/** Schemes of LMCache's own connectors (lmcache/v1/storage_backend/connector, 2026); plugins may add more. */
export const remoteSchemes = [
  "redis",
  "rediss",
  "unix",
  "redis-sentinel",
  "valkey",
  "lm",
  "infinistore",
  "mooncakestore",
  "fs",
  "s3",
  "s3_rdma",
  "cuobject_s3",
  "azure",
  "hf3fs",
  "eic",
  "sagemaker-hyperpod",
  "external",
  "blackhole",
  "audit",
  "mock",
  "plugin",
  "couchbase",
  "shmfile",
  "benchmark",
] as const;

/** Those that assert a port, and the usual one where there is any. */
const needsPort: ReadonlyMap<string, number | undefined> = new Map([
  ["lm", 65432],
  ["infinistore", undefined],
  ["mooncakestore", undefined],
  ["redis-sentinel", 26379],
  ["fs", 0],
]);

export interface RemoteUrl {
  readonly scheme: string;
  readonly hosts: readonly { readonly name: string; readonly port: number | undefined }[];
  /** Whether a user's password stands in it. */
  readonly hasPassword: boolean;
  /** Where the hosts end, for a port to be added. */
  readonly authorityEnd: number;
}

export function parseRemoteUrl(text: string): RemoteUrl | undefined {
  const found = /^([a-z][a-z0-9_+-]*):\/\/(?:([^@/?#\s]*)@)?([^/?#\s]*)/i.exec(text);
  if (found === null) return undefined;
  const [whole, scheme = "", user = "", authority = ""] = found;
  return {
    scheme: scheme.toLowerCase(),
    hosts: authority.split(",").map(hostOf),
    hasPassword: /:./.test(user),
    authorityEnd: whole.length,
  };
}

function hostOf(text: string): { name: string; port: number | undefined } {
  const [, name = "", port] = /^(.*?)(?::(\d{1,5}))?$/.exec(text) ?? [];
  return { name, port: port === undefined ? undefined : Number(port) };
}

/** The usual port of a scheme that cannot do without one; `none` where it has no usual one. */
export function lackingPort({ scheme, hosts }: RemoteUrl): number | "none" | undefined {
  const isCluster = scheme === "valkey" && hosts.length > 1;
  if (!needsPort.has(scheme) && !isCluster) return undefined;
  if (hosts.every(({ port }) => port !== undefined)) return undefined;
  return (isCluster ? 6379 : needsPort.get(scheme)) ?? "none";
}
