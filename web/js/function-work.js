// What the cloud asks its host for, in the cloud worker: functions to be run (functions.js, which is fetched when one
// is first invoked). What belongs to a cloud that has been closed, emptied or left is of no interest any more.

/**
 * A page that is being left cannot load anything any more, and its workers go on for a moment. What could not run is
 * told only after so long: in such a page never, so that the next one runs it anew.
 */
const PAGE_ENDS_MS = 2000;

export class FunctionWork {
  #cloud;
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
    this.#functions?.then(
      (functions) => functions.reset(),
      () => {},
    );
  }

  async #start({ ticket, input, epoch }, read) {
    const done = async (ended) => {
      if (ended.Outcome === "Unrunnable") {
        await new Promise((resolve) => setTimeout(resolve, PAGE_ENDS_MS));
      }
      if (epoch === this.#epoch) {
        this.#cloud.finish(ticket, ended);
      }
    };
    try {
      this.#functions ??= this.#load();
      const functions = await this.#functions;
      if (epoch === this.#epoch) {
        functions.start({ input, read, done });
      }
    } catch (error) {
      this.#functions = null;
      const words = `What runs functions could not be loaded: ${error?.message ?? error}`;
      done({ Outcome: "Unrunnable", Status: words, DurationMs: 0, MaxMemoryMb: 0 });
    }
  }

  async #load() {
    const { Functions } = await import("./functions.js");
    const { ports, clock, options } = this.#cloud;
    return new Functions({ ports, clock, options: options() });
  }
}
