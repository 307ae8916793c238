// Has the service worker keep what offline use needs (sw.js), a little at a time, while the learner does nothing: a small
// machine is slow to answer a key while it fetches and writes a thousand files.

/** So long the service worker is at it, */
const SLICE_MS = 250;
/** and nothing was pressed for so long before it goes on. */
const QUIET_MS = 1500;
/** A page in the background is not told that it is idle. */
const IDLE_WITHIN_MS = 2000;
/** A browser may end a service worker at any time. */
const ANSWER_WITHIN_MS = 60_000;

let keeping = null;
let pressedAt = -Infinity;
for (const kind of ["keydown", "pointerdown"]) {
  addEventListener(kind, () => (pressedAt = performance.now()), { capture: true, passive: true });
}

/** Keeps what was not used yet, and is not kept. */
export function keepForOffline() {
  keeping ??= keepAll().finally(() => (keeping = null));
}

async function keepAll() {
  do {
    await quiet();
  } while (await keepSome());
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves when the page is idle, and nothing was pressed lately. */
async function quiet() {
  for (let wait = 0; wait >= 0; wait = pressedAt + QUIET_MS - performance.now()) {
    await pause(wait);
  }
  if ("requestIdleCallback" in globalThis) {
    await new Promise((resolve) => requestIdleCallback(resolve, { timeout: IDLE_WITHIN_MS }));
  }
}

/** Whether there is more to keep. */
async function keepSome() {
  const worker = navigator.serviceWorker?.controller;
  if (worker == null) {
    return false;
  }
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
  worker.postMessage({ kind: "keep-for-offline", ms: SLICE_MS }, [port2]);
  const isMore = await Promise.race([answer, pause(ANSWER_WITHIN_MS)]);
  port1.close();
  return isMore === true;
}
