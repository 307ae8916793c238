// Python as the page sees it: starts, runs, stops and renews the Python worker.
import { availableBridges } from "./bridges.js";
import * as cloud from "./cloud.js";
import { dropSnapshots } from "./snapshot-store.js";

const BASE = new URL("../python/", import.meta.url).href;
const SIGINT = 2;
/** How long a script may take to end after Stop before its worker is ended instead. */
const STOP_GRACE_MS = 1500;
/** The snapshot is made in the background, once the page has become quiet. */
const SNAPSHOT_DELAY_MS = 1500;

const NO_BRIDGE =
  "This browser cannot run Python here: it has none of SharedArrayBuffer on an isolated page, " +
  "WebAssembly stack switching, or service workers. The console, the lessons and everything under " +
  "the hood work. To run scripts, open this page over https in a current Chrome, Edge or Firefox.";
const NO_WASM =
  "This browser has no WebAssembly or no workers: neither Python nor the simulated cloud can run.";
const REMAINS = "The console and the lessons work without it; scripts cannot be run.";

const listeners = { onOutput() {}, onStatus() {} };
const forced = { bridge: null, snapshot: true };

let manifest = null;
let module = null;
let worker = null;
let ready = null;
let running = null;
let lastRun = 0;
/** Runs asked for, and the last of them that Stop met before Python was there. */
let asked = 0;
let stoppedBefore = 0;
let snapshotWanted = true;
const downloaded = new Map();

/** Where output and status go; also `bridge: "sab" | "jspi" | "xhr"` and `snapshot: false`, for tests. */
export function configure(options) {
  for (const name of ["onOutput", "onStatus"]) {
    listeners[name] = options[name] ?? listeners[name];
  }
  forced.bridge = options.bridge ?? forced.bridge;
  forced.snapshot = options.snapshot ?? forced.snapshot;
}

/** Empty, or words that say why this browser cannot run Python. */
export function supported() {
  if (typeof WebAssembly === "undefined" || typeof Worker === "undefined") {
    return NO_WASM;
  }
  return chooseBridge() === null ? NO_BRIDGE : "";
}

function chooseBridge() {
  const wanted = forced.bridge ?? new URLSearchParams(location.search).get("bridge");
  const available = availableBridges();
  return (wanted ? available.find((name) => name === wanted) : available[0]) ?? null;
}

function status(phase, words = "") {
  const total = Object.values(manifest?.files ?? {}).reduce((sum, { bytes }) => sum + bytes, 0);
  const done = [...downloaded.values()].reduce((sum, bytes) => sum + bytes, 0);
  listeners.onStatus({ phase, done: Math.min(done, total), total, words });
}

/** Starts Python, unless it was started already. Resolves when a script can run. */
export function start() {
  ready ??= boot().catch((error) => {
    ready = null;
    throw error;
  });
  return ready;
}

async function boot() {
  const unsupported = supported();
  if (unsupported !== "") {
    status("unavailable", unsupported);
    throw new Error(unsupported);
  }
  try {
    await loadBundle();
    const restored = await startWorker(forced.snapshot);
    status("ready", restored ? "" : "Python is ready.");
    if (!restored && forced.snapshot) {
      setTimeout(makeSnapshot, SNAPSHOT_DELAY_MS);
    }
    cloud.keepForOffline();
  } catch (error) {
    const words = `Python could not be started: ${error.message}. ${REMAINS}`;
    status("unavailable", words);
    throw new Error(words);
  }
}

/** The manifest, and the module, compiled once for all workers. */
async function loadBundle() {
  if (module !== null) {
    return;
  }
  status("download", "Loading Python");
  const response = await fetch(new URL("manifest.json", BASE));
  if (!response.ok) {
    throw new Error(`its files are missing from this site (status ${response.status})`);
  }
  manifest = await response.json();
  // Workers begin with everything else while this compiles.
  const compiling = compile();
  module = compiling;
  const compiled = () => {
    downloaded.set("pyodide.asm.wasm", manifest.files["pyodide.asm.wasm"].bytes);
    downloaded.set("pyodide.asm.mjs", manifest.files["pyodide.asm.mjs"].bytes);
    status("download", "Loading Python");
  };
  const failed = () => {
    module = null;
  };
  compiling.then(compiled, failed);
}

/** A fetch can be cut off when the service worker takes over; it is tried twice. */
async function compile() {
  try {
    return await compileOnce();
  } catch {
    return compileOnce();
  }
}

async function compileOnce() {
  const url = new URL("pyodide.asm.wasm", BASE);
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`pyodide.asm.wasm is missing from this site (status ${response.status})`);
  }
  if (response.headers.get("content-type") === "application/wasm") {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}

/** A new worker, ready to run. Says whether it came from a snapshot. */
async function startWorker(snapshot) {
  const name = chooseBridge();
  const compiling = module;
  const mine = new Worker(new URL("python-worker.js", import.meta.url), { type: "module" });
  const interrupt = name === "sab" ? new Uint8Array(new SharedArrayBuffer(1)) : null;
  worker = { mine, interrupt };
  const channel = new MessageChannel();
  const relay = name === "xhr" ? await cloud.relayUrl() : null;
  const options = { ...bundleOptions(), bridge: name, interrupt, relay, snapshot };
  const started = new Promise((resolve, reject) => {
    mine.addEventListener("message", ({ data }) => receive(data, { mine, resolve, reject }));
    mine.addEventListener("error", (event) => {
      event.preventDefault();
      crashed(mine, event.message ?? "its worker could not be loaded", reject);
    });
  });
  mine.postMessage({ kind: "start", ...options, port: channel.port2 }, [channel.port2]);
  cloud.connect(channel.port1);
  handModule(compiling, mine, started);
  try {
    return await started;
  } catch (error) {
    mine.terminate();
    if (!snapshot) {
      throw error;
    }
    // The snapshot may be to blame: once more, without.
    await dropSnapshots();
    return startWorker(false);
  }
}

function bundleOptions() {
  return { base: BASE, key: manifest.key, info: manifest.info };
}

function handModule(compiling, mine, started) {
  const failed = (error) => mine.dispatchEvent(new ErrorEvent("error", { message: error.message }));
  compiling.then((compiled) => mine.postMessage({ kind: "module", module: compiled }), failed);
  started.catch(() => {});
}

function receive(data, { mine, resolve, reject }) {
  if (data.kind === "output") {
    listeners.onOutput(data.stream, data.text);
  } else if (data.kind === "progress") {
    downloaded.set(data.name, manifest.files[data.name]?.bytes ?? data.bytes);
    status("download", "Loading Python");
  } else if (data.kind === "ready") {
    resolve(data.restored);
  } else if (data.kind === "done") {
    finish(data.id, data.ending);
  } else if (data.kind === "failed") {
    crashed(mine, data.words, reject);
  }
}

/** A worker that failed by itself: while starting this is an error, later a run ends with it. */
function crashed(mine, words, reject) {
  reject(new Error(words));
  if (worker?.mine !== mine || running === null) {
    return;
  }
  status("crashed", `Python's worker crashed: ${words}. A new one is being started.`);
  const { id } = running;
  renew();
  finish(id, { status: "error", error: `Python's worker crashed: ${words}` });
}

/** Ends the worker and starts another; the cloud is a worker of its own and knows nothing of it. */
function renew() {
  worker?.mine.terminate();
  worker = null;
  ready = null;
  start().catch(() => {});
}

/** Runs a script to its end. */
export async function run(code, { file = "main.py", files = {}, env = {} } = {}) {
  const wish = ++asked;
  await start();
  if (wish <= stoppedBefore) {
    return { status: "stopped", ms: 0 };
  }
  if (running !== null) {
    throw new Error("a script is already running");
  }
  const id = ++lastRun;
  const began = performance.now();
  const ended = new Promise((resolve) => {
    running = { id, resolve };
  });
  if (worker.interrupt) {
    Atomics.store(worker.interrupt, 0, 0);
  }
  status("running");
  const request = JSON.stringify({ code, file, files, env });
  worker.mine.postMessage({ kind: "run", id, request });
  const ending = await ended;
  return { ...ending, ms: performance.now() - began };
}

function finish(id, ending) {
  if (running?.id !== id) {
    return;
  }
  const { resolve } = running;
  running = null;
  resolve(ending);
  if (ready !== null && worker !== null) {
    status("ready");
  }
}

/** Ends the running script: politely where memory is shared, else (or if it will not) with its worker. */
export function stop() {
  if (running === null) {
    stoppedBefore = asked;
    return;
  }
  const { id } = running;
  if (!worker.interrupt) {
    endByForce(id);
    return;
  }
  Atomics.store(worker.interrupt, 0, SIGINT);
  setTimeout(() => {
    if (running?.id === id) {
      endByForce(id);
    }
  }, STOP_GRACE_MS);
}

function endByForce(id) {
  renew();
  finish(id, { status: "stopped" });
}

/** Has a worker of its own start Python in full and keep its memory; it is done once in a browser. */
function makeSnapshot() {
  if (!snapshotWanted) {
    return;
  }
  if (running !== null) {
    setTimeout(makeSnapshot, SNAPSHOT_DELAY_MS);
    return;
  }
  snapshotWanted = false;
  const maker = new Worker(new URL("python-worker.js", import.meta.url), { type: "module" });
  maker.addEventListener("message", ({ data }) => {
    if (data.kind === "snapshot" || data.kind === "failed") {
      maker.terminate();
      snapshotListeners.splice(0).forEach((listener) => listener(data));
    }
  });
  maker.postMessage({ kind: "make-snapshot", ...bundleOptions() });
  module.then((compiled) => maker.postMessage({ kind: "module", module: compiled }));
}

const snapshotListeners = [];

/** Resolves when the snapshot has been made (or could not be); for tests. */
export function snapshotMade() {
  return new Promise((resolve) => {
    snapshotListeners.push(resolve);
  });
}

// A cloud worker that was started anew does not know the old one's ports.
cloud.onRestart(() => {
  if (worker === null) {
    return;
  }
  const id = running?.id;
  renew();
  if (id !== undefined) {
    finish(id, { status: "error", error: "the simulated cloud was started anew" });
  }
});

// As in cloud.js: for the developer tools and for tests.
globalThis.cloudarium.python = { configure, run, stop, snapshotMade };
