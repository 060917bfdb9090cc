/** Colours that VS Code 1.91 gives a webview (theme-defaults and the registry's), as far as the page uses them. */
const lightModern = {
  "editor-background": "#ffffff",
  "sideBar-background": "#f8f8f8",
  foreground: "#3b3b3b",
  descriptionForeground: "#3b3b3b",
  disabledForeground: "#61616180",
  errorForeground: "#f85149",
  focusBorder: "#005fb8",
  "textLink-foreground": "#005fb8",
  "panel-border": "#e5e5e5",
  "editorIndentGuide-background1": "#d3d3d3",
  "button-secondaryBackground": "#e5e5e5",
  "button-secondaryForeground": "#3b3b3b",
  "button-secondaryHoverBackground": "#cccccc",
  "input-background": "#ffffff",
  "input-foreground": "#3b3b3b",
  "input-border": "#cecece",
  "list-hoverBackground": "#f2f2f2",
  "editor-selectionHighlightBackground": "#add6ff80",
  "testing-iconPassed": "#73c991",
  "charts-red": "#e51400",
  "charts-blue": "#1a85ff",
  "charts-yellow": "#bf8803",
  "charts-orange": "#d18616",
  "charts-green": "#388a34",
  "charts-purple": "#652d90",
};

const darkModern = {
  "editor-background": "#1f1f1f",
  "sideBar-background": "#181818",
  foreground: "#cccccc",
  descriptionForeground: "#9d9d9d",
  disabledForeground: "#cccccc80",
  errorForeground: "#f85149",
  focusBorder: "#0078d4",
  "textLink-foreground": "#4daafc",
  "panel-border": "#2b2b2b",
  "editorIndentGuide-background1": "#404040",
  "button-secondaryBackground": "#313131",
  "button-secondaryForeground": "#cccccc",
  "button-secondaryHoverBackground": "#3c3c3c",
  "input-background": "#313131",
  "input-foreground": "#cccccc",
  "input-border": "#3c3c3c",
  "list-hoverBackground": "#2a2d2e",
  "editor-selectionHighlightBackground": "#add6ff26",
  "testing-iconPassed": "#73c991",
  "charts-red": "#f14c4c",
  "charts-blue": "#3794ff",
  "charts-yellow": "#cca700",
  "charts-orange": "#d18616",
  "charts-green": "#89d185",
  "charts-purple": "#b180d7",
};

/** Without the grounds that it leaves out. */
const highContrast = {
  ...without(
    darkModern,
    "button-secondaryBackground",
    "button-secondaryHoverBackground",
    "editor-selectionHighlightBackground",
  ),
  "editor-background": "#000000",
  "sideBar-background": "#000000",
  foreground: "#ffffff",
  descriptionForeground: "#ffffffb3",
  disabledForeground: "#a5a5a5",
  errorForeground: "#f48771",
  contrastBorder: "#6fc3df",
  focusBorder: "#f38518",
  "textLink-foreground": "#21a6ff",
  "panel-border": "#6fc3df",
  "editorIndentGuide-background1": "#ffffff",
  "button-secondaryForeground": "#ffffff",
  "input-background": "#000000",
  "input-foreground": "#ffffff",
  "input-border": "#6fc3df",
  "list-hoverBackground": "#000000",
};

export const themes = {
  light: { colours: lightModern, body: "vscode-light" },
  dark: { colours: darkModern, body: "vscode-dark" },
  "high contrast": { colours: highContrast, body: "vscode-high-contrast" },
} as const;

export type Theme = keyof typeof themes;

function without(colours: Readonly<Record<string, string>>, ...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(colours).filter(([name]) => !names.includes(name)));
}
