import type { MapNode } from "../../text/node.ts";
import { at, mapAt, type Placed, stringAt } from "../../text/read.ts";
import type { EppView } from "./kind.ts";
import { type EppPlugin, isOf, type SchedulingProfile } from "./scheduling.ts";

/** How a handler splits requests into stages, each with a profile of its own. */
export interface Stages {
  readonly handler: EppPlugin;
  /** The names of the profiles; usual ones where none are written. */
  readonly profiles: Readonly<Record<"decode" | "prefill" | "encode", Placed<string> | undefined>>;
  /** Which plugin decides whether a request is prefilled elsewhere. Absent: none. */
  readonly prefillDecider: string | undefined;
  /** The handler looks for pods that decode before it thinks of prefill. */
  readonly decodeFirst: boolean;
}

export function handlersIn({ plugins }: EppView): EppPlugin[] {
  return plugins.filter((plugin) => isOf(plugin, "profile-handler") === true);
}

/** Absent without a handler of stages, with several handlers, and where parts of it are filled in later. */
export function stagesOf(view: EppView): Stages | undefined {
  const [handler, other] = handlersIn(view);
  if (handler === undefined || other !== undefined) return undefined;
  const { type, parameters, node } = handler;
  if (parameters === undefined && at(node, "parameters") !== undefined) return undefined;
  const profiles = {
    decode: named(parameters, ["profiles", "decode"], ["decodeProfile"]),
    prefill: named(parameters, ["profiles", "prefill"], ["prefillProfile"]),
    encode: named(parameters, ["profiles", "encode"], ["encodeProfile"]),
  };
  if (type === "pd-profile-handler") {
    const prefillDecider = named(parameters, ["deciderPluginName"])?.value ?? "prefix-based-pd-decider";
    return { handler, profiles, prefillDecider, decodeFirst: true };
  }
  if (type !== "disagg-profile-handler") return undefined;
  return {
    handler,
    profiles,
    prefillDecider: deciderNamesIn(handler).find(({ stage }) => stage === "prefill")?.name.value,
    decodeFirst: (stringAt(parameters, "stageOrder")?.value ?? "decode-first") === "decode-first",
  };
}

export function profileNamed({ profiles }: EppView, name: string): SchedulingProfile | undefined {
  return profiles.find((profile) => profile.name?.value === name);
}

/** The deciders that a handler of stages names. */
export function deciderNamesIn({ type, parameters }: EppPlugin): { stage: string; name: Placed<string> }[] {
  if (type === "pd-profile-handler") return placed("prefill", named(parameters, ["deciderPluginName"]));
  if (type !== "disagg-profile-handler") return [];
  return [
    ...placed(
      "prefill",
      named(parameters, ["deciders", "prefill"], ["prefillDeciderPluginName"], ["deciderPluginName"]),
    ),
    ...placed("encode", named(parameters, ["deciders", "encode"], ["encodeDeciderPluginName"])),
  ];
}

function placed(stage: string, name: Placed<string> | undefined): { stage: string; name: Placed<string> }[] {
  return name === undefined || name.value === "" ? [] : [{ stage, name }];
}

function named(parameters: MapNode | undefined, ...paths: string[][]): Placed<string> | undefined {
  for (const path of paths) {
    const found = stringAt(mapAt(parameters), ...path);
    if (found !== undefined) return found;
  }
  return undefined;
}
