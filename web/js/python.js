// The Python of the Python tab.
import * as cloud from "./cloud.js";
import { bundleOptions, forceBridge, handModule, PythonHost, supported } from "./python-host.js";

/** The snapshot is made in the background, once the page has become quiet. */
const SNAPSHOT_DELAY_MS = 1500;
/** Where a browser does not say that it is idle. */
const READ_AHEAD_MS = 1000;

const host = new PythonHost({ kind: "script", archives: ["boto3.zip"] });
let snapshotWanted = true;
const snapshotListeners = [];

host.listen({
  onReady(restored) {
    if (!restored && host.snapshot) {
      setTimeout(makeSnapshot, SNAPSHOT_DELAY_MS);
    }
  },
});

export { supported };

/** Where output and status go; also `bridge: "sab" | "jspi" | "xhr"` and `snapshot: false`, for tests. */
export function configure({ bridge, snapshot, onOutput, onStatus, onAsk }) {
  if (onOutput) {
    host.listen({ onOutput });
  }
  if (onStatus) {
    host.listen({ onStatus });
  }
  if (onAsk) {
    host.listen({ onAsk });
  }
  if (bridge) {
    forceBridge(bridge);
  }
  host.snapshot = snapshot ?? host.snapshot;
}

/** Starts Python, unless it was started already. Resolves when a script can run. */
export const start = () => host.start();

/** Makes a later start quick, once the page has nothing else to do. */
export function readAhead() {
  const read = () => host.readAhead().catch(() => {});
  if ("requestIdleCallback" in globalThis) {
    requestIdleCallback(read);
  } else {
    setTimeout(read, READ_AHEAD_MS);
  }
}

/** Runs a script to its end, in the home of that name. */
export function run(code, { file = "main.py", files = {}, env = {}, home = "play" } = {}) {
  return host.run("script", { code, file, files, env }, home);
}

/** Runs an input at the prompt, in the names that the last run left; `{status: "more"}` when it is not complete. */
export function evaluate(source, { number = 1, env = {}, home = "play" } = {}) {
  return host.run("prompt", { source, number, env }, home);
}

/** What could stand at `point` of an input at the prompt; null while something runs. */
export async function suggest(source, point, home) {
  if (host.isRunning) {
    return null;
  }
  return host.run("suggest", { source, point }, home);
}

/** Gives a script the line that it asked for (see `onAsk`); `null` ends the input. */
export const answer = (ask, text) => cloud.send({ kind: "input", ask, text });

/** Ends the running script. */
export const stop = () => host.stop();

/** Has a worker of its own start Python in full and keep its memory; it is done once in a browser. */
function makeSnapshot() {
  if (!snapshotWanted) {
    return;
  }
  if (host.isRunning) {
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
  maker.postMessage({ kind: "make-snapshot", ...bundleOptions(), archives: ["boto3.zip"] });
  handModule(maker);
}

/** Resolves when the snapshot has been made (or could not be); for tests. */
export function snapshotMade() {
  return new Promise((resolve) => {
    snapshotListeners.push(resolve);
  });
}

// As in cloud.js: for the developer tools and for tests.
globalThis.cloudarium.python = { configure, run, evaluate, suggest, answer, stop, snapshotMade };
