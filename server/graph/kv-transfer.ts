import type { StackObject } from "../kinds/stack-object.ts";
import type { VllmServer } from "../kinds/vllm/command-line.ts";
import { kvTransferConfig } from "../kinds/vllm/kv-transfer.ts";
import { settingOf } from "../kinds/vllm/setting.ts";
import type { Node } from "../text/node.ts";
import { itemsAt, type Placed, stringAt } from "../text/read.ts";
import type { Graph } from "./graph.ts";

/** One connector of a `--kv-transfer-config`. */
export interface Connector {
  readonly name: Placed<string>;
  readonly role: Placed<string> | undefined;
  readonly modulePath: string | undefined;
  readonly root: Node;
}

/**
 * The connectors of a server, those inside a MultiConnector too, the outer one first. Absent without the argument, and
 * where it cannot be read.
 */
export function connectorsOf(
  graph: Graph,
  workload: StackObject,
  server: VllmServer,
): readonly Connector[] | undefined {
  const setting = settingOf(server, "--kv-transfer-config");
  if (typeof setting === "string") return undefined;
  const { node } = setting.word;
  const [doc, another] = workload.embedded.filter(
    ({ carrier, readable }) =>
      readable && carrier?.by === "argument" && carrier.node === node && isTransfer(carrier.name),
  );
  // A script may write several.
  if (doc === undefined || another !== undefined) return undefined;
  const config = graph.objectsOf(doc).find(({ kind }) => kind.id === kvTransferConfig.id);
  return config === undefined ? undefined : connectorsIn(config.root, 0);
}

function isTransfer(flag: string): boolean {
  return flag.replaceAll("_", "-") === "kv-transfer-config";
}

/** Connectors inside connectors that anybody writes. */
const deepest = 3;

function connectorsIn(root: Node, depth: number): Connector[] {
  const name = stringAt(root, "kv_connector");
  if (name === undefined) return [];
  const own = {
    name,
    role: stringAt(root, "kv_role"),
    modulePath: stringAt(root, "kv_connector_module_path")?.value,
    root,
  };
  const inner = depth < deepest ? itemsAt(root, "kv_connector_extra_config", "connectors") : [];
  return [own, ...inner.flatMap((node) => connectorsIn(node, depth + 1))];
}
