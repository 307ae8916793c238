// A Python that waits for a function: started when nothing else runs, so that the next cold start finds the
// interpreter there and has only the function's own code to load.
import { launchPython } from "./function-start.js";

/** It is started once nothing has run for so long. */
const QUIET_MS = 300;
/** Devices with less memory than this, in GiB, keep none. What a browser does not tell is enough. */
const MEMORY_GIB_MIN = 4;

const hasRoom = () => (globalThis.navigator?.deviceMemory ?? MEMORY_GIB_MIN) >= MEMORY_GIB_MIN;

export class SparePython {
  #ports;
  #options;
  #isQuiet;
  /** The one that waits: `{worker, port, isLoaded}`. */
  #waiting = null;
  #timer = null;
  #isMaking = false;
  #epoch = 0;

  /** `ports` and `options` are those of functions.js; `isQuiet()` tells whether nothing runs. */
  constructor({ ports, options, isQuiet }) {
    this.#ports = ports;
    this.#options = options;
    this.#isQuiet = isQuiet;
  }

  /** Has one be started as soon as it is quiet. */
  want() {
    if (this.#waiting !== null || this.#isMaking || !hasRoom()) {
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#isQuiet() ? this.#make() : this.want()), QUIET_MS);
  }

  /** The one that waits, which is its taker's from now on; null if there is none. */
  take() {
    const taken = this.#waiting;
    this.#waiting = null;
    return taken;
  }

  /** Ends it: nobody has run a function for long, or the cloud is gone. */
  end() {
    clearTimeout(this.#timer);
    this.#epoch += 1;
    this.#drop(this.take());
  }

  #drop(spare) {
    if (spare !== null) {
      spare.worker.terminate();
      this.#ports.remove(spare.port);
    }
  }

  async #make() {
    const epoch = this.#epoch;
    const channel = new MessageChannel();
    const spare = { worker: null, port: this.#ports.addInRealTime(channel.port1), isLoaded: false };
    this.#isMaking = true;
    try {
      spare.worker = await launchPython({ ...this.#options, port: channel.port2, restoredOnly: true });
    } catch {
      // What keeps it from starting is told by the start that a function needs.
    } finally {
      this.#isMaking = false;
    }
    if (spare.worker === null) {
      this.#ports.remove(spare.port);
      return;
    }
    this.#waiting = spare;
    if (epoch !== this.#epoch) {
      this.#drop(this.take());
      return;
    }
    spare.worker.addEventListener("message", ({ data }) => this.#receive(spare, data));
    spare.worker.addEventListener("error", () => this.#receive(spare, { kind: "failed" }));
  }

  #receive(spare, { kind }) {
    spare.isLoaded ||= kind === "loaded";
    if (kind === "failed" && this.#waiting === spare) {
      this.#drop(this.take());
    }
  }
}
