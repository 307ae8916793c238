// Whether anything is still to come of what a function's JavaScript has begun. Node.js says when its event loop is
// empty (`beforeExit`); a browser does not, so what can keep it busy is counted here: timers, and the promises of what a
// worker does by itself. https://nodejs.org/api/process.html#event-beforeexit

/** So long nothing may have begun or ended: what is not counted is done within. */
const QUIET_MS = 20;

/** Methods that answer by promises when the worker has done something. */
const COUNTED = {
  Blob: ["text", "arrayBuffer", "bytes"],
  Request: ["text", "arrayBuffer", "bytes", "json", "blob", "formData"],
  Response: ["text", "arrayBuffer", "bytes", "json", "blob", "formData"],
  ReadableStream: ["pipeTo"],
  ReadableStreamDefaultReader: ["read"],
  ReadableStreamBYOBReader: ["read"],
  WritableStreamDefaultWriter: ["write", "close"],
  SubtleCrypto: [
    "encrypt",
    "decrypt",
    "sign",
    "verify",
    "digest",
    "generateKey",
    "deriveKey",
    "deriveBits",
    "importKey",
    "exportKey",
    "wrapKey",
    "unwrapKey",
  ],
};
const COUNTED_OF_WEBASSEMBLY = ["compile", "instantiate"];

/** A timer as Node.js has them. https://nodejs.org/api/timers.html#class-timeout */
class Timeout {
  #loop;
  #start;
  #stop;
  #isRef = true;
  id = 0;

  constructor(loop, start, stop) {
    this.#loop = loop;
    this.#start = start;
    this.#stop = stop;
    this.refresh();
  }

  ref() {
    this.#isRef = true;
    this.#loop.holds(this);
    return this;
  }

  unref() {
    this.#isRef = false;
    this.#loop.lets(this);
    return this;
  }

  hasRef() {
    return this.#isRef;
  }

  refresh() {
    this.#stop(this.id);
    this.id = this.#start();
    if (this.#isRef) {
      this.#loop.holds(this);
    }
    return this;
  }

  close() {
    this.#stop(this.id);
    this.#loop.lets(this);
    return this;
  }

  [Symbol.toPrimitive]() {
    return this.id;
  }
}

export class Loop {
  /** What keeps it busy: timers, and one object for each promise. */
  #busy = new Set();
  /** Timers by number, for those who clear them by it. */
  #timers = new Map();
  #emptied = null;
  #quiet = 0;
  #setTimeout;
  #clearTimeout;

  /** Puts counted ones in the place of what `host` has: a worker's global object. */
  constructor(host) {
    const { setTimeout, clearTimeout, setInterval, clearInterval } = host;
    this.#setTimeout = setTimeout.bind(host);
    this.#clearTimeout = clearTimeout.bind(host);
    const [every, stopEvery] = [setInterval.bind(host), clearInterval.bind(host)];
    const clear = (timer) => (timer instanceof Timeout ? timer : this.#timers.get(Number(timer)))?.close();
    const once = (work, ms, ...given) =>
      this.#timer(work, given, (run) => this.#setTimeout(run, ms), clearTimeout.bind(host), true);
    Object.assign(host, {
      setTimeout: once,
      setImmediate: (work, ...given) => once(work, 0, ...given),
      setInterval: (work, ms, ...given) =>
        this.#timer(work, given, (run) => every(run, ms), stopEvery, false),
      clearTimeout: clear,
      clearImmediate: clear,
      clearInterval: clear,
    });
    for (const [name, methods] of Object.entries(COUNTED)) {
      this.#countAll(host[name]?.prototype, methods);
    }
    this.#countAll(host.WebAssembly, COUNTED_OF_WEBASSEMBLY);
  }

  /** Has `emptied` called whenever nothing more is to come, until `null` is given. */
  watch(emptied) {
    this.#emptied = emptied;
    this.#changed();
  }

  /** It is busy with this from now on. */
  holds(what) {
    this.#busy.add(what);
    this.#changed();
  }

  /** It is no longer busy with this. */
  lets(what) {
    this.#busy.delete(what);
    this.#changed();
  }

  /** The function, whose promises keep it busy until they are settled. */
  counted(work) {
    const loop = this;
    return function (...given) {
      const one = {};
      loop.holds(one);
      const done = () => loop.lets(one);
      // Whoever called has to look after its rejection, as without this.
      return Promise.resolve(Reflect.apply(work, this, given)).finally(done);
    };
  }

  #countAll(place, methods) {
    for (const method of methods) {
      if (typeof place?.[method] === "function") {
        place[method] = this.counted(place[method]);
      }
    }
  }

  #timer(work, given, begin, end, isOnce) {
    if (typeof work !== "function") {
      const words = 'The "callback" argument must be of type function.';
      throw Object.assign(new TypeError(words), { code: "ERR_INVALID_ARG_TYPE" });
    }
    const run = () => {
      if (isOnce) {
        this.#timers.delete(timer.id);
        this.lets(timer);
      }
      work(...given);
      this.#changed();
    };
    const start = () => {
      const id = Number(begin(run));
      this.#timers.set(id, timer);
      return id;
    };
    const stop = (id) => {
      this.#timers.delete(id);
      end(id);
    };
    let timer = null;
    timer = new Timeout(this, start, stop);
    this.#timers.set(timer.id, timer);
    return timer;
  }

  #changed() {
    this.#clearTimeout(this.#quiet);
    if (this.#emptied !== null && this.#busy.size === 0) {
      this.#quiet = this.#setTimeout(() => this.#emptied?.(), QUIET_MS);
    }
  }
}
