/** As mermaid calls the element of a node: `topology-flowchart-n4-7`. */
const elementId = /(?:^|-)flowchart-(n\d+)-\d+$/;

/** Lets people choose nodes by mouse and by keyboard. */
export function choosable(picture: SVGElement, choose: (id: string) => void): void {
  for (const node of picture.querySelectorAll<SVGGElement>("g.node")) {
    const id = elementId.exec(node.id)?.[1];
    if (id === undefined) continue;
    node.setAttribute("tabindex", "0");
    node.setAttribute("role", "button");
    node.setAttribute("aria-label", linesOf(node).join(", "));
    node.addEventListener("click", () => choose(id));
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(id);
    });
  }
}

function linesOf(node: SVGGElement): string[] {
  const rows = [...node.querySelectorAll("tspan.row")];
  return (rows.length > 0 ? rows : [node]).map((row) => row.textContent?.trim() ?? "").filter((text) => text !== "");
}
