import { checks } from "./support/schema.ts";

checks("kv-transfer-config", [
  ["LMCache in the engine", '{"kv_connector": "LMCacheConnectorV1", "kv_role": "kv_both"}'],
  [
    "LMCache in a server of its own",
    '{"kv_connector": "LMCacheMPConnector", "kv_role": "kv_both", "kv_connector_extra_config": {"lmcache.mp.host": "tcp://localhost", "lmcache.mp.port": 5555}}',
  ],
  [
    "several at once",
    '{"kv_connector": "MultiConnector", "kv_role": "kv_both", "kv_connector_extra_config": {"connectors": [{"kv_connector": "NixlConnector", "kv_role": "kv_both"}]}}',
  ],
  [
    "one of somebody's own",
    '{"kv_connector": "Mine", "kv_connector_module_path": "mine.it", "kv_role": "kv_producer"}',
  ],
  ["nothing", "{}"],
  ["an unknown key", '{"kv_conector": "NixlConnector"}', "/ additionalProperties kv_conector"],
  ["a role that there is not", '{"kv_connector": "NixlConnector", "kv_role": "both"}', "/kv_role enum"],
  ["no role", '{"kv_connector": "NixlConnector"}', "/ dependentRequired kv_role"],
  ["a port that there is not", '{"kv_port": 70000}', "/kv_port maximum"],
  [
    "a mistake in one of several",
    '{"kv_connector": "MultiConnector", "kv_role": "kv_both", "kv_connector_extra_config": {"connectors": [{"kv_role": "x"}]}}',
    "/kv_connector_extra_config/connectors/0/kv_role enum",
  ],
]);
