import { queriesOf, queryAt } from "../../kinds/promql/queries.ts";
import type { ScaledObjectAt } from "../../scenario/scaled-object.ts";
import type { MapNode, ScalarNode } from "../../text/node.ts";

/** A prometheus trigger with its query as Prometheus gets it. */
export interface QueryTrigger {
  readonly index: number;
  readonly metadata: MapNode;
  readonly node: ScalarNode;
  readonly text: string;
}

/** Queries that are filled in later, or go to a database with a language of its own, are not among them. */
export function queryTriggers(object: ScaledObjectAt): readonly QueryTrigger[] {
  const queries = queriesOf(object);
  return object.view.triggers.flatMap(({ metadata, type }, index) => {
    const node = type === "prometheus" ? queryAt(metadata, "query") : undefined;
    const query = queries.find((one) => one.node === node);
    return metadata === undefined || query === undefined ? [] : [{ index, metadata, ...query }];
  });
}
