// A function's execution environment in JavaScript: a worker with the function's code, which takes one invocation
// after the other. Started and ended by functions.js; its messages are those of function-python.js.
//
// It is a classic script, so that CommonJS modules can be run while `require` waits for them. Its policy (sw.js, and
// the headers of its host) lets it load scripts from memory and nothing else from anywhere; without that policy it
// runs nothing.
import { PromiseBridge } from "./bridges.js";
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
  places,
  run,
  stackOf,
} from "./function-handler.js";
import { format } from "./function-inspect.js";
import { FunctionLog } from "./function-log.js";
import { Loop } from "./function-loop.js";
import { Modules } from "./function-modules.js";
import { makeRuntime } from "./function-runtime.js";
import { Writable } from "./function-stream.js";
import { unpack } from "./function-zip.js";
import { NETWORK, takeAway } from "./network.js";
import { elapsed, installClock, installDate, setClock } from "./virtual-clock.js";

const TASK = "/var/task";
const LAYERS = "/opt";
const MB = 1 << 20;
/** The hosts for which the simulated cloud answers. */
const AWS = /(^|\.)(amazonaws\.com|on\.aws)$/;
/** What the policy does not let in. */
const ANYTHING = "data:text/javascript,";
const NO_POLICY =
  "This site's server does not send the policy that keeps a function's JavaScript in its place, and the service " +
  "worker that would is not there yet. Reload the page, and invoke the function again.";

/** What comes with the runtime, and is loaded when it is imported (function-sdk.js). */
const SDK = "@aws-sdk/";
const SDK_SCRIPT = new URL("function-sdk.js", globalThis.location.href).href;

/** Taken before the function's code could change or miss them. */
const own = {
  post: globalThis.postMessage.bind(globalThis),
  importScripts: globalThis.importScripts.bind(globalThis),
  setTimeout: globalThis.setTimeout.bind(globalThis),
  now: () => Date.now(),
};

/** What is left: the language, timers, streams, cryptography, and what a `fetch` deals in. */
const TAKEN = [
  ...NETWORK,
  "cookieStore",
  "navigator",
  "location",
  "origin",
  "postMessage",
  "close",
  "onmessage",
  "requestAnimationFrame",
  "FileReaderSync",
  "Notification",
  "self",
];

const log = new FunctionLog((lines) => own.post({ kind: "lines", lines }));
const files = new Map();
const packages = {};
/** What goes on: what is told at its end, how it is told to have failed, and the answer that is there already. */
const phase = { kind: "begun", outcome: "InitFailed", goesOn: false, answer: null };
let events = null;
let handler = null;
let env = {};
/** The process has ended: nothing more is told. */
let isOver = false;

/** Whether a policy rules this worker: without one, code from memory could load more code from anywhere. */
async function isRuled() {
  try {
    await import(ANYTHING);
    return false;
  } catch {
    return true;
  }
}

/** `fetch`, which reaches the simulated cloud alone. */
function cloudFetch(bridge) {
  return async (resource, options) => {
    const request = new Request(resource, options);
    const { protocol, hostname } = new URL(request.url);
    if (!protocol.startsWith("http") || !AWS.test(hostname)) {
      const cause = new Error(
        `A function here has no network: only AWS is there, simulated. ${hostname} cannot be reached.`,
      );
      throw Object.assign(new TypeError("fetch failed"), { cause });
    }
    log.flush();
    const sent = new Uint8Array(await request.arrayBuffer());
    const headers = JSON.stringify(Object.fromEntries(request.headers));
    const { method, url } = request;
    const source = `lambda ${env.AWS_LAMBDA_FUNCTION_NAME}`;
    const message = { kind: "http", method, url, headers, body: sent, source };
    const answer = await bridge.send(message, [sent.buffer]);
    const { status } = answer;
    const isEmpty = [101, 204, 205, 304].includes(status);
    return new Response(isEmpty ? null : answer.body, { status, headers: JSON.parse(answer.headers) });
  };
}

/** The process ends, whatever the code would still do: nothing that it does afterwards is told. */
function exit(code = 0) {
  tell(phase.kind, { outcome: "Exited", code: Number(code) % 256 });
  isOver = true;
  throw Object.assign(new Error(`process.exit(${code})`), { name: "ProcessExit" });
}

function tell(kind, told) {
  if (isOver) {
    return;
  }
  const { took } = log;
  const memory = Math.ceil((performance.memory?.usedJSHeapSize ?? 0) / MB);
  own.post({ kind, told, took, memory, lines: log.end() });
}

/** Stacks in the form that Node.js has, without the lines of ours. */
function stackInNode(error) {
  const lines = String(error.stack ?? "")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const isV8 = lines.some((line) => /^\s+at /.test(line));
  const frames = isV8
    ? lines.filter((line) => /^\s+at /.test(line))
    : lines.map((line) =>
        line.replace(
          /^(.*?)@(.*)$/,
          (_, name, place) => `    at ${name === "" ? place : `${name} (${place})`}`,
        ),
      );
  const theirs = frames.filter((line) => line.includes("blob:") || line.includes("/var/task"));
  return [`${error.name}: ${error.message}`, ...theirs].join("\n");
}

/** What goes wrong outside of the handler's own promise ends the process. */
function crash(kind, ...thrown) {
  if (phase.goesOn && !isOver) {
    tell(phase.kind, crashed(phase.outcome, phase.answer, kind, ...thrown).told);
    isOver = true;
  }
}

addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  crash("unhandledRejection", event.reason, event.promise);
});
addEventListener("error", (event) => {
  event.preventDefault();
  crash("uncaughtException", event.error ?? new Error(event.message));
});

async function start(options) {
  if (!(await isRuled())) {
    own.post({ kind: "failed", words: NO_POLICY });
    return;
  }
  env = { ...options.variables };
  enter(env);
  own.post({ kind: "loaded", restored: true });
  log.begin();
  phase.goesOn = true;
  const bridge = new PromiseBridge(options.port);
  options.port.start();
  installClock();
  installDate();
  const layers = options.packages.slice(0, -1);
  for (const layer of layers) {
    await unpack(layer, LAYERS, files);
  }
  await unpack(options.packages.at(-1), TASK, files);
  const modules = enterRuntime(bridge);
  try {
    handler = exportOf(await load(modules), env);
  } catch (error) {
    tell("begun", failed("InitFailed", error));
    isOver = true;
    return;
  }
  phase.goesOn = false;
  tell("begun", { outcome: "Ready" });
}

/** Puts what Node.js has in the place of what a worker has. */
function enterRuntime(bridge) {
  stackOf.form = stackInNode;
  events = new Loop(globalThis);
  const write = (text) => log.writeText(text);
  const runtime = makeRuntime({ env, files, write, exit, elapsed });
  for (const [name, level] of Object.entries(LEVELS)) {
    console[name] = (...parts) => write(framed(logLine(level, parts, format)));
  }
  const { importScripts } = own;
  takeAway(TAKEN);
  Object.assign(globalThis, {
    global: globalThis,
    awslambda,
    process: runtime.process,
    Buffer: runtime.Buffer,
    fetch: events.counted(cloudFetch(bridge)),
  });
  const builtins = (specifier) => {
    const name = specifier.replace(/^node:/, "");
    if (Object.hasOwn(runtime.modules, name)) {
      return runtime.modules[name];
    }
    if (specifier.startsWith(SDK) && !isPackaged(specifier)) {
      return sdk(specifier);
    }
    if (specifier.startsWith("node:")) {
      throw new Error(`The module ${specifier} of Node.js is not there in the browser.`);
    }
    return undefined;
  };
  const onModule = (url, path) => places.unshift([url, path]);
  const node = `node${current.node}`;
  const layers = [`${LAYERS}/nodejs/${node}/node_modules`, `${LAYERS}/nodejs/node_modules`];
  const counted = (work) => events.counted(work);
  return new Modules({ files, builtins, importScripts, onModule, layers, counted });
}

/** Whether the function brings a package of that name along. */
const isPackaged = (name) => [...files.keys()].some((path) => path.includes(`/node_modules/${name}/`));

/** A package of the AWS SDK, as it comes with the runtime. */
function sdk(name) {
  if (globalThis.__cloudariumSdk === undefined) {
    own.importScripts(SDK_SCRIPT);
  }
  packages[name] ??= globalThis.__cloudariumSdk(name, env);
  return packages[name];
}

async function load(modules) {
  const [name] = partsOf(env._HANDLER);
  const path = ["", ".js", ".mjs", ".cjs"]
    .map((ending) => `${TASK}/${name}${ending}`)
    .find((it) => files.has(it));
  if (path === undefined) {
    throw noModule(name);
  }
  try {
    return await modules.load(path);
  } catch (error) {
    throw loadError(error);
  }
}

/** What the runtime does once nothing more is to come. */
function emptied() {
  const { emptied: then } = loop;
  loop.emptied = null;
  then?.();
}

async function invoke({ job, clock }) {
  setClock(clock);
  current.requestId = job.id;
  log.begin();
  const deadline = own.now() + job.timeout_ms;
  const writable = (write) => new Writable({ write });
  Object.assign(phase, { kind: "ended", outcome: "Failed", goesOn: true, answer: null });
  const answer = run(handler, { ...job, deadline_ms: deadline }, env, writable);
  events.watch(emptied);
  phase.answer = await answer;
  events.watch(null);
  // What went wrong in the same turn is known by then.
  await new Promise((resolve) => own.setTimeout(resolve, 0));
  phase.goesOn = false;
  tell("ended", phase.answer);
}

const fail = (error) => own.post({ kind: "failed", words: String(error?.message ?? error) });

addEventListener("message", ({ data }) => {
  if (data.kind === "start") {
    start(data).catch(fail);
  } else if (data.kind === "invoke") {
    invoke(data).catch(fail);
  }
});
