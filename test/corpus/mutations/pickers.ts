import { itemsAt, mapAt, at as nodeAt, numberAt, scalarAt } from "../../../server/text/read.ts";
import { drop, mapsBelow, type Operator, operator, write } from "./operator.ts";

/** What an endpoint picker has to agree on with its engines, its Service and who scrapes it. */
export const pickerOperators: readonly Operator[] = [
  operator("epp/kv-events", "epp-config", "a topic that no engine publishes", ({ root }) =>
    mapsBelow(root).flatMap((map) => write(nodeAt(map, "topicFilter"), "other@")),
  ),
  operator("epp/kv-events", "epp-config", "a port on which no engine publishes", ({ root }) =>
    mapsBelow(root).flatMap((map) => write(nodeAt(map, "socketPort"), "5556")),
  ),
  operator("epp/block-hashes", "epp-config", "a block size that vLLM does not have", ({ root }) =>
    mapsBelow(nodeAt(root, "plugins"))
      .filter((map) => scalarAt(map, "type")?.text.startsWith("precise-"))
      .flatMap((map) => write(nodeAt(map, "parameters", "tokenProcessorConfig", "blockSizeTokens"), "128")),
  ),
  operator("epp/short-prefix", "epp-config", "a prefix of a thousand tokens", ({ root }, others) =>
    others.some(({ kind }) => kind.id === "inference-pool")
      ? mapsBelow(root).flatMap((map) => write(nodeAt(map, "maxPrefixTokensToMatch"), "1000"))
      : [],
  ),
  operator("pool/picker-port", "service", "a picker's port without its protocol", ({ root }) =>
    itemsAt(root, "spec", "ports")
      .filter((port) => numberAt(port, "port")?.value === 9002)
      .flatMap((port) => drop(mapAt(port), "appProtocol", nodeAt(port, "port"))),
  ),
  operator("monitors/picker-credentials", "service-monitor", "credentials left out", ({ root }) =>
    itemsAt(root, "spec", "endpoints").flatMap((endpoint) =>
      ["authorization", "bearerTokenSecret"].flatMap((key) => drop(mapAt(endpoint), key, nodeAt(endpoint, "port"))),
    ),
  ),
];
