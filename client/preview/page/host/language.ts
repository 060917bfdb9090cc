// uPlot asks Intl for the browser's language while it loads, and Chromium under LANG=C calls it `en-US@posix`, which is none.
try {
  new Intl.NumberFormat(navigator.language);
} catch {
  Object.defineProperty(navigator, "language", { value: "en", configurable: true });
}
