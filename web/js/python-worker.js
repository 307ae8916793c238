// A Python worker: Pyodide with boto3 or the AWS CLI, whose requests go to the cloud worker. Started and
// ended by python-host.js; what Python itself does is in web/python/_cloudarium.
//
// Messages in: {kind: "start", ...}, {kind: "module", module}, {kind: "snapshot", memory} (an ArrayBuffer or
// null), {kind: "run", id, entry, request, files}; or {kind: "make-snapshot", ...}.
// Out: {kind: "progress" | "ready" | "output" | "ask" | "files" | "done" | "snapshot" | "failed"}.
import { PromiseBridge, RequestBridge, SharedBridge } from "./bridges.js";
import { HomeMirror } from "./home-mirror.js";
import { Output } from "./python-output.js";
import { saveSnapshot } from "./snapshot-store.js";
import { installClock, setClock, virtualNow } from "./virtual-clock.js";

/** What a run may be: how Python is entered with its request, which is JSON, as is what comes back. */
const ENTRIES = {
  script: "from _cloudarium import run\nrun.run(request)",
  command: "from _terminal import session\nsession.run(request)",
  complete: "from _terminal import session\nsession.completions(request)",
  prompt: "from _cloudarium import repl\nrepl.evaluate(request)",
};
const STDLIB = "/lib/python314.zip";
const MODULE = "pyodide.asm.wasm";
/** What a snapshot is made with: a restored Python needs these only for what it has not imported yet. */
const SNAPSHOT_ARCHIVES = ["boto3.zip"];
/** So much later they come all the same. */
const ARCHIVES_AFTER_MS = 3000;
/** A wait is asked for in pieces, so that a service worker need not hold a request for long. */
const AGAIN = 1;
/** What Pyodide writes into the interrupt buffer's place for SIGINT. */
const SIGINT = 2;
const TERMINAL = "terminal";
/** Where the AWS CLI is unpacked (web/python/_terminal/cli.py). */
const AWSCLI = { archive: "awscli.zip", folder: "/lib/awscli" };
/** Kept in a snapshot, so that the first client of these needs no file. */
const WARM_MODELS = ["s3", "sts"];

// Python's JavaScript must not reach the network: these are used here and then taken away.
const originals = {
  fetch: globalThis.fetch.bind(globalThis),
  setTimeout: globalThis.setTimeout.bind(globalThis),
  random: Math.random,
  Request: globalThis.XMLHttpRequest,
};
const NETWORK = [
  "fetch",
  "XMLHttpRequest",
  "WebSocket",
  "WebSocketStream",
  "EventSource",
  "WebTransport",
  "RTCPeerConnection",
  "importScripts",
  "Worker",
  "SharedWorker",
  "BroadcastChannel",
  "caches",
  "indexedDB",
  "eval",
];

let python = null;
let bridge = null;
let mirror = null;
let jq = null;
let provideModule = null;
const wasmModule = new Promise((resolve) => {
  provideModule = resolve;
});
let provideMemory = null;
const memory = new Promise((resolve) => {
  provideMemory = resolve;
});
// These are needed in any case, and come while the page still looks for the rest.
const pyodideScripts = Promise.all(
  ["pyodide.mjs", "pyodide.asm.mjs"].map(
    (name) => import(new URL(`../python/${name}`, import.meta.url).href),
  ),
);
// A failure is met where it is awaited.
pyodideScripts.catch(() => {});
const output = new Output((stream, text) => postMessage({ kind: "output", stream, text }));

function removeNetwork() {
  for (const name of NETWORK) {
    for (let place = globalThis; place !== null; place = Object.getPrototypeOf(place)) {
      delete place[name];
    }
  }
}

/** Fetches a file of the Python bundle, and tells how much of it has come. */
async function fetchFile(base, name) {
  const response = await originals.fetch(new URL(name, base));
  if (!response.ok) {
    throw new Error(`${name} is missing from this site (status ${response.status})`);
  }
  const content = new Uint8Array(await response.arrayBuffer());
  postMessage({ kind: "progress", name, bytes: content.length });
  return content;
}

/**
 * Pyodide would fetch and compile its module by itself; here it gets the one that the page compiled
 * once for all workers. A memory snapshot needs its memory to be large enough from the start.
 */
function shareModule(snapshot) {
  WebAssembly.instantiateStreaming = async (_unused, imports) => {
    const module = await wasmModule;
    const instance = await WebAssembly.instantiate(module, imports);
    if (snapshot !== null) {
      growMemory(instance, snapshot.byteLength);
    }
    return { module, instance };
  };
}

/** While Pyodide loads, these files of its are not fetched by it. */
function withoutFetching(names) {
  globalThis.fetch = (url, ...options) => {
    const name = new URL(url, location.href).pathname.split("/").at(-1);
    return names.includes(name) ? Promise.resolve(new Response()) : originals.fetch(url, ...options);
  };
}

function growMemory(instance, bytes) {
  for (const exported of Object.values(instance.exports)) {
    if (exported instanceof WebAssembly.Memory) {
      const pages = Math.ceil((bytes - exported.buffer.byteLength) / 65536);
      if (pages > 0) {
        exported.grow(pages);
      }
    }
  }
}

/**
 * Puts an archive where Python looks for it, without its content: a memory that was restored holds
 * most of what scripts import. It comes a moment later, or at once when somebody reads it.
 */
function archiveForLater({ FS }, { base, path, name, bytes }) {
  FS.writeFile(path, new Uint8Array(0));
  const { node } = FS.lookupPath(path);
  const describe = (contents) => ({ value: contents, writable: true, configurable: true });
  const keep = (contents) => Object.defineProperty(node, "contents", describe(contents));
  Object.defineProperty(node, "contents", {
    configurable: true,
    get() {
      const contents = readFile(base, name);
      keep(contents);
      return contents;
    },
  });
  node.usedBytes = bytes;
  const isMissing = () => Object.getOwnPropertyDescriptor(node, "contents").get !== undefined;
  originals.setTimeout(async () => {
    // What fails here is met by whoever reads it.
    const contents = isMissing() ? await fetchFile(base, name).catch(() => null) : null;
    if (contents !== null && isMissing()) {
      keep(contents);
    }
  }, ARCHIVES_AFTER_MS);
}

/** What Python sees as the module `js`: the language, and nothing of the page or the network. */
function languageOnly() {
  const names = ["Object", "Array", "Map", "Set", "Promise", "Uint8Array", "Date", "Math", "JSON"];
  const timers = ["setTimeout", "clearTimeout", "setInterval", "clearInterval"];
  const language = Object.fromEntries(names.map((name) => [name, globalThis[name]]));
  for (const name of timers) {
    language[name] = globalThis[name].bind(globalThis);
  }
  return language;
}

function makeBridge({ bridge: name, port, interrupt, relay }) {
  if (name === "sab") {
    return new SharedBridge(port, () => Atomics.compareExchange(interrupt, 0, SIGINT, 0) === SIGINT);
  }
  return name === "jspi" ? new PromiseBridge(port) : new RequestBridge(relay, originals.Request);
}

function listenToClock(port) {
  port.addEventListener("message", ({ data }) => {
    const clock = data.kind === "clock" ? data : data.clock;
    if (clock) {
      setClock(clock);
    }
  });
  port.start();
}

/** Reads a file of the Python bundle while Python waits. */
function readNow(base, name, type) {
  const request = new originals.Request();
  request.open("GET", new URL(name, base), false);
  request.responseType = type;
  request.send();
  if (request.status !== 200) {
    throw new Error(`${name} is missing from this site (status ${request.status})`);
  }
  return request.response;
}

const readFile = (base, name) => new Uint8Array(readNow(base, name, "arraybuffer"));
const readModels = (base, service) => readNow(base, `models/${service}.json`, "text");

/** jq itself, fetched before the first line that names it: Python calls it synchronously. */
async function loadJq() {
  const place = new URL("../jq/", import.meta.url);
  const { loadJq: load } = await import(new URL("jq.js", place));
  const response = await originals.fetch(new URL("jq.wasm", place));
  if (!response.ok) {
    throw new Error(`jq is missing from this site (status ${response.status})`);
  }
  return load({ wasmModule: await WebAssembly.compile(await response.arrayBuffer()) });
}

function runJq(text, query, flags) {
  return JSON.stringify(jq.raw(text, query, JSON.parse(flags)));
}

/** The JavaScript side of web/python/_cloudarium/host.py. */
function hostModule(base) {
  return {
    call(method, url, headers, body, source) {
      output.flush();
      const message = { kind: "http", method, url, headers, body, source };
      return bridge.send(message, body ? [body.buffer] : []);
    },
    sleep(seconds) {
      output.flush();
      const until = virtualNow() + seconds * 1000;
      return untilAnswered(() => ({ kind: "sleep", until }));
    },
    readLine() {
      output.flush();
      const ask = `${originals.random()}`;
      postMessage({ kind: "ask", ask });
      return untilAnswered(() => ({ kind: "input", ask }));
    },
    models: (service) => readModels(base, service),
    file: (path) => readNow(base, path, "text"),
    jq: runJq,
  };
}

/** Sends a message until its answer is not "ask again": the answer, a promise of it, or `null` after Stop. */
function untilAnswered(message) {
  for (;;) {
    const answer = bridge.send(message(), []);
    if (answer instanceof Promise) {
      return answer.then((came) => (came.status === AGAIN ? untilAnswered(message) : came));
    }
    if (answer === null || answer.status !== AGAIN) {
      return answer;
    }
  }
}

async function loadPython({ base, info, files, archives, snapshot, make }) {
  const url = (name) => new URL(name, base).href;
  const isLater = (name) => snapshot !== null && SNAPSHOT_ARCHIVES.includes(name);
  const now = archives.filter((name) => !isLater(name));
  const fetched = now.map((name) => [name, fetchFile(base, name)]);
  // A failure is met below, where it is awaited; until then it must not count as unhandled.
  fetched.forEach(([, content]) => content.catch(() => {}));
  shareModule(snapshot);
  withoutFetching(snapshot === null ? [MODULE] : [MODULE, "stdlib.zip"]);
  const [{ loadPyodide }] = await pyodideScripts;
  const options = {
    indexURL: base,
    packageBaseUrl: base,
    stdLibURL: url("stdlib.zip"),
    lockFileContents: { info, packages: {} },
    jsglobals: languageOnly(),
    env: { HOME: "/home/learner", PYTHONINSPECT: "" },
  };
  if (make) {
    options._makeSnapshot = true;
  }
  if (snapshot !== null) {
    options._loadSnapshot = snapshot;
  }
  const loaded = await loadPyodide(options);
  postMessage({ kind: "progress", name: "stdlib.zip", bytes: 0 });
  for (const [name, content] of fetched) {
    loaded.FS.writeFile(`/lib/${name}`, await content, { canOwn: true });
  }
  const later = archives.filter(isLater).map((name) => [`/lib/${name}`, name]);
  for (const [path, name] of snapshot === null ? [] : [[STDLIB, "stdlib.zip"], ...later]) {
    archiveForLater(loaded, { base, path, name, bytes: files[name].bytes });
  }
  return loaded;
}

/** Archives come after the standard library; a restored memory knows those of its own already. */
const addArchives = (archives) => `
import sys
for name in ${JSON.stringify(archives)}:
    if f"/lib/{name}" not in sys.path:
        sys.path.append(f"/lib/{name}")
`;
const PREPARE = "from _cloudarium import start\nstart.prepare()";

/** Starts Python in full and keeps its memory for later starts; this worker is then of no more use. */
async function makeSnapshot(options) {
  const made = await loadPython({ ...options, snapshot: null, make: true });
  made.runPython(addArchives(options.archives));
  made.runPython(PREPARE);
  for (const service of WARM_MODELS) {
    made.globals.set("model_text", readModels(options.base, service));
    made.runPython(`
from _cloudarium import models
models.keep("${service}", model_text)
del model_text`);
  }
  made.runPython("start.warm()\nfrom _cloudarium import run");
  const memory = made.makeMemorySnapshot();
  const saved = await saveSnapshot(options.key, memory);
  postMessage({ kind: "snapshot", saved, bytes: memory.byteLength });
}

/** Makes the worker one of the Terminal: the AWS CLI is unpacked and imported. */
async function prepareTerminal(loaded, content) {
  loaded.unpackArchive(await content, "zip", { extractDir: AWSCLI.folder });
  loaded.runPython(`
sys.path.append("${AWSCLI.folder}")
from _terminal import session
session.prepare()`);
}

/**
 * What Pyodide looks into for SIGINT, now and then while Python computes. No timer runs meanwhile, so
 * this is also when output is sent that a script printed before an endless loop.
 */
function signals(interrupt) {
  return {
    get 0() {
      output.tick();
      return interrupt === null ? 0 : interrupt[0];
    },
    set 0(value) {
      if (interrupt !== null) {
        interrupt[0] = value;
      }
    },
  };
}

async function startPython(options) {
  const isTerminal = options.worker === TERMINAL;
  const awscli = isTerminal ? fetchFile(options.base, AWSCLI.archive) : null;
  awscli?.catch(() => {});
  installClock();
  listenToClock(options.port);
  const snapshot = await memory;
  python = await loadPython({ ...options, snapshot, make: false });
  bridge = makeBridge(options);
  python.setInterruptBuffer(signals(options.interrupt));
  python.setStdin({ stdin: () => null });
  for (const stream of ["stdout", "stderr"]) {
    const set = stream === "stdout" ? python.setStdout : python.setStderr;
    set.call(python, { write: (bytes) => output.write(stream, bytes), isatty: false });
  }
  python.registerJsModule("_cloudarium_host", hostModule(options.base));
  python.runPython(addArchives(options.archives));
  if (snapshot === null) {
    python.runPython(PREPARE);
  }
  python.runPython("from _cloudarium import run, start\nstart.attach()");
  if (isTerminal) {
    await prepareTerminal(python, awscli);
  }
  mirror = new HomeMirror(python.FS, (home, changes, contents) =>
    postMessage({ kind: "files", home, changes }, contents),
  );
  removeNetwork();
  postMessage({ kind: "ready", restored: snapshot !== null });
}

async function run({ id, entry, request, files }) {
  output.begin();
  if (jq === null && entry === "command" && /\bjq\b/.test(request)) {
    try {
      jq = await loadJq();
    } catch (error) {
      postMessage({ kind: "output", stream: "stderr", text: `jq: ${error.message}\n` });
    }
  }
  mirror.update(files);
  const locals = python.toPy({ request });
  try {
    // Entered this way, Python can be suspended by the bridge that switches stacks.
    const ending = await python.runPythonAsync(ENTRIES[entry], { globals: locals });
    finishRun();
    postMessage({ kind: "done", id, ending: JSON.parse(ending) });
  } catch (error) {
    finishRun();
    // Stop came between the script's end and ours; anything else is told as it is.
    const stopped = String(error).includes("KeyboardInterrupt");
    const ending = stopped ? { status: "stopped" } : { status: "error", error: String(error) };
    postMessage({ kind: "done", id, ending });
  } finally {
    locals.destroy();
  }
}

/** The page hears of files and output before it hears of the end. */
function finishRun() {
  mirror.tell();
  output.end();
}

function fail(error) {
  postMessage({ kind: "failed", words: String(error?.message ?? error) });
}

addEventListener("message", ({ data }) => {
  if (data.kind === "start") {
    startPython(data).catch(fail);
  } else if (data.kind === "make-snapshot") {
    makeSnapshot(data).catch(fail);
  } else if (data.kind === "module") {
    provideModule(data.module);
  } else if (data.kind === "snapshot") {
    provideMemory(data.memory);
  } else if (data.kind === "run") {
    run(data);
  }
});
