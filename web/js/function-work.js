// What the cloud asks its host for, in the cloud worker: functions to be run (functions.js, which is fetched when one
// is first invoked). What belongs to a cloud that has been closed, emptied or left is of no interest any more.

/**
 * A page that is being left cannot load anything any more, and its workers go on for a moment. What could not run is
 * told only after so long: in such a page never, so that the next one runs it anew.
 */
const PAGE_ENDS_MS = 2000;

export class FunctionWork {
  #cloud;
  /** Once it is asked for: a promise, and then what it gave. */
  #coming = null;
  #functions = null;
  #epoch = 0;

  /** `cloud` is `{bridge(), finish(ticket, ended), ports, clock, options()}`. */
  constructor(cloud) {
    this.#cloud = cloud;
  }

  /** Begins what the cloud has asked for since. */
  begin() {
    const bridge = this.#cloud.bridge();
    for (const asked of bridge.takeWork()) {
      const work = { ticket: asked.ticket, input: JSON.parse(asked.input), epoch: this.#epoch };
      asked.free();
      this.#start(work, (digest, length) => bridge.package(digest, length));
    }
  }

  /** Ends all that runs. */
  reset() {
    this.#epoch += 1;
    this.#functions?.reset();
  }

  #start({ ticket, input, epoch }, read) {
    const done = async (ended) => {
      if (ended.Outcome === "Unrunnable") {
        await new Promise((resolve) => setTimeout(resolve, PAGE_ENDS_MS));
      }
      if (epoch === this.#epoch) {
        this.#cloud.finish(ticket, ended);
      }
    };
    const work = { input, read, done };
    if (this.#functions === null) {
      this.#startLater(work, epoch);
    } else {
      this.#functions.start(work);
    }
  }

  async #startLater(work, epoch) {
    try {
      this.#coming ??= this.#load();
      const functions = await this.#coming;
      if (epoch === this.#epoch) {
        functions.start(work);
      }
    } catch (error) {
      this.#coming = null;
      const words = `What runs functions could not be loaded: ${error?.message ?? error}`;
      work.done({ Outcome: "Unrunnable", Status: words, DurationMs: 0, MaxMemoryMb: 0 });
    }
  }

  async #load() {
    const { Functions } = await import("./functions.js");
    const { ports, clock, options } = this.#cloud;
    this.#functions = new Functions({ ports, clock, options: options() });
    return this.#functions;
  }
}
