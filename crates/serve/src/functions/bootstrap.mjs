// Runs a Lambda handler: what stands between a process of Node.js and the host that started it.
//
// The host writes one JSON object a line to standard input (an invocation), and reads one a line from standard
// output (how it ended). All that the code prints goes to standard error, which the host reads as the log; a
// line of its own there marks where an invocation's output ends.

import { existsSync, writeSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { format } from "node:util";

const env = process.env;
const ROOT = env.LAMBDA_TASK_ROOT;
const JSON_LOG = env.AWS_LAMBDA_LOG_FORMAT === "JSON";
let requestId = "";

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

const asOnAws = (text) => String(text).replaceAll(`file://${ROOT}`, "file:///var/task").replaceAll(ROOT, "/var/task");

function logLine(level, message) {
  const timestamp = new Date().toISOString();
  if (JSON_LOG) return `${JSON.stringify({ timestamp, level, requestId, message })}\n`;
  // One event on AWS, whatever lines it has.
  return `${timestamp}\t${requestId || "undefined"}\t${level}\t${message.replaceAll("\n", "\r")}\n`;
}

for (const [name, level] of [
  ["log", "INFO"],
  ["info", "INFO"],
  ["debug", "DEBUG"],
  ["trace", "TRACE"],
  ["warn", "WARN"],
  ["error", "ERROR"],
]) {
  console[name] = (...parts) => writeAll(2, logLine(level, format(...parts)));
}

// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html
function failure(error, kind) {
  const known = error instanceof Error;
  const trace = known && error.stack ? error.stack.split("\n").map(asOnAws) : [];
  return {
    errorType: kind ?? (known ? error.name : typeof error),
    errorMessage: asOnAws(known ? error.message : (error ?? "null")),
    trace,
  };
}

function failed(outcome, error) {
  const log = logLine("ERROR", `${outcome === "InitFailed" ? "Uncaught Exception" : "Invoke Error"} \t${JSON.stringify(error)}`);
  return { outcome, payload: JSON.stringify(error), log };
}

class Wrong extends Error {
  constructor(name, message) {
    super(message);
    this.name = name;
  }
}

async function load(name) {
  const at = name.lastIndexOf("/") + 1;
  const dot = name.indexOf(".", at);
  if (dot < 0) throw new Wrong("Runtime.MalformedHandlerName", "Bad handler");
  const [moduleName, exported] = [name.slice(0, dot), name.slice(dot + 1)];
  const file = [".mjs", ".js", ".cjs"].map((ending) => path.join(ROOT, moduleName + ending)).find(existsSync);
  if (!file) throw new Wrong("Runtime.ImportModuleError", `Error: Cannot find module '${moduleName}'`);
  let module;
  try {
    module = await import(pathToFileURL(file));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Wrong("Runtime.UserCodeSyntaxError", `SyntaxError: ${error.message}`);
    if (["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"].includes(error.code)) {
      throw new Wrong("Runtime.ImportModuleError", `Error: ${error.message}`);
    }
    throw error;
  }
  const find = (from) => exported.split(".").reduce((value, part) => value?.[part], from);
  const handler = find(module) ?? find(module.default);
  if (handler === undefined) throw new Wrong("Runtime.HandlerNotFound", `${name} is undefined or not exported`);
  if (typeof handler !== "function") throw new Wrong("Runtime.HandlerNotFound", `${name} is not a function`);
  return handler;
}

function contextOf(job) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: job.arn,
    awsRequestId: job.id,
    clientContext: job.client_context,
    identity: undefined,
    getRemainingTimeInMillis: () => Math.max(Math.floor(job.deadline_ms - Date.now()), 0),
  };
}

// A handler returns a promise or a value, or calls back.
function call(handler, event, context) {
  return new Promise((resolve, reject) => {
    const done = (error, value) => (error ? reject(error) : resolve(value));
    const returned = handler(event, context, done);
    if (returned && typeof returned.then === "function") returned.then(resolve, reject);
    else if (handler.length < 3) resolve(returned);
  });
}

let stopped;
const stop = new Promise((_, reject) => {
  stopped = reject;
});
stop.catch(() => {});
process.on("unhandledRejection", (reason) => {
  stopped(new Wrong("Runtime.UnhandledPromiseRejection", format(reason instanceof Error ? `${reason.name}: ${reason.message}` : reason)));
});
process.on("uncaughtException", (error) => stopped(error));

async function run(handler, job) {
  let value;
  try {
    value = await Promise.race([call(handler, JSON.parse(job.payload), contextOf(job)), stop]);
  } catch (error) {
    return failed("Failed", failure(error));
  }
  try {
    return { outcome: "Returned", payload: JSON.stringify(value) ?? "null" };
  } catch (error) {
    return failed("Failed", failure(error, "Runtime.MarshalError"));
  }
}

process.chdir(ROOT);
let handler;
try {
  handler = await load(env._HANDLER);
} catch (error) {
  tell(failed("InitFailed", failure(error)));
  process.exit(0);
}
tell({ outcome: "Ready" });
for await (const line of createInterface({ input: process.stdin })) {
  const job = JSON.parse(line);
  requestId = job.id;
  tell(await run(handler, job));
}
process.exit(0);
