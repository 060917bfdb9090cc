// Runs suites in a real VS Code: node test/vscode/run.mjs [--vsix FILE | --extension FOLDER] [suite…]
//
// Without VSCODE_EXECUTABLE it is code-server in a headless browser (host/). Where that cannot be had, the suites are left out
// and the run says so, unless HEADROOM_REQUIRE_VSCODE=1 asks for them. HEADROOM_CHROMIUM names the browser to use.

import { readdirSync } from "node:fs";
import { parseArgs, stripVTControlCharacters } from "node:util";
import { startBrowser } from "./host/browser.mjs";
import { playOnDesktop } from "./host/desktop.mjs";
import { extensionUnderTest } from "./host/extension.mjs";
import { installVSCode } from "./host/install.mjs";
import { repository } from "./host/pinned.mjs";
import { play } from "./host/play.mjs";
import { Unavailable } from "./host/unavailable.mjs";

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(130));

const { values, positionals } = parseArgs({
  options: { vsix: { type: "string" }, extension: { type: "string", default: repository } },
  allowPositionals: true,
});
const extension = () => extensionUnderTest({ vsix: values.vsix, folder: values.extension });

try {
  process.exitCode = await runAll(await chosenSuites(positionals));
} catch (error) {
  const required = process.env.HEADROOM_REQUIRE_VSCODE === "1";
  if (!(error instanceof Unavailable)) throw error;
  console.log(`VS Code suites not run: ${error.message}`);
  process.exitCode = required ? 1 : 0;
}

async function chosenSuites(names) {
  const files = readdirSync(new URL("suites/", import.meta.url)).filter((file) => file.endsWith(".mjs"));
  const suites = await Promise.all(files.sort().map((file) => import(new URL(`suites/${file}`, import.meta.url))));
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    console.error(`no such suite: ${unknown.join(", ")} (there are ${suites.map((suite) => suite.name).join(", ")})`);
    process.exit(2);
  }
  return suites.filter((suite) => names.length === 0 || names.includes(suite.name));
}

async function runAll(suites) {
  const executable = process.env.VSCODE_EXECUTABLE;
  if (executable) return report(suites, desktopPlayer(executable));
  const codeServer = await installVSCode();
  const browser = await startBrowser();
  try {
    return await report(suites, (suite) => play(suite, { codeServer, browser, extension }));
  } finally {
    await browser.close();
  }
}

/** The suites that do as a person does drive a page, which a desktop VS Code does not have. */
function desktopPlayer(executable) {
  return (suite) => (suite.api === undefined ? "skipped" : playOnDesktop(suite, { executable, extension }));
}

/**
 * An editor and a browser on a busy machine now and then lose a click, so that a suite that fails is played once more, from an
 * empty home. What went wrong the first time is printed: a suite that needs this often wants mending.
 */
async function twice(suite, player) {
  try {
    return await player(suite);
  } catch (error) {
    console.log(
      `# ${suite.name} once more, after: ${stripVTControlCharacters(error.message).split("\n").join("\n#   ")}`,
    );
    return player(suite);
  }
}

/** Plays the suites one after the other, prints a line for each, and gives the exit code. */
async function report(suites, player) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const suite of suites) {
    const started = Date.now();
    const spent = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
    try {
      const skipped = (await twice(suite, player)) === "skipped";
      count[skipped ? "skipped" : "passed"] += 1;
      console.log(skipped ? `skipped ${suite.name}: needs a browser` : `ok ${suite.name} (${spent()})`);
    } catch (error) {
      count.failed += 1;
      const [reason, ...more] = stripVTControlCharacters(error.message).split("\n");
      console.log([`not ok ${suite.name} (${spent()}): ${reason}`, ...more].join("\n  "));
    }
  }
  console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  return count.failed === 0 ? 0 : 1;
}
