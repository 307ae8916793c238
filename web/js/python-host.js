// A Python worker as the page sees it: starts, runs, stops and renews it. The Python tab (python.js)
// and the Terminal (terminal.js) each have one.
import { availableBridges } from "./bridges.js";
import * as cloud from "./cloud.js";
import { HomeSync } from "./home-sync.js";
import { keepForOffline } from "./offline.js";
import { BASE, bundle, compiledModule, loadBundle, loadManifest } from "./python-bundle.js";
import { dropSnapshots, loadSnapshot } from "./snapshot-store.js";

const SIGINT = 2;
/** How long a script may take to end after Stop before its worker is ended instead. */
const STOP_GRACE_MS = 2500;
/** Files that come with the module. */
const COMPILED_FILES = ["pyodide.asm.wasm", "pyodide.asm.mjs"];

const NO_BRIDGE =
  "This browser cannot run Python here: it has none of SharedArrayBuffer on an isolated page, " +
  "WebAssembly stack switching, or service workers. The console, the lessons and everything under " +
  "the hood work. To run scripts, open this page over https in a current Chrome, Edge or Firefox.";
const NO_WASM =
  "This browser has no WebAssembly or no workers: neither Python nor the simulated cloud can run.";
/** What is over in a moment, and is no run in the learner's eyes. */
const QUIET = ["suggest", "complete"];
const REMAINS = "The console and the lessons work without it; scripts cannot be run.";

const forced = { bridge: null };

/** `"sab" | "jspi" | "xhr"`, for tests. */
export function forceBridge(name) {
  forced.bridge = name;
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

/** What every Python worker is started with. */
export function bundleOptions() {
  const { key, info, files } = bundle();
  return { base: BASE, key, info, files };
}

export class PythonHost {
  /** "script" or "terminal": what the worker makes itself ready for. */
  #kind;
  /** The archives of the bundle which it loads. */
  #archives;
  /** And those which it unpacks. */
  #unpacked;
  #listeners = { onOutput() {}, onStatus() {}, onReady() {}, onAsk() {} };
  #worker = null;
  #ready = null;
  #running = null;
  #lastRun = 0;
  /** Runs asked for, and the last of them that Stop met before Python was there. */
  #asked = 0;
  #stoppedBefore = 0;
  #downloaded = new Map();
  /** A snapshot that was read before anybody asked for Python. */
  #ahead = null;
  snapshot = true;

  constructor({ kind, archives, unpacked = [] }) {
    this.#kind = kind;
    this.#archives = archives;
    this.#unpacked = unpacked;
    // A cloud worker that was started anew does not know the old one's ports.
    cloud.onRestart(() => this.#cloudRestarted());
  }

  /** Where output and status go: `onOutput(stream, text)`, `onStatus({phase, done, total, words})`;
   * `onAsk(ask)` when a line is to be typed, which `cloud.send({kind: "input", ask, text})` brings. */
  listen(listeners) {
    Object.assign(this.#listeners, listeners);
  }

  get isRunning() {
    return this.#running !== null;
  }

  #status(phase, words = "") {
    const files = Object.entries(bundle()?.files ?? {}).filter(([name]) => this.#needs(name));
    const total = files.reduce((sum, [, { bytes }]) => sum + bytes, 0);
    const done = [...this.#downloaded.values()].reduce((sum, bytes) => sum + bytes, 0);
    this.#listeners.onStatus({ phase, done: Math.min(done, total), total, words });
  }

  #needs(name) {
    const archives = ["stdlib.zip", ...this.#archives, ...this.#unpacked];
    return !name.endsWith(".zip") || archives.includes(name);
  }

  #came(name, bytes) {
    this.#downloaded.set(name, bundle().files[name]?.bytes ?? bytes);
    this.#status("download", "Loading Python");
  }

  /**
   * Has at hand what a start waits for longest. A browser that keeps no snapshot has not used Python yet: there
   * nothing is fetched on a guess.
   */
  async readAhead() {
    if (supported() !== "" || this.#ready !== null || !this.snapshot) {
      return;
    }
    const { key } = await loadManifest();
    const memory = await loadSnapshot(key);
    if (memory !== null && this.#ready === null) {
      this.#ahead = memory;
      await loadBundle(() => {});
    }
  }

  #readSnapshot() {
    const memory = this.#ahead;
    this.#ahead = null;
    return memory ?? loadSnapshot(bundle().key);
  }

  /** Starts Python, unless it was started already. Resolves when a script can run. */
  start() {
    this.#ready ??= this.#boot().catch((error) => {
      this.#ready = null;
      throw error;
    });
    return this.#ready;
  }

  async #boot() {
    const unsupported = supported();
    if (unsupported !== "") {
      this.#status("unavailable", unsupported);
      throw new Error(unsupported);
    }
    try {
      this.#status("download", "Loading Python");
      const restored = await this.#startWorker(this.snapshot);
      this.#status("ready", restored ? "" : "Python is ready.");
      this.#listeners.onReady(restored);
      keepForOffline();
    } catch (error) {
      const words = `Python could not be started: ${error.message}. ${REMAINS}`;
      this.#status("unavailable", words);
      throw new Error(words);
    }
  }

  /**
   * A new worker, ready to run. Says whether it came from a snapshot. All that it needs comes at once:
   * its scripts, the manifest, and then the module and the snapshot.
   */
  async #startWorker(useSnapshot) {
    const mine = new Worker(new URL("python-worker.js", import.meta.url), { type: "module" });
    const homes = new HomeSync((words) => this.#listeners.onOutput("stderr", `${words}\n`));
    const bridge = chooseBridge();
    const interrupt = bridge === "sab" ? new Uint8Array(new SharedArrayBuffer(1)) : null;
    this.#worker = { mine, interrupt, homes };
    const started = new Promise((resolve, reject) => {
      mine.addEventListener("message", ({ data }) => this.#receive(data, { mine, homes, resolve, reject }));
      mine.addEventListener("error", (event) => {
        event.preventDefault();
        this.#crashed(mine, event.message ?? "its worker could not be loaded", reject);
      });
    });
    started.catch(() => {});
    try {
      await loadBundle(() => COMPILED_FILES.forEach((name) => this.#came(name, 0)));
      const snapshot = useSnapshot ? this.#readSnapshot() : null;
      handModule(mine);
      const channel = new MessageChannel();
      cloud.connect(channel.port1);
      const relay = bridge === "xhr" ? await cloud.relayUrl() : null;
      const [worker, archives, port] = [this.#kind, this.#archives, channel.port2];
      const options = { ...bundleOptions(), worker, archives, bridge, interrupt, relay, port };
      mine.postMessage({ kind: "start", ...options }, [port]);
      const memory = await snapshot;
      mine.postMessage({ kind: "snapshot", memory }, memory === null ? [] : [memory]);
      return await started;
    } catch (error) {
      mine.terminate();
      if (!useSnapshot || bundle() === null) {
        throw error;
      }
      // The snapshot may be to blame: once more, without.
      await dropSnapshots();
      return this.#startWorker(false);
    }
  }

  #receive(data, { mine, homes, resolve, reject }) {
    switch (data.kind) {
      case "output":
        this.#listeners.onOutput(data.stream, data.text);
        break;
      case "ask":
        this.#listeners.onAsk(data.ask);
        break;
      case "files":
        homes.take(data.home, data.changes);
        break;
      case "progress":
        this.#came(data.name, data.bytes);
        break;
      case "ready":
        resolve(data.restored);
        break;
      case "done":
        homes.settled().then(() => this.#finish(data.id, data.ending));
        break;
      case "failed":
        this.#crashed(mine, data.words, reject);
        break;
    }
  }

  /** A worker that failed by itself: while starting this is an error, later a run ends with it. */
  #crashed(mine, words, reject) {
    reject(new Error(words));
    if (this.#worker?.mine !== mine || this.#running === null) {
      return;
    }
    this.#status("crashed", `Python's worker crashed: ${words}. A new one is being started.`);
    const { id } = this.#running;
    this.#renew();
    this.#finish(id, { status: "error", error: `Python's worker crashed: ${words}` });
  }

  /** Ends the worker and starts another; the cloud is a worker of its own and knows nothing of it. */
  #renew() {
    this.#worker?.mine.terminate();
    this.#worker = null;
    this.#ready = null;
    this.start().catch(() => {});
  }

  /** Runs `entry` (see python-worker.js) with a request in the home of that name, to its end. */
  async run(entry, request, home) {
    const wish = ++this.#asked;
    await this.start();
    if (wish <= this.#stoppedBefore) {
      return { status: "stopped", ms: 0 };
    }
    if (this.#running?.isQuiet) {
      await this.#running.ended;
    }
    if (this.#running !== null) {
      throw new Error("a script is already running");
    }
    const isQuiet = QUIET.includes(entry);
    const id = ++this.#lastRun;
    const began = performance.now();
    const ended = new Promise((resolve) => {
      this.#running = { id, resolve, isQuiet };
    });
    this.#running.ended = ended;
    if (this.#worker.interrupt) {
      Atomics.store(this.#worker.interrupt, 0, 0);
    }
    if (!isQuiet) {
      this.#status("running");
    }
    const { mine, homes } = this.#worker;
    const { home: files, transfer } = await homes.changesFor(home);
    mine.postMessage({ kind: "run", id, entry, request: JSON.stringify(request), files }, transfer);
    const ending = await ended;
    return { ...ending, ms: performance.now() - began };
  }

  #finish(id, ending) {
    if (this.#running?.id !== id) {
      return;
    }
    const { resolve, isQuiet } = this.#running;
    this.#running = null;
    resolve(ending);
    if (!isQuiet && this.#ready !== null && this.#worker !== null) {
      this.#status("ready");
    }
  }

  /** Ends what runs: politely where memory is shared, else (or if it will not) with its worker. */
  stop() {
    if (this.#running === null) {
      this.#stoppedBefore = this.#asked;
      return;
    }
    const { id } = this.#running;
    if (!this.#worker.interrupt) {
      this.#endByForce(id);
      return;
    }
    Atomics.store(this.#worker.interrupt, 0, SIGINT);
    setTimeout(() => {
      if (this.#running?.id === id) {
        this.#endByForce(id);
      }
    }, STOP_GRACE_MS);
  }

  #endByForce(id) {
    this.#renew();
    this.#finish(id, { status: "stopped", renewed: true });
  }

  #cloudRestarted() {
    if (this.#worker === null) {
      return;
    }
    const id = this.#running?.id;
    this.#renew();
    if (id !== undefined) {
      this.#finish(id, { status: "error", error: "the simulated cloud was started anew" });
    }
  }
}

/** Gives a worker the module once it is compiled. */
export function handModule(mine) {
  const failed = (error) => mine.dispatchEvent(new ErrorEvent("error", { message: error.message }));
  compiledModule().then((module) => mine.postMessage({ kind: "module", module }), failed);
}
