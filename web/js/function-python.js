// A function's execution environment in Python (web/python/_cloudarium/function.py): a Python worker with the
// function's code, which takes one invocation after the other. Started and ended by functions.js.
//
// Messages in: {kind: "start", ...}, {kind: "module"}, {kind: "snapshot"} (python-load.js), then {kind: "invoke"}.
// Out: {kind: "loaded"}, {kind: "begun" | "ended", told, took, memory, lines}, {kind: "lines", lines}; and
// {kind: "too-big"} or {kind: "failed", words}, after which it is of no more use.
import { FunctionLog } from "./function-log.js";
import { provide, readModels, readNow, removeNetwork, startPython, untilAnswered } from "./python-load.js";
import { realNow, setClock } from "./virtual-clock.js";

const BEGIN = "from _cloudarium import function\nfunction.begin(request, packages)";
const INVOKE = "from _cloudarium import function\nfunction.invoke(request)";
/** What a Python with boto3 takes of a function's memory on AWS, about; it is more in WebAssembly. */
const PYTHON_MB = 36;
const MB = 1 << 20;
/** Emscripten asks thrice for more memory, for less each time, before it gives up. */
const ASKS_MAX = 3;
/** As `read_line` of web/python/_cloudarium/host.py has the end of the input. */
const INPUT_ENDED = 2;

let python = null;
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

/** Enters Python; the promise is what it tells. */
async function entered(code, names) {
  const locals = python.toPy(names);
  // Entered this way, Python can be suspended by the bridge that switches stacks.
  const told = JSON.parse(await python.runPythonAsync(code, { globals: locals }));
  locals.destroy();
  return told;
}

async function enter(kind, code, names) {
  log.begin();
  const ended = new Promise((resolve, reject) => {
    crash = reject;
    entered(code, names).then(resolve, reject);
  });
  const told = await ended.catch(crashed);
  const { took } = log;
  postMessage({ kind, told, took, memory: usedMb(), lines: log.end() });
}

async function start(options) {
  const started = await startPython(options, {
    write: (stream, bytes) => log.write(stream, bytes),
    tick: () => log.tick(),
    host: (bridge) => hostModule(options.base, bridge),
  });
  python = started.python;
  removeNetwork();
  limitMemory(options.memoryMb);
  postMessage({ kind: "loaded", restored: started.restored });
  const request = JSON.stringify({ variables: options.variables });
  await enter("begun", BEGIN, { request, packages: options.packages });
}

function invoke({ job, clock }) {
  setClock(clock);
  const request = JSON.stringify({ ...job, deadline_ms: Date.now() + job.timeout_ms });
  return enter("ended", INVOKE, { request });
}

const fail = (error) => postMessage({ kind: "failed", words: String(error?.message ?? error) });

addEventListener("message", ({ data }) => {
  if (data.kind === "start") {
    start(data).catch(fail);
  } else if (data.kind === "invoke") {
    invoke(data).catch(fail);
  } else {
    provide(data);
  }
});
