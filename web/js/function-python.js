// A function's execution environment in Python (web/python/_cloudarium/function.py): a Python worker with the
// function's code, which takes one invocation after the other. Started and ended by functions.js.
//
// Messages in: {kind: "start", ...}, {kind: "module"}, {kind: "snapshot"} (python-load.js), then once {kind: "begin"}
// with the function, then {kind: "invoke"}.
// Out: {kind: "loaded"}, {kind: "begun" | "ended", told, took, memory, lines}, {kind: "lines", lines}; and
// {kind: "too-big"} or {kind: "failed", words}, after which it is of no more use.
import { FunctionLog } from "./function-log.js";
import { provide, readModels, readNow, removeNetwork, startPython, untilAnswered } from "./python-load.js";
import { realNow, setClock } from "./virtual-clock.js";

/** Whether Python can be suspended, by the bridge that switches stacks or an event loop of the handler's. */
const CAN_SUSPEND = "Suspending" in WebAssembly;
/** What a Python with boto3 takes of a function's memory on AWS, about; it is more in WebAssembly. */
const PYTHON_MB = 36;
const MB = 1 << 20;
/** Emscripten asks thrice for more memory, for less each time, before it gives up. */
const ASKS_MAX = 3;
/** As `read_line` of web/python/_cloudarium/host.py has the end of the input. */
const INPUT_ENDED = 2;

let python = null;
let started = null;
let memoryAtStart = 0;
const log = new FunctionLog((lines) => postMessage({ kind: "lines", lines }));

/** The JavaScript side of web/python/_cloudarium/host.py. */
function hostModule(base, bridge) {
  return {
    call(method, url, headers, body, source) {
      log.flush();
      const message = { kind: "http", method, url, headers, body, source };
      return bridge.send(message, body ? [body.buffer] : []);
    },
    sleep(seconds) {
      log.flush();
      const until = realNow() + seconds * 1000;
      return untilAnswered(bridge, () => ({ kind: "sleep", until, real: true }));
    },
    readLine: () => ({ status: INPUT_ENDED, headers: "{}", body: new Uint8Array(0) }),
    models: (service) => readModels(base, service),
    file: (path) => readNow(base, path, "text"),
  };
}

const heapBytes = () => python._module.HEAPU8.length;
const usedMb = () => PYTHON_MB + Math.ceil((heapBytes() - memoryAtStart) / MB);

/** Has no more memory given than the function has, and tells when more was wanted. */
function limitMemory(memoryMb) {
  memoryAtStart = heapBytes();
  const most = memoryAtStart + Math.max(0, memoryMb - PYTHON_MB) * MB;
  const { grow } = WebAssembly.Memory.prototype;
  let refused = 0;
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (this.buffer.byteLength + pages * 65536 <= most) {
      refused = 0;
      return grow.call(this, pages);
    }
    refused += 1;
    if (refused === ASKS_MAX) {
      postMessage({ kind: "too-big" });
    }
    throw new RangeError("the function has no more memory");
  };
}

/** Python that ends itself (`os._exit`) or cannot go on is no Python any more. */
function crashed(error) {
  const code = Number.isInteger(error?.status) ? error.status : undefined;
  return { outcome: "Exited", code, signal: code === undefined ? "signal: aborted" : undefined };
}

/** Takes what Python throws when it ends itself, which comes to no promise. */
let crash = () => {};
for (const kind of ["error", "unhandledrejection"]) {
  addEventListener(kind, (event) => {
    event.preventDefault();
    crash(event.error ?? event.reason);
  });
}

/** By name the functions of web/python/_cloudarium/function.py that were called. */
const entries = new Map();

/** Calls one of them; the promise is what it tells. */
async function entered(name, ...given) {
  if (!entries.has(name)) {
    entries.set(name, python.pyimport(`_cloudarium.function.${name}`));
  }
  const entry = entries.get(name);
  return JSON.parse(await (CAN_SUSPEND ? entry.callPromising(...given) : entry(...given)));
}

async function enter(kind, name, ...given) {
  log.begin();
  const ended = new Promise((resolve, reject) => {
    crash = reject;
    entered(name, ...given).then(resolve, reject);
  });
  const told = await ended.catch(crashed);
  const { took } = log;
  postMessage({ kind, told, took, memory: usedMb(), lines: log.end() });
}

async function start(options) {
  const came = await startPython(options, {
    write: (stream, bytes) => log.write(stream, bytes),
    tick: () => log.tick(),
    host: (bridge) => hostModule(options.base, bridge),
  });
  python = came.python;
  removeNetwork();
  postMessage({ kind: "loaded", restored: came.restored });
}

/** Loads the function's code, once Python is there. */
async function begin({ memoryMb, variables, packages }) {
  limitMemory(memoryMb);
  const zips = python.toPy(packages);
  await enter("begun", "begin", JSON.stringify({ variables }), zips);
  zips.destroy();
}

function invoke({ job, clock }) {
  setClock(clock);
  const request = JSON.stringify({ ...job, deadline_ms: Date.now() + job.timeout_ms });
  return enter("ended", "invoke", request);
}

const fail = (error) => postMessage({ kind: "failed", words: String(error?.message ?? error) });

addEventListener("message", ({ data }) => {
  if (data.kind === "start") {
    started = start(data);
    started.catch(fail);
  } else if (data.kind === "begin") {
    // A Python that did not come has told so.
    started.then(
      () => begin(data).catch(fail),
      () => {},
    );
  } else if (data.kind === "invoke") {
    invoke(data).catch(fail);
  } else {
    provide(data);
  }
});
