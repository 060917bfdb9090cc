import type { Product, RunningVersion, Settings } from "../../config/settings.ts";
import { products } from "../../config/settings.ts";
import type { Graph } from "../../graph/graph.ts";
import { routerVersionOf } from "../../graph/router-version.ts";
import { endpointPickerConfig } from "../../kinds/epp/kind.ts";
import { routerNamed } from "../../kinds/epp/version.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Lifetime } from "../../schemas/compiled.ts";

/** Which version of a product runs, for one object. */
export type Running = (product: Product) => RunningVersion | undefined;

/** What a rule looks at, and whom it may ask. */
export interface Asking {
  readonly object: StackObject;
  readonly graph: Graph;
  readonly settings: Settings;
}

/** As the configuration says; of the router that reads an endpoint picker's configuration, files tell it as well. */
export function runningFor(asking: Asking): Running {
  const known = new Map<Product, RunningVersion | undefined>();
  return (product) => {
    if (!known.has(product)) known.set(product, versionOf(product, asking));
    return known.get(product);
  };
}

function versionOf(product: Product, { object, graph, settings }: Asking): RunningVersion | undefined {
  if (product === "router" && object.kind.id === endpointPickerConfig.id)
    return routerVersionOf(graph, object, settings);
  const version = settings.version(product);
  if (version === undefined) return undefined;
  return product === "router" ? routerNamed(version) : { version, told: version };
}

/** A lifetime that ends before the version that runs, or begins after it. */
export interface Outside {
  readonly lifetime: Lifetime;
  readonly running: string;
  readonly tooOld: boolean;
}

/** Which lifetime the running version lies outside of. Absent where the version is not known. */
export function outsideOf(lifetimes: readonly Lifetime[], running: Running): Outside | undefined {
  const outside = lifetimes.map((lifetime) => judge(lifetime, running));
  return outside.every((one) => one !== undefined) ? outside[0] : undefined;
}

function judge(lifetime: Lifetime, running: Running): Outside | undefined {
  const product = products.find((name) => name === lifetime.product);
  const found = product === undefined ? undefined : running(product);
  if (found === undefined) return undefined;
  const { version, orNewer, told } = found;
  if (lifetime.since !== undefined && orNewer !== true && isBefore(version, lifetime.since))
    return { lifetime, running: told, tooOld: true };
  if (lifetime.until !== undefined && isBefore(lifetime.until, version))
    return { lifetime, running: told, tooOld: false };
  return undefined;
}

/** Compares as far as both say something: 2.17.3 is not behind 2.17. */
export function isBefore(a: string, b: string): boolean {
  const [as, bs] = [numbersIn(a), numbersIn(b)];
  const at = as.findIndex((number, index) => bs[index] !== undefined && number !== bs[index]);
  return at >= 0 && (as[at] as number) < (bs[at] as number);
}

function numbersIn(version: string): number[] {
  return (/\d+(?:\.\d+)*/.exec(version)?.[0] ?? "").split(".").map(Number);
}
