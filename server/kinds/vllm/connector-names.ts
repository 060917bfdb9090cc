/** Connectors that vLLM registers by itself (vllm/distributed/kv_transfer/kv_connector/factory.py, August 2026). */
export const connectors: readonly string[] = [
  "DecodeBenchConnector",
  "ExampleConnector",
  "ExampleHiddenStatesConnector",
  "FlexKVConnectorV1",
  "HF3FSKVConnector",
  "LMCacheConnectorV1",
  "LMCacheMPConnector",
  "MoRIIOConnector",
  "MooncakeConnector",
  "MooncakeStoreConnector",
  "MultiConnector",
  "NixlConnector",
  "NixlPullConnector",
  "NixlPushConnector",
  "OffloadingConnector",
  "SimpleCPUOffloadConnector",
];

/** Connectors of the V0 engine, which went with vLLM 0.11, and what took their place. */
export const goneConnectors: ReadonlyMap<string, string> = new Map([["PyNcclConnector", "NixlConnector"]]);

/** Gone or renamed at some release between 0.11 and August 2026 that is not known: nothing is said of them. */
export const onceConnectors: ReadonlySet<string> = new Set(["SharedStorageConnector", "P2pNcclConnector"]);

/** Whether a connector hands cache from one engine to another by NIXL. */
export function isNixl(connector: string): boolean {
  return /^Nixl(?:Pull|Push)?Connector$/.test(connector);
}

/** Whether a connector hands cache from a prefill engine to a decode engine. */
export function isBetweenEngines(connector: string): boolean {
  return isNixl(connector) || /^(?:MooncakeConnector|MoRIIOConnector|P2pNcclConnector)$/.test(connector);
}
