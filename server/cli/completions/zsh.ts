import type { Grammar, Offered } from "./grammar.ts";

/** For a file \`_headroom\` in the function path, or \`source <(headroom completions zsh)\`. */
export function zshScript(commands: readonly Grammar[]): string {
  return `#compdef headroom
_headroom() {
  local -a commands
  commands=(
${commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`).join("\n")}
    'help:say more of a command'
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command="\${words[2]}"
  words=("\${words[@]:1}")
  (( CURRENT -= 1 ))
  case "$command" in
${commands.map(caseOf).join("\n")}
  help) _describe command commands ;;
  esac
}
if [ "$funcstack[1]" = "_headroom" ]; then _headroom; else compdef _headroom headroom; fi
`;
}

function caseOf({ name, options, operands }: Grammar): string {
  const rest = operands === undefined ? "'*:file:_files'" : quoted(`1:word:(${operands.join(" ")})`);
  return `  ${name}) _arguments ${[...options.map(spec), rest].join(" ")} ;;`;
}

function spec({ option, says, of, takes }: Offered): string {
  const what = `${option}[${says.replace(/[[\]\\:]/g, "\\$&")}]`;
  if (of !== undefined) return quoted(`${what}:word:(${of.join(" ")})`);
  return quoted(takes === undefined ? what : `${what}:${takes.replaceAll(":", "\\:")}:_files`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
