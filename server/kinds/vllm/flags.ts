import { type Flag, parseType } from "./flag.ts";
import { engineFlags } from "./flags/engine.ts";
import { foreignFlags, goneFlags } from "./flags/gone.ts";
import { inputFlags } from "./flags/inputs.ts";
import { memoryFlags } from "./flags/memory.ts";
import { modelFlags } from "./flags/model.ts";
import { parallelFlags } from "./flags/parallel.ts";
import { serverFlags } from "./flags/server.ts";
import { type Part, parseLife } from "./life.ts";

interface FlagTable {
  /** Every flag that some version has or had, by its name. */
  readonly flags: ReadonlyMap<string, Flag>;
  /** The same by every spelling the parser takes as it stands: `--no-` twins and short forms included. */
  readonly spellings: ReadonlyMap<string, { readonly flag: Flag; readonly negated: boolean }>;
  /** Flags that vLLM never had, and what to write instead. */
  readonly foreign: ReadonlyMap<string, string>;
}

let table: FlagTable | undefined;

/** Read at the first question: most workspaces never ask. */
export function vllmFlags(): FlagTable {
  table ??= readTable();
  return table;
}

function readTable(): FlagTable {
  const engine = [modelFlags, parallelFlags, memoryFlags, engineFlags, inputFlags].flatMap(rowsOf);
  const all = [
    ...rowsOf(serverFlags).map((row) => presentFlag(row, "server")),
    ...engine.map((row) => presentFlag(row, "engine")),
    ...rowsOf(goneFlags).map(goneFlag),
  ];
  const spellings = new Map<string, { flag: Flag; negated: boolean }>();
  for (const flag of all) {
    for (const spelling of [flag.name, ...flag.short]) spellings.set(spelling, { flag, negated: false });
    if (flag.type.is === "bool") spellings.set(flag.name.replace("--", "--no-"), { flag, negated: true });
  }
  return {
    flags: new Map(all.map((flag) => [flag.name, flag])),
    spellings,
    foreign: new Map(rowsOf(foreignFlags).map(([name = "", instead = ""]) => [name, instead])),
  };
}

/** The cells of a table in a text, row by row. */
export function rowsOf(text: string): string[][] {
  return text
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
}

function presentFlag([names = "", type = "", life = "", value = "", about = ""]: string[], part: Part): Flag {
  const [name = "", ...short] = names.split(" ");
  return {
    name,
    short,
    type: parseType(type),
    life: parseLife(life, part),
    default: value === "" ? undefined : value,
    about,
    instead: undefined,
  };
}

function goneFlag([names = "", type = "", life = "", instead = ""]: string[]): Flag {
  return { ...presentFlag([names, type, life], "engine"), instead };
}
