// How a worker becomes one with Python in it: Pyodide from the site's own files, with a module that was compiled
// elsewhere and perhaps a memory to restore, a bridge to the cloud, and no network. Scripts and the Terminal
// (python-worker.js) and functions (function-python.js) begin so.
import { PromiseBridge, RequestBridge, SharedBridge } from "./bridges.js";
import { NETWORK, takeAway } from "./network.js";
import { installClock, setClock } from "./virtual-clock.js";

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

// Python's JavaScript must not reach the network: these are used here and then taken away.
export const originals = {
  fetch: globalThis.fetch.bind(globalThis),
  setTimeout: globalThis.setTimeout.bind(globalThis),
  random: Math.random,
  Request: globalThis.XMLHttpRequest,
};

/** Resolved by whoever started this worker: the compiled module, */
let provideModule = null;
const wasmModule = new Promise((resolve) => {
  provideModule = resolve;
});
/** and the memory to restore, or null. */
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

/** Takes over what whoever started this worker sends by and by. */
export function provide(message) {
  if (message.kind === "module") {
    provideModule(message.module);
  } else if (message.kind === "snapshot") {
    provideMemory(message.memory);
  }
}

/** From here on nothing in this worker can reach the network by itself. */
export function removeNetwork() {
  takeAway([...NETWORK, "eval"]);
}

/** Fetches a file of the Python bundle, and tells how much of it has come. */
export async function fetchFile(base, name) {
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
 * most of what scripts import. It comes a moment later (if it is to), or at once when somebody reads it.
 */
function archiveForLater({ FS }, { base, path, name, bytes, comes }) {
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
  if (!comes) {
    return;
  }
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
    const wasStopped = () => Atomics.compareExchange(interrupt, 0, SIGINT, 0) === SIGINT;
    return new SharedBridge(port, interrupt === null ? () => false : wasStopped);
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
export function readNow(base, name, type) {
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
export const readModels = (base, service) => readNow(base, `models/${service}.json`, "text");

/** Sends a message until its answer is not "ask again": the answer, a promise of it, or `null` after Stop. */
export function untilAnswered(bridge, message) {
  for (;;) {
    const answer = bridge.send(message(), []);
    if (answer instanceof Promise) {
      return answer.then((came) => (came.status === AGAIN ? untilAnswered(bridge, message) : came));
    }
    if (answer === null || answer.status !== AGAIN) {
      return answer;
    }
  }
}

export async function loadPython({ base, info, files, archives, snapshot, make, lean }) {
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
    archiveForLater(loaded, { base, path, name, bytes: files[name].bytes, comes: !lean });
  }
  return loaded;
}

/** Archives come after the standard library; a restored memory knows those of its own already. */
export const addArchives = (archives) => `
import sys
for name in ${JSON.stringify(archives)}:
    if f"/lib/{name}" not in sys.path:
        sys.path.append(f"/lib/{name}")
`;
export const PREPARE = "from _cloudarium import start\nstart.prepare()";

/**
 * What Pyodide looks into for SIGINT, now and then while Python computes. No timer runs meanwhile, so
 * this is also when `tick` sends what a script printed before an endless loop.
 */
function signals(interrupt, tick) {
  return {
    get 0() {
      tick();
      return interrupt === null ? 0 : interrupt[0];
    },
    set 0(value) {
      if (interrupt !== null) {
        interrupt[0] = value;
      }
    },
  };
}

/**
 * Python, ready to be entered. `write(stream, bytes)` takes what it prints, and `host(bridge)` makes the JavaScript
 * side of web/python/_cloudarium/host.py. Gives Python, and whether its memory was restored.
 */
export async function startPython(options, { write, tick, host }) {
  installClock();
  listenToClock(options.port);
  const snapshot = await memory;
  const python = await loadPython({ ...options, snapshot, make: false });
  python.setInterruptBuffer(signals(options.interrupt, tick));
  python.setStdin({ stdin: () => null });
  for (const stream of ["stdout", "stderr"]) {
    const set = stream === "stdout" ? python.setStdout : python.setStderr;
    set.call(python, { write: (bytes) => write(stream, bytes), isatty: false });
  }
  python.registerJsModule("_cloudarium_host", host(makeBridge(options)));
  python.runPython(addArchives(options.archives));
  if (snapshot === null) {
    python.runPython(PREPARE);
  }
  python.runPython("from _cloudarium import run, start\nstart.attach()");
  return { python, restored: snapshot !== null };
}
