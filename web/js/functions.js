// Runs functions of the simulated Lambda in this tab: each execution environment is a worker of its own, kept while
// it is warm. The cloud worker fetches this when a function is first invoked (function-work.js).
//
// Differences from AWS: a worker is not frozen between invocations. What a handler takes is real time, whatever the
// virtual clock does, and so is what it sleeps.
import { FunctionEnvironment } from "./function-environment.js";
import { SparePython } from "./function-spare.js";

/** So many run at a time; those that wait for the cloud do not count. */
const AT_ONCE_MAX = 8;
/** There are no more than so many, however many wait. */
const ENVIRONMENTS_MAX = 20;
/** So many are kept that nobody has use for, */
const IDLE_MAX = 6;
/** and for so long. */
const IDLE_MS = 5 * 60 * 1000;

const NO_ROOM =
  `This tab runs ${ENVIRONMENTS_MAX} environments at a time at most, and all of them wait for one more. ` +
  "Functions that call each other that deeply run natively, by `cloudarium endpoint`.";

/** How an invocation ends that cannot run here. */
export const unrunnable = (words) => ({
  Outcome: "Unrunnable",
  Status: words,
  DurationMs: 0,
  MaxMemoryMb: 0,
});

export class Functions {
  #ports;
  #clock;
  #options;
  #environments = new Map();
  #queue = [];
  #spare;

  /**
   * `ports` and `clock` are the cloud worker's; `options` are `{bridge, relay}`: a bridge that is wanted, and where
   * synchronous requests go.
   */
  constructor({ ports, clock, options }) {
    this.#ports = ports;
    this.#clock = clock;
    this.#options = options;
    const isQuiet = () => ![...this.#environments.values()].some(({ isBusy }) => isBusy);
    this.#spare = new SparePython({ ports, options, isQuiet });
  }

  /**
   * Runs an invocation. `input` is the work's, `read(digest, length)` gives a package, and `done(ended)` takes how it
   * ended, as crates/lambda/src/finish.rs reads it.
   */
  start(work) {
    this.#queue.push(work);
    this.#next();
  }

  /** Ends all: the cloud that they belong to is gone. */
  reset() {
    this.#queue = [];
    for (const environment of this.#environments.values()) {
      environment.end();
    }
    this.#environments.clear();
    this.#spare.end();
  }

  #next() {
    while (this.#queue.length > 0) {
      const place = this.#placeFor(this.#queue[0].input.Environment);
      if (place === null) {
        return;
      }
      const work = this.#queue.shift();
      if (place === undefined) {
        work.done(unrunnable(NO_ROOM));
      } else {
        this.#run(place, work);
      }
    }
  }

  /** The environment of that number; null while it has to wait, undefined when it would wait for ever. */
  #placeFor(number) {
    const known = this.#environments.get(number);
    if (known?.isBusy) {
      return null;
    }
    const busy = [...this.#environments.values()].filter(({ isBusy }) => isBusy);
    const running = busy.filter(({ isWaiting }) => !isWaiting);
    if (running.length >= AT_ONCE_MAX) {
      return null;
    }
    if (known !== undefined) {
      return known;
    }
    if (busy.length >= ENVIRONMENTS_MAX) {
      return running.length === 0 ? undefined : null;
    }
    this.#makeRoom(ENVIRONMENTS_MAX - 1);
    return this.#make(number);
  }

  #make(number) {
    const made = new FunctionEnvironment({
      ports: this.#ports,
      clock: this.#clock,
      options: this.#options,
      spare: this.#spare,
    });
    this.#environments.set(number, made);
    return made;
  }

  async #run(environment, work) {
    const number = work.input.Environment;
    let ended = null;
    try {
      ended = await environment.run(work);
    } catch (error) {
      environment.end();
      ended = unrunnable(String(error?.message ?? error));
    }
    if (this.#environments.get(number) !== environment) {
      return;
    }
    if (!environment.isAlive) {
      this.#environments.delete(number);
    }
    this.#makeRoom(ENVIRONMENTS_MAX);
    setTimeout(() => this.#endIdle(), IDLE_MS + 1000);
    if (work.input.Runtime.startsWith("python")) {
      this.#spare.want();
    }
    work.done(ended);
    this.#next();
  }

  /** Ends what nobody has had use for so long. */
  #endIdle() {
    this.#makeRoom(ENVIRONMENTS_MAX);
    if (this.#environments.size === 0) {
      this.#spare.end();
    }
  }

  /** Ends those that wait, the longest first, until there are no more than `most`. */
  #makeRoom(most) {
    const idle = [...this.#environments].filter(([, { isBusy }]) => !isBusy);
    idle.sort(([, one], [, other]) => one.usedAt - other.usedAt);
    let excess = Math.max(this.#environments.size - most, idle.length - IDLE_MAX);
    for (const [number, environment] of idle) {
      if (excess > 0 || performance.now() - environment.usedAt > IDLE_MS) {
        environment.end();
        this.#environments.delete(number);
        excess -= 1;
      }
    }
  }
}
