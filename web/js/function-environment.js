// One execution environment of a function: a worker that is started with the first invocation, and handed one after
// the other. Time-outs are watched from here, since a worker that loops hears nothing.
import { beginPython, launchPython, startNode } from "./function-start.js";

/** How long a start may take, once the interpreter is there: before an invocation, and where nothing else is asked for. */
/* https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib */
const INIT_MS = 10_000;
const INIT_ALONE_MS = 130_000;
/** How long the interpreter may take to come: its files are downloaded when they are first used. */
const LOAD_MS = 180_000;
const NOT_LOADED = {
  outcome: "Unrunnable",
  words: `The interpreter was not loaded within ${LOAD_MS / 60_000} minutes.`,
};
const KILLED = { outcome: "Exited", signal: "signal: killed" };
const TIMED_OUT = { outcome: "TimedOut" };
const OUT_OF_MEMORY = { outcome: "OutOfMemory", signal: "signal: killed" };

export class FunctionEnvironment {
  #ports;
  #clock;
  #options;
  #spare;
  #worker = null;
  #port = null;
  /** The phase that goes on: what has been told of it, and who waits for its end. */
  #phase = null;
  isBusy = false;
  usedAt = performance.now();

  /** `spare` may have a Python that waits (function-spare.js); the others are those of functions.js. */
  constructor({ ports, clock, options, spare }) {
    this.#ports = ports;
    this.#clock = clock;
    this.#options = options;
    this.#spare = spare;
  }

  /** Whether there is a worker that can take an invocation. */
  get isAlive() {
    return this.#worker !== null;
  }

  /** Whether the code waits for the cloud, or sleeps. */
  get isWaiting() {
    return this.#port?.isWaiting ?? false;
  }

  /** Runs an invocation to its end, which is told as crates/lambda/src/finish.rs reads it. */
  async run(work) {
    this.isBusy = true;
    try {
      return await this.#run(work);
    } finally {
      this.isBusy = false;
      this.usedAt = performance.now();
    }
  }

  /** Ends the worker. */
  end() {
    this.#worker?.terminate();
    this.#worker = null;
    if (this.#port !== null) {
      this.#ports.remove(this.#port);
      this.#port = null;
    }
    this.#phase?.end(KILLED);
  }

  async #run(work) {
    const { input } = work;
    const told = new Told(input);
    if (this.#worker === null) {
      const began = await this.#start(work, told);
      if (began.told.outcome !== "Ready") {
        this.end();
        return told.finish(began, true);
      }
    }
    if (input.StartOnly) {
      return told.finish({ told: { outcome: "Ready" }, took: 0 });
    }
    const leftMs = Math.max(0, input.TimeoutMs - (told.againMs ?? 0));
    const ending = this.#until(leftMs);
    const job = jobOf(input, leftMs);
    this.#worker.postMessage({ kind: "invoke", job, clock: { ...this.#clock(), speed: 1 } });
    const ended = await ending;
    told.take(ended, false);
    if (!["Returned", "Failed"].includes(ended.told.outcome) || ended.told.code !== undefined) {
      this.end();
    }
    return told.finish(ended);
  }

  /** Begins; what could not be loaded, or took too long, is tried once more, as a part of the invocation. */
  /* https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib */
  async #start(work, told) {
    const { StartOnly: isAlone, TimeoutMs: timeoutMs } = work.input;
    const first = await this.#begin(work, isAlone ? Math.max(INIT_ALONE_MS, timeoutMs) : INIT_MS);
    told.initMs = first.took;
    told.take(first, true);
    const isLate = first.told.outcome === "TimedOut";
    if (isAlone || !(isLate || first.told.outcome === "InitFailed")) {
      return first;
    }
    this.end();
    const second = await this.#begin(work, timeoutMs);
    told.take(second, false);
    if (isLate) {
      told.initMs = INIT_MS;
      told.againMs = second.told.outcome === "TimedOut" ? timeoutMs : Math.min(second.took, timeoutMs);
    }
    return second;
  }

  /** Starts the worker, and waits until the handler is loaded: so long at most once the interpreter is there. */
  async #begin(work, most) {
    const { input } = work;
    let beganAt = performance.now();
    const began = this.#until(LOAD_MS, NOT_LOADED);
    this.#phase.loaded = () => this.#phase.limit(most, TIMED_OUT);
    // What was downloaded is no part of the function's start.
    const atHand = () => {
      beganAt = performance.now();
    };
    if (input.Runtime.startsWith("python")) {
      await this.#startPython(work, atHand);
    } else {
      await startNode(work, { port: this.#connect(), take: (worker) => this.#take(worker), atHand });
    }
    const outcome = await began;
    return { ...outcome, took: performance.now() - beganAt };
  }

  async #startPython(work, atHand) {
    const spare = this.#spare.take();
    if (spare === null) {
      const take = (worker) => this.#take(worker);
      await launchPython({ ...this.#options, port: this.#connect(), take, atHand });
    } else {
      this.#port = spare.port;
      this.#take(spare.worker);
      if (spare.isLoaded) {
        this.#phase.loaded();
      }
    }
    // It may have been ended meanwhile.
    if (this.#worker !== null) {
      beginPython(this.#worker, work);
    }
  }

  /** A port of the worker's to the cloud. */
  #connect() {
    const channel = new MessageChannel();
    this.#port = this.#ports.addInRealTime(channel.port1);
    return channel.port2;
  }

  #take(worker) {
    this.#worker = worker;
    worker.addEventListener("message", ({ data }) => this.#receive(worker, data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#receive(worker, { kind: "failed", words: event.message || "its worker could not be loaded" });
    });
  }

  #receive(worker, data) {
    if (worker !== this.#worker || this.#phase === null) {
      return;
    }
    switch (data.kind) {
      case "loaded":
        this.#phase.loaded();
        break;
      case "lines":
        this.#phase.lines.push(...data.lines);
        break;
      case "too-big":
        this.#phase.end(OUT_OF_MEMORY);
        break;
      case "begun":
      case "ended":
        this.#phase.lines.push(...data.lines);
        this.#phase.end(data.told, data);
        break;
      case "failed":
        this.#phase.end({ outcome: "Unrunnable", words: data.words });
        break;
    }
  }

  /** The end of the phase that begins now: `{told, took, memory, lines}`; `late` is told after so long. */
  #until(ms, late = TIMED_OUT) {
    return new Promise((resolve) => {
      const beganAt = performance.now();
      let timer = null;
      const phase = { lines: [], loaded() {} };
      phase.end = (told, { took = performance.now() - beganAt, memory = 0 } = {}) => {
        clearTimeout(timer);
        this.#phase = null;
        resolve({ told, took, memory, lines: phase.lines });
      };
      phase.limit = (most, end) => {
        clearTimeout(timer);
        timer = setTimeout(() => phase.end(end), most);
      };
      this.#phase = phase;
      phase.limit(ms, late);
    });
  }
}

/** What the worker is handed of an invocation, which has so long. */
function jobOf(input, leftMs) {
  return {
    id: input.RequestId,
    arn: input.InvokedFunctionArn,
    payload: input.Payload,
    timeout_ms: leftMs,
    client_context: contextOf(input.ClientContext),
    trace: input.TraceId,
  };
}

/** The client's context: JSON in base64, or nothing. */
function contextOf(sent) {
  try {
    const bytes = Uint8Array.from(atob(sent), (letter) => letter.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

/** Bytes that are no text are answered as what can be read of them. */
const textOf = (base64) =>
  base64 && new TextDecoder().decode(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));

/** What is told of an invocation. */
class Told {
  #input;
  #lines = [];
  #memory = 0;
  initMs = null;
  /** How long the start took that is a part of the invocation, as the first had taken too long. */
  againMs = null;

  /** `input` is the work's. */
  constructor(input) {
    this.#input = input;
  }

  /** Takes over what a phase left: its lines, and how much memory was used. */
  take({ told, took, memory, lines }, isInit) {
    this.#memory = Math.max(this.#memory, memory);
    const last = told.log === undefined ? [] : [[took, told.log]];
    for (const [at, text] of [...lines, ...last]) {
      this.#lines.push({ AtMs: at + (this.againMs ?? 0), Text: text, DuringInit: isInit });
    }
  }

  /** `isStart`: what ended was a start. */
  finish({ told, took }, isStart = false) {
    const { TimeoutMs: timeoutMs, MemoryMb: memoryMb } = this.#input;
    const duration = isStart ? took : took + (this.againMs ?? 0);
    const ended = {
      Outcome: told.outcome,
      DurationMs: told.outcome === "TimedOut" ? timeoutMs : duration,
      MaxMemoryMb: told.outcome === "OutOfMemory" ? memoryMb : Math.ceil(this.#memory),
      Lines: this.#lines,
      Payload: told.payload ?? textOf(told.bytes) ?? "null",
      Status: told.words ?? told.signal ?? (told.code ? `exit status ${told.code}` : ""),
    };
    if (told.stream !== undefined) {
      ended.Stream = told.stream;
    }
    if (this.initMs !== null) {
      ended.InitMs = this.initMs;
    }
    if (this.againMs !== null) {
      ended.AgainMs = this.againMs;
    }
    return ended;
  }
}
