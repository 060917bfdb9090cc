import { takesNoValue } from "./flag.ts";
import { rowsOf, vllmFlags } from "./flags.ts";
import { foreignVariables, goneVariables } from "./variables/gone.ts";
import { otherNames } from "./variables/names.ts";
import { toldVariables } from "./variables/told.ts";
import { parseVersion, type Version } from "./version.ts";

export interface Variable {
  readonly name: string;
  readonly default: string | undefined;
  readonly about: string;
}

export interface GoneVariable {
  readonly name: string;
  readonly gone: Version;
  readonly instead: string;
}

interface VariableTable {
  /** Every variable that is read, by its name. Only of those that begin with `VLLM_` is the list complete. */
  readonly variables: ReadonlyMap<string, Variable>;
  readonly gone: ReadonlyMap<string, GoneVariable>;
  /** Variables that nothing ever read, and what to write instead. */
  readonly foreign: ReadonlyMap<string, string>;
}

let table: VariableTable | undefined;

/** Read at the first question, as the flags are. */
export function vllmVariables(): VariableTable {
  table ??= readTable();
  return table;
}

function readTable(): VariableTable {
  const told = rowsOf(toldVariables).map(([name = "", value = "", about = ""]) => ({
    name,
    default: value === "" ? undefined : value,
    about,
  }));
  const others = otherNames
    .trim()
    .split(/\s+/)
    .map((name) => ({ name: `VLLM_${name}`, default: undefined, about: "" }));
  const gone = rowsOf(goneVariables).map(([name = "", version = "", instead = ""]) => ({
    name,
    gone: parseVersion(version) ?? [],
    instead,
  }));
  return {
    variables: new Map([...told, ...others].map((variable) => [variable.name, variable])),
    gone: new Map(gone.map((variable) => [variable.name, variable])),
    foreign: new Map(rowsOf(foreignVariables).map(([name = "", instead = ""]) => [name, instead])),
  };
}

/** `VLLM_MAX_NUM_SEQS` is no variable, but `--max-num-seqs` is a flag. */
export function flagOfVariable(name: string): string | undefined {
  const flag = name
    .replace(/^VLLM_/, "--")
    .toLowerCase()
    .replaceAll("_", "-");
  const spelt = vllmFlags().spellings.get(flag);
  return spelt?.flag.life.last === undefined && spelt !== undefined ? flag : undefined;
}

/** What a flag's argument is when it gets the value of such a variable; absent when that is not certain. */
export function argumentFor(flag: string, value: string): string | undefined {
  const spelt = vllmFlags().spellings.get(flag);
  if (spelt === undefined || value === "") return undefined;
  if (!takesNoValue(spelt.flag)) return `${flag}=${value}`;
  const on = /^(?:1|true|yes|on)$/i.test(value);
  const off = /^(?:0|false|no|off)$/i.test(value);
  if (on) return flag;
  return off && spelt.flag.type.is === "bool" ? flag.replace("--", "--no-") : undefined;
}
