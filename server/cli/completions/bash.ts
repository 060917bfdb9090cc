import type { Grammar } from "./grammar.ts";

/** For `source <(headroom completions bash)`. All words are ours: plain letters, digits, `-` and `/`. */
export function bashScript(commands: readonly Grammar[]): string {
  const names = commands.map(({ name }) => name);
  return `_headroom() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${[...names, "help"].join(" ")}"
  else
    case "\${COMP_WORDS[1]} $before" in
${commands.flatMap(valueCases).join("\n")}
    *) case "\${COMP_WORDS[1]}" in
      help) words="${names.join(" ")}" ;;
${commands.map(wordsCase).join("\n")}
      esac ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _headroom headroom
`;
}

function valueCases({ name, options }: Grammar): string[] {
  return options.flatMap(({ option, of, takes }) => {
    if (takes !== undefined) return [`    "${name} ${option}") words="" ;;`];
    return of === undefined ? [] : [`    "${name} ${option}") words="${of.join(" ")}" ;;`];
  });
}

/** Where files may stand, options are offered behind a dash only, and bash itself offers the files. */
function wordsCase({ name, options, operands }: Grammar): string {
  const dashed = options.map(({ option }) => option).join(" ");
  if (operands === undefined) return `      ${name}) case "$current" in -*) words="${dashed}" ;; esac ;;`;
  return `      ${name}) case "$current" in -*) words="${dashed}" ;; *) words="${operands.join(" ")}" ;; esac ;;`;
}
