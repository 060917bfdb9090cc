/**
 * The page's policy allows no inline styles, and a frame of it inherits that policy. What mermaid writes as `<style>` and
 * `style="…"` goes the way that policies leave to scripts they trust, the CSSOM. Only this frame's own world is changed.
 */
const drawn = new CSSStyleSheet();

export function styleThroughScripts(): void {
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, drawn];
  const { setAttribute } = Element.prototype;
  Element.prototype.setAttribute = function (this: Element, name: string, value: string) {
    if (name === "style" && isStyled(this)) this.style.cssText = value;
    else setAttribute.call(this, name, value);
  };
  const { parseFromString } = DOMParser.prototype;
  DOMParser.prototype.parseFromString = function (this: DOMParser, markup: string, type: DOMParserSupportedType) {
    return parseFromString.call(this, layStylesBy(String(markup)), type);
  };
  for (const method of ["insertBefore", "appendChild"] as const) takeSheets(method);
}

/** The styles of one drawing at a time. */
export function dropStyles(): void {
  drawn.replaceSync("");
}

const laidBy = "data-laid-style";
const tag = /<[a-zA-Z](?:[^"<>]|"[^"]*")*>/g;

/** Markup as a browser writes it, its `style` attributes put by: parsed, they would be refused. */
function layStylesBy(markup: string): string {
  return markup.replace(tag, (whole) =>
    whole.replace(/"[^"]*"|\sstyle=/g, (part) => (part.startsWith('"') ? part : ` ${laidBy}=`)),
  );
}

/** What was put by counts from now on. */
export function applyStyles(root: Element): void {
  for (const element of [root, ...root.querySelectorAll(`[${laidBy}]`)]) {
    const style = element.getAttribute(laidBy);
    if (style === null || !isStyled(element)) continue;
    element.style.cssText = style;
    element.removeAttribute(laidBy);
  }
}

function isStyled(element: Element): element is HTMLElement | SVGElement {
  return element instanceof HTMLElement || element instanceof SVGElement;
}

/** The rules of a `<style>` count; the element itself, which would be refused, stays away. */
function takeSheets(method: "insertBefore" | "appendChild"): void {
  const original = Node.prototype[method] as (this: Node, node: Node, child?: Node | null) => Node;
  const taking = function (this: Node, node: Node, ...rest: [Node | null] | []): Node {
    if (!(node instanceof HTMLStyleElement || node instanceof SVGStyleElement))
      return original.call(this, node, ...rest);
    drawn.replaceSync(node.textContent ?? "");
    return node;
  };
  Node.prototype[method] = taking as never;
}
