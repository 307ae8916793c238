// What stands between a process of Node.js that runs a Lambda handler and the host that started it.
//
// The host writes one JSON object a line to standard input (an invocation), and reads one a line from standard
// output (how it ended). All that the code prints goes to standard error, which the host reads as the log; a
// line of its own there marks where an invocation's output ends.

import { existsSync, writeSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import { format } from "node:util";

import {
  LEVELS,
  Wrong,
  awslambda,
  current,
  enter,
  exportOf,
  failed,
  logLine,
  partsOf,
  places,
  run,
  unhandled,
} from "./handler.mjs";

const env = process.env;
const ROOT = env.LAMBDA_TASK_ROOT;
enter(env);
places.push([`file://${ROOT}`, "file:///var/task"], [ROOT, "/var/task"]);

function writeAll(fd, text) {
  let bytes = Buffer.from(text);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(fd, bytes));
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
}

process.stdout.write = (text) => (writeAll(2, text), true);
process.stderr.write = (text) => (writeAll(2, text), true);

function tell(message) {
  writeAll(2, "\0cloudarium-end\n");
  writeAll(1, `${JSON.stringify(message)}\n`);
}

for (const [name, level] of Object.entries(LEVELS)) {
  console[name] = (...parts) => writeAll(2, logLine(level, parts, format));
}

async function load(name) {
  const [moduleName] = partsOf(name);
  const file = [".mjs", ".js", ".cjs"].map((ending) => path.join(ROOT, moduleName + ending)).find(existsSync);
  if (!file) throw new Wrong("Runtime.ImportModuleError", `Error: Cannot find module '${moduleName}'`);
  try {
    return exportOf(await import(pathToFileURL(file)), name);
  } catch (error) {
    if (error instanceof SyntaxError) throw new Wrong("Runtime.UserCodeSyntaxError", `SyntaxError: ${error.message}`);
    if (["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"].includes(error.code)) {
      throw new Wrong("Runtime.ImportModuleError", `Error: ${error.message}`);
    }
    throw error;
  }
}

let stopped;
const stop = new Promise((_, reject) => {
  stopped = reject;
});
stop.catch(() => {});
process.on("unhandledRejection", (reason) => stopped(unhandled(reason)));
process.on("uncaughtException", (error) => stopped(error));

process.chdir(ROOT);
globalThis.awslambda = awslambda;
let handler;
try {
  handler = await load(env._HANDLER);
} catch (error) {
  tell(failed("InitFailed", error));
  process.exit(0);
}
tell({ outcome: "Ready" });
for await (const line of createInterface({ input: process.stdin })) {
  const job = JSON.parse(line);
  current.requestId = job.id;
  tell(await run(handler, job, env, { stop, writable: (write) => new Writable({ write }) }));
}
process.exit(0);
