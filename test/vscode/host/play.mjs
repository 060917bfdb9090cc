// One suite, from an empty home to its end, in the workbench of a server of its own.

import { runApiSuite } from "./api.mjs";
import { noComplaints } from "./complaints.mjs";
import { developmentPath } from "./extension.mjs";
import { installExtension, startServer } from "./server.mjs";
import { keepLogs, setStage } from "./stage.mjs";
import { openWorkbench } from "./workbench.mjs";

export async function play(suite, { codeServer, browser, extension }) {
  const { home, workspaceFolder, screenshots, clear } = setStage(suite);
  const ours = suite.extension === false ? undefined : extension();
  let server;
  let workbench;
  const open = async ({ payload = {}, expose } = {}) => {
    if (ours !== undefined && (ours.folder !== undefined || suite.api !== undefined)) {
      payload.extensionDevelopmentPath = developmentPath(ours, home);
    }
    const { address } = server;
    workbench = await openWorkbench({ browser, address, folder: workspaceFolder, payload, expose, screenshots });
    return workbench;
  };
  try {
    await suite.prepare?.({ home, workspaceFolder });
    if (ours?.vsix !== undefined) await installExtension({ codeServer, home, vsix: ours.vsix });
    server = await startServer({ codeServer, home, trustsAll: suite.trustsAll !== false });
    const run =
      suite.api === undefined ? runAsPerson(suite, open, { workspaceFolder, screenshots }) : runApiSuite(suite, open);
    await within(suite.minutes ?? 5, run);
  } catch (error) {
    const context = [...(await lastSight(workbench)), `logs: ${keepLogs(suite, home)}`];
    throw new Error([error.message, ...context].join("\n"), { cause: error });
  } finally {
    await workbench?.close();
    await server?.stop();
    clear();
  }
}

async function runAsPerson(suite, open, { workspaceFolder, screenshots }) {
  const workbench = await open();
  await suite.run({ page: workbench.page, workbench, workspaceFolder, screenshots });
  noComplaints(workbench);
}

/** What was on the screen, and what the browser had complained of, when a suite failed. */
async function lastSight(workbench) {
  if (workbench === undefined) return [];
  const picture = await workbench.screenshot("failed").catch(() => "none");
  return [...workbench.complaints.errors, `screenshot: ${picture}`];
}

async function within(limit, run) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${limit} minutes`)), limit * 60_000);
  });
  await Promise.race([run, late]).finally(() => clearTimeout(timer));
}
