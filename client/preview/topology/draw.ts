import mermaid from "mermaid";
import type { DrawTopology } from "./messages.ts";
import { applyStyles, dropStyles } from "./styles.ts";

const id = "topology";

/** The picture of a topology. Everything in it comes from mermaid's strict mode; labels are text of the SVG and no HTML. */
export async function draw({
  mermaid: text,
  isDark,
  isHighContrast,
  colours,
  font,
}: DrawTopology): Promise<SVGElement> {
  const { background, border, quiet, text: foreground } = colours;
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    // Nothing in the text may change any of this.
    secure: [
      "secure",
      "securityLevel",
      "startOnLoad",
      "theme",
      "themeVariables",
      "themeCSS",
      "htmlLabels",
      "flowchart",
    ],
    theme: "base",
    htmlLabels: false,
    flowchart: { useMaxWidth: false, wrappingWidth: 600, nodeSpacing: 28, rankSpacing: 40 },
    fontFamily: font.replace(/^\S+\s+/, ""),
    themeVariables: {
      darkMode: isDark,
      background,
      primaryColor: background,
      mainBkg: background,
      primaryTextColor: foreground,
      primaryBorderColor: isHighContrast ? foreground : border,
      nodeBorder: isHighContrast ? foreground : quiet,
      lineColor: isHighContrast ? foreground : quiet,
      textColor: foreground,
      edgeLabelBackground: background,
      fontSize: "13px",
    },
  });
  dropStyles();
  const { svg } = await mermaid.render(id, text);
  return parsed(svg);
}

function parsed(svg: string): SVGElement {
  const { documentElement } = new DOMParser().parseFromString(svg, "image/svg+xml");
  const picture = document.importNode(documentElement, true);
  if (!(picture instanceof SVGElement)) throw new Error("mermaid drew no SVG");
  for (const sheet of picture.querySelectorAll("style")) sheet.remove();
  applyStyles(picture);
  return picture;
}
