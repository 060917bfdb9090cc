import type { Settings } from "../config/settings.ts";
import type { StepBand } from "../engine/serving/band.ts";
import type { Autoscaler, Scenario, Variant } from "../engine/simulation/scenario.ts";
import type { Signal } from "../engine/simulation/signal.ts";
import { autoscalersOf, type Autoscaler as WrittenScaler } from "../graph/autoscalers.ts";
import { Graph } from "../graph/graph.ts";
import { podStartup } from "../graph/pod-startup.ts";
import { settingsFor } from "../graph/settings-for.ts";
import type { Workspace } from "../graph/workspace.ts";
import { statedRelease } from "../graph/wva-release.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { Workload } from "../kinds/workload/pod-template.ts";
import { numberAt } from "../text/read.ts";
import { scalerOf } from "./autoscalers.ts";
import { mostReplicas } from "./bounds.ts";
import type { Fills } from "./fills.ts";
import type { Found } from "./found.ts";
import { poolOf } from "./nodes.ts";
import { type Gap, type SourcePlace, Sources, type Told } from "./origin.ts";
import { podOf } from "./pods.ts";
import { routerOf } from "./router.ts";
import { chosenModel, servedModels, variantFor } from "./served-models.ts";
import { scrapeOf, signalOf } from "./signals.ts";
import { linkOf, roleOf } from "./split-pools.ts";
import { type Served, type ServingWorkload, servedBy } from "./variants.ts";
import { wvaOf } from "./wva.ts";
import { annotatedVariant, type WrittenVariant, writtenVariant } from "./wva-variants.ts";

/** A Monday, 2026-06-01, 0:00 UTC: cron triggers go by it. */
const startsAt = Date.UTC(2026, 5, 1) / 1000;

/** What the files come to, with where everything is from and what nobody says. */
export interface ReadScenario {
  readonly scenario: Scenario;
  readonly model: string;
  /** The widest of the replicas'. */
  readonly band: StepBand;
  readonly told: readonly Told[];
  readonly gaps: readonly Gap[];
  /** By the origin: those that are places of files. */
  readonly places: ReadonlyMap<string, SourcePlace>;
  /** On what each variant runs, in their order. */
  readonly served: readonly Served[];
}

/** The engine's input from the files: one model, everything that serves it, and everything that scales it. */
export function scenarioFrom(workspace: Workspace, fills: Fills): Found<ReadScenario> {
  const graph = new Graph(workspace);
  const settingsOf = (path: string) => settingsFor(workspace, path);
  const sources = new Sources((path) => fills.nameOf?.(path) ?? path);
  const chosen = chosenModel(servedModels(graph, settingsOf), fills.target, graph);
  if ("mistake" in chosen) return { mistake: `${chosen.mistake}${templatesOf(workspace)}` };
  const { workloads } = chosen;
  const first = workloads.find((workload) => roleOf(workload) !== "prefill");
  if (first === undefined) return { mistake: "All model servers here only prefill; that is not simulated alone." };
  tellPatches(workspace, sources);
  const settings = settingsOf(first.object.path);
  const parts: Part[] = [];
  for (const workload of workloads) {
    const part = partOf(graph, workload, settingsOf(workload.object.path), fills, sources);
    if ("mistake" in part) return part;
    parts.push(part);
  }
  const model = parts[0]?.served.model.model.id ?? "";
  const scrape = scrapeOf(graph, first.object, sources);
  const variants = parts.flatMap(({ workload, served, scaler }): readonly WrittenVariant[] => {
    const place = { workload: workload.name, gpu: served.gpu.id, role: served.server.role };
    const object = variantFor(graph, workload);
    const written = object === undefined ? scaler && annotatedVariant(scaler, place) : writtenVariant(object, place);
    return written === undefined ? [] : [written];
  });
  // In 0.5.0 alone a series is called by the Deployment.
  const release = statedRelease(settings);
  const byWorkload = release?.minor === 5 && release.patch === 0;
  const names = new Map(
    variants.map(({ from, workload }) => [byWorkload ? workload : (from.name?.value ?? workload), workload]),
  );
  const autoscalers: Autoscaler[] = [];
  const signals: Signal[] = [];
  for (const { workload, scaler } of parts) {
    if (scaler === undefined) {
      sources.lacks(
        `${workload.name}: autoscaler`,
        "none is in these files; its replicas stay as they are",
        "name its HPA or ScaledObject too",
      );
      continue;
    }
    const read = scalerOf({
      written: scaler,
      target: workload.name,
      settings: settingsOf(scaler.path),
      sources,
      startsAt,
      duration: fills.duration,
      signal: (asked) => signalOf(asked, scrape, names, sources),
    });
    if ("mistake" in read) return read;
    autoscalers.push(read.autoscaler);
    signals.push(...read.signals);
  }
  const wva = wvaOf(variants, { graph, settings, model: chosen.model ?? model, scrape, sources });
  const prefills = parts.filter(({ served }) => served.server.role === "prefill");
  const { traffic, slo, duration, seed } = fills;
  return {
    scenario: {
      variants: parts.map(({ variant }) => variant),
      pools: parts.map(({ pool }) => pool),
      signals,
      autoscalers,
      ...(wva === undefined ? {} : { wva }),
      router: routerOf(graph, first.object, sources),
      ...(prefills.length === 0 ? {} : { link: linkOf(workloads, prefills[0]?.served.bytesPerToken ?? 0, sources) }),
      traffic,
      slo,
      ...(autoscalers.some((one) => one.kind === "keda" && one.zones !== undefined) ? { startsAt } : {}),
      duration,
      seed,
    },
    model,
    band: parts.reduce(
      (widest, { served }) => (served.band.outputToken > widest.outputToken ? served.band : widest),
      (parts[0] as Part).served.band,
    ),
    told: sources.told,
    gaps: sources.gaps,
    places: sources.places,
    served: parts.map(({ served }) => served),
  };
}

/** What is written for Helm is not read, and may be what somebody looks for. */
function templatesOf({ files }: Workspace): string {
  const templates = [...files.values()].filter(({ documents }) =>
    documents.some(({ template }) => template !== undefined),
  );
  if (templates.length === 0) return "";
  const [verb, pronoun] = templates.length === 1 ? ["file is a template", "it"] : ["files are templates", "them"];
  return ` ${templates.length} ${verb}, which is read when rendered; render ${pronoun}: helm template . | headroom simulate -`;
}

interface Part {
  readonly workload: ServingWorkload;
  readonly served: Served;
  readonly scaler: WrittenScaler | undefined;
  readonly variant: Variant;
  readonly pool: Scenario["pools"][number];
}

function partOf(
  graph: Graph,
  workload: ServingWorkload,
  settings: Settings,
  fills: Fills,
  sources: Sources,
): Found<Part> {
  const { object, name } = workload;
  const served = servedBy(graph, workload, fills, sources);
  if ("mistake" in served) return served;
  const [scaler, another] = autoscalersOf(graph, object);
  if (another !== undefined)
    sources.lacks(
      `${name}: autoscaler`,
      "several scale it; only the first is simulated",
      `look at ${sources.place(another)}`,
    );
  const replicas = replicasOf(workload, scaler, fills, sources);
  const { gpu, gpus, server } = served;
  const pod = podOf(workload, gpus, podStartup(scaler ?? object, object, settings), fills, sources);
  const pool = poolOf(graph, { workload, gpu, gpus, replicas: replicas.value }, fills, sources);
  return { workload, served, scaler, variant: { name, replicas, server, pod }, pool };
}

function replicasOf(
  { object, name }: ServingWorkload,
  scaler: WrittenScaler | undefined,
  fills: Fills,
  sources: Sources,
) {
  const what = `${name}: replicas at the start`;
  if (fills.replicas !== undefined) return sources.said(what, fills.replicas, "flag: --replicas");
  const written = (object as StackObject<Workload>).view.replicas;
  if (written !== undefined && Number.isInteger(written.value) && written.value >= 0 && written.value <= mostReplicas)
    return sources.number(what, written, 1, "");
  const least =
    scaler && (numberAt(scaler.root, "spec", "minReplicas") ?? numberAt(scaler.root, "spec", "minReplicaCount"));
  if (least !== undefined && Number.isInteger(least.value) && least.value >= 0 && least.value <= mostReplicas)
    return sources.number(what, least, 1, "");
  return sources.said(what, 1, "default: Kubernetes");
}

function tellPatches(workspace: Workspace, sources: Sources): void {
  const patches = [...workspace.files.keys()].filter((path) => workspace.layout.isPatch(path));
  if (patches.length === 0) return;
  sources.lacks(
    "patches of overlays",
    `${patches.length} are not applied; the objects are taken as their bases have them`,
    "kubectl kustomize DIR | headroom simulate -",
  );
}
