// What stands between a process of Node.js that runs a Lambda handler and the host that started it.
//
// The host writes one JSON object a line to standard input (an invocation), and reads one a line from standard
// output (how it ended). All that the code prints goes to standard error, which the host reads as the log; a
// line of its own there marks where an invocation's output ends. While it waits for the next invocation, nothing
// runs here: on AWS the environment is frozen then.

import { existsSync, readFileSync, readSync, writeSync } from "node:fs";
import { createRequire, syncBuiltinESMExports } from "node:module";
import os from "node:os";
import path from "node:path";
import { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import { format } from "node:util";

import {
  LEVELS,
  awslambda,
  crashed,
  current,
  enter,
  exportOf,
  failed,
  framed,
  loadError,
  logLine,
  loop,
  noModule,
  partsOf,
  run,
} from "./handler.mjs";

const { env } = process;
const ROOT = env.LAMBDA_TASK_ROOT;
const INPUT = 0;
const LOG = 2;
const NEWLINE = 10;
const HOLD_MS = 2 ** 30;
const require = createRequire(import.meta.url);

enter(env);
// What is not there on AWS, and what this machine needs instead.
const { TMPDIR: temporary } = env;
delete env.TMPDIR;
os.tmpdir = () => temporary;
syncBuiltinESMExports();

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

/** What is written by whatever way, in whatever form the stream has it. */
function writeOut(chunk, encoding, done) {
  const bytes =
    typeof chunk === "string" ? Buffer.from(chunk, typeof encoding === "string" ? encoding : "utf8") : chunk;
  writeAll(LOG, bytes);
  const tell = typeof encoding === "function" ? encoding : done;
  if (typeof tell === "function") process.nextTick(tell);
  return true;
}

process.stdout.write = writeOut;
process.stderr.write = writeOut;
// The pipe with the invocations is the host's.
Object.defineProperty(process, "stdin", { configurable: true, get: () => Readable.from([]) });

function tell(message) {
  writeAll(LOG, "\0cloudarium-end\n");
  writeAll(1, `${JSON.stringify(message)}\n`);
}

for (const [name, level] of Object.entries(LEVELS)) {
  console[name] = (...parts) => writeAll(LOG, framed(logLine(level, parts, format)));
}

let rest = Buffer.alloc(0);

/** The next line of the host's, for which everything here waits; none if the host is gone. */
function nextLine() {
  const piece = Buffer.alloc(65_536);
  const lines = [];
  for (;;) {
    const end = rest.indexOf(NEWLINE);
    if (end >= 0) {
      lines.push(rest.subarray(0, end));
      rest = rest.subarray(end + 1);
      return Buffer.concat(lines).toString();
    }
    lines.push(rest);
    const length = readSync(INPUT, piece);
    if (length === 0) return null;
    rest = Buffer.from(piece.subarray(0, length));
  }
}

/** Whether the nearest package.json says that its files are ES modules. */
function isOfModules(folder) {
  const file = path.join(folder, "package.json");
  if (existsSync(file)) {
    try {
      return JSON.parse(readFileSync(file)).type === "module";
    } catch (error) {
      console.warn(`${file} cannot be read, it will be ignored for ES module detection purposes.`, error);
      return false;
    }
  }
  const isTop = folder === ROOT || folder.endsWith("/node_modules") || folder === path.dirname(folder);
  return !isTop && isOfModules(path.dirname(folder));
}

/** The handler's module, by the first of these files that is there. */
async function load(name) {
  const [moduleName] = partsOf(name);
  const file = path.resolve(ROOT, moduleName);
  const isModule = existsSync(`${file}.js`) && isOfModules(path.dirname(file));
  const tries = [
    ["", false],
    [".js", isModule],
    [".mjs", true],
    [".cjs", false],
  ];
  const found = tries.find(([ending]) => existsSync(file + ending));
  if (!found) throw noModule(moduleName);
  const [ending, isImported] = found;
  try {
    return await (isImported ? import(pathToFileURL(file + ending)) : require(file + ending));
  } catch (error) {
    throw loadError(error);
  }
}

/** The outcome of what goes wrong now, and the answer that has been given but not told yet. */
const now = { outcome: "InitFailed", isRunning: false, answer: null };

for (const kind of ["uncaughtException", "unhandledRejection"]) {
  process.on(kind, (...thrown) => {
    const { code, told } = crashed(now.outcome, now.answer, kind, ...thrown);
    tell(told);
    process.exit(code);
  });
}
process.on("beforeExit", () => {
  if (loop.emptied) {
    setImmediate(loop.emptied);
    loop.emptied = null;
  } else if (now.isRunning) {
    // A stream that has not ended: it is waited for.
    setTimeout(() => {}, HOLD_MS);
  }
});

/** Waits for the next invocation and begins it. */
function next() {
  const line = nextLine();
  if (line === null) process.exit(0);
  const job = JSON.parse(line);
  current.requestId = job.id;
  now.isRunning = true;
  run(handler, job, env, (write) => new Writable({ write })).then((answer) => {
    now.answer = answer;
    // What went wrong in the same turn is known by then.
    setImmediate(() => {
      now.answer = null;
      now.isRunning = false;
      tell(answer);
      next();
    });
  });
}

process.chdir(ROOT);
globalThis.awslambda = awslambda;
let handler;
try {
  handler = exportOf(await load(env._HANDLER), env);
} catch (error) {
  tell(failed("InitFailed", error));
  process.exit(129);
}
tell({ outcome: "Ready" });
now.outcome = "Failed";
setImmediate(next);
