// The cloud worker's side of the bridges: one port for each worker with Python or a function (and one for the
// service worker, in a browser that needs it).
import { ANSWERED, BODY_BYTES, DATA_BYTE, HEAD_BYTES, NEEDS_ROOM, STATUS } from "./bridges.js";
import { CLOCK_BYTE, CLOCK_COUNTER_INDEX } from "./virtual-clock.js";

/** A sleep is answered after this long at the latest: asleep still, ask again. */
const SLEEP_MS_MAX = 20_000;
const SLEPT = 0;
const AGAIN = 1;
/** What was asked of the learner is answered by a line, or by the end of the input. */
const LINE = 0;
const INPUT_ENDED = 2;

/** The clock of a sleep that no virtual clock shortens. */
const REAL_TIME = { real: 0, virtual: 0, speed: 1 };

const toUtf8 = new TextEncoder();
const NOTHING = new Uint8Array(0);

/** Writes an answer where the Python worker waits, and wakes it. */
function writeShared(buffer, id, { status, head, body }) {
  const numbers = new Int32Array(buffer, 0, CLOCK_COUNTER_INDEX);
  numbers[HEAD_BYTES] = head.length;
  numbers[BODY_BYTES] = body.length;
  numbers[STATUS] = status;
  if (status !== NEEDS_ROOM) {
    const data = new Uint8Array(buffer, DATA_BYTE);
    data.set(head);
    data.set(body, head.length);
  }
  Atomics.store(numbers, ANSWERED, id);
  Atomics.notify(numbers, ANSWERED);
}

/** One client of the cloud, and the requests of its that wait. */
class Port {
  #port;
  #cloud;
  /** Lines that nobody has asked for yet, shared by all clients. */
  #lines;
  #shared = null;
  /** Answers that are too large for the shared memory, by request. */
  #large = new Map();
  /** Sleeps by request: until when, and the timer that looks again. */
  #sleeps = new Map();
  /** Requests that wait for a line of the learner's: by what is asked, the request and its timer. */
  #asks = new Map();
  #waiting = new Set();

  constructor(port, cloud, lines) {
    this.#port = port;
    this.#cloud = cloud;
    this.#lines = lines;
    port.onmessage = ({ data }) => this.#receive(data);
  }

  #receive(data) {
    switch (data.kind) {
      case "http":
        this.#waiting.add(data.id);
        this.#cloud.request(data, (answer) => this.#answer(data.id, answer));
        break;
      case "sleep":
        this.#waiting.add(data.id);
        this.#sleeps.set(data.id, { until: data.until, real: data.real === true, timer: null });
        this.#lookAt(data.id);
        break;
      case "input":
        this.#waiting.add(data.id);
        this.#ask(data);
        break;
      case "cancel":
        this.#waiting.delete(data.id);
        this.#forgetSleep(data.id);
        break;
      case "shared":
        this.#shared = data.buffer;
        this.tellClock();
        break;
      case "room":
        writeShared(data.buffer, data.id, this.#large.get(data.id));
        this.#large.delete(data.id);
        break;
    }
  }

  /** A line may have come before it was asked for: the page and the worker each have their own way here. */
  #ask({ id, ask }) {
    if (this.#lines.has(ask)) {
      this.#answerLine(id, this.#lines.get(ask));
      this.#lines.delete(ask);
      return;
    }
    const timer = setTimeout(() => {
      this.#asks.delete(ask);
      this.#answer(id, { status: AGAIN, headers: "{}", body: NOTHING.slice() });
    }, SLEEP_MS_MAX);
    this.#asks.set(ask, { id, timer });
  }

  /** Says whether this client waits for the line. */
  takeLine(ask, text) {
    const waiting = this.#asks.get(ask);
    if (waiting === undefined) {
      return false;
    }
    clearTimeout(waiting.timer);
    this.#asks.delete(ask);
    this.#answerLine(waiting.id, text);
    return true;
  }

  #answerLine(id, text) {
    const status = text === null ? INPUT_ENDED : LINE;
    this.#answer(id, { status, headers: "{}", body: toUtf8.encode(text ?? "") });
  }

  #answer(id, { status, headers, body }) {
    // A request that was given up must not be answered: its place may be another's by now.
    if (!this.#waiting.delete(id)) {
      return;
    }
    if (this.#shared === null) {
      const clock = this.#cloud.clock();
      this.#port.postMessage({ id, status, headers, body, clock }, [body.buffer]);
      return;
    }
    const answer = { status, head: toUtf8.encode(headers), body };
    if (DATA_BYTE + answer.head.length + body.length <= this.#shared.byteLength) {
      writeShared(this.#shared, id, answer);
    } else {
      this.#large.set(id, answer);
      writeShared(this.#shared, id, { ...answer, status: NEEDS_ROOM });
    }
  }

  /** Tells a change of the clock, and looks at all sleeps by it. */
  tellClock() {
    const clock = this.#cloud.clock();
    if (this.#shared === null) {
      this.#port.postMessage({ kind: "clock", ...clock });
    } else {
      const counter = new Int32Array(this.#shared, 0, CLOCK_COUNTER_INDEX + 1);
      const numbers = new Float64Array(this.#shared, CLOCK_BYTE, 3);
      Atomics.add(counter, CLOCK_COUNTER_INDEX, 1);
      numbers.set([clock.real, clock.virtual, clock.speed]);
      Atomics.add(counter, CLOCK_COUNTER_INDEX, 1);
    }
    for (const id of this.#sleeps.keys()) {
      this.#lookAt(id);
    }
  }

  /** The earliest virtual instant that a sleep here waits for. */
  earliestSleep() {
    const sleeps = [...this.#sleeps.values()].filter(({ real }) => !real);
    return Math.min(...sleeps.map(({ until }) => until));
  }

  /** Whether this client waits for an answer of the cloud's. */
  get isWaiting() {
    return this.#waiting.size > 0;
  }

  #lookAt(id) {
    const sleep = this.#sleeps.get(id);
    clearTimeout(sleep.timer);
    const { real, virtual, speed } = sleep.real ? REAL_TIME : this.#cloud.clock();
    const now = virtual + (Date.now() - real) * speed;
    if (now >= sleep.until) {
      this.#endSleep(id, SLEPT);
      return;
    }
    const wait = speed === 0 ? Infinity : Math.ceil((sleep.until - now) / speed);
    const began = (sleep.began ??= Date.now());
    const left = Math.max(0, began + SLEEP_MS_MAX - Date.now());
    sleep.timer = setTimeout(
      () => {
        if (wait > left) {
          this.#endSleep(id, AGAIN);
        } else {
          this.#lookAt(id);
        }
      },
      Math.min(wait, left),
    );
  }

  #endSleep(id, status) {
    this.#forgetSleep(id);
    this.#answer(id, { status, headers: "{}", body: NOTHING.slice() });
  }

  #forgetSleep(id) {
    clearTimeout(this.#sleeps.get(id)?.timer);
    this.#sleeps.delete(id);
  }
}

/** All ports. `cloud` offers `request(message, answer)` and `clock()`. */
export class Ports {
  #cloud;
  #ports = [];
  #lines = new Map();

  constructor(cloud) {
    this.#cloud = cloud;
  }

  add(port) {
    return this.#add(new Port(port, this.#cloud, this.#lines));
  }

  /** A client that takes the virtual time over and then lives in real time, as functions do. */
  addInRealTime(port) {
    const clock = () => ({ ...this.#cloud.clock(), speed: 1 });
    return this.#add(new Port(port, { ...this.#cloud, clock }, this.#lines));
  }

  #add(added) {
    this.#ports.push(added);
    added.tellClock();
    return added;
  }

  /** The client is gone. */
  remove(gone) {
    this.#ports = this.#ports.filter((port) => port !== gone);
  }

  tellClock() {
    for (const port of this.#ports) {
      port.tellClock();
    }
  }

  /** A line that the learner typed for what was asked; `null` ends the input. */
  takeLine(ask, text) {
    if (this.#ports.some((port) => port.takeLine(ask, text))) {
      return;
    }
    this.#lines.set(ask, text);
    // A script that was ended meanwhile never asks for its line.
    setTimeout(() => this.#lines.delete(ask), 2 * SLEEP_MS_MAX);
  }

  /** The earliest virtual instant that a script sleeps for; Infinity when none does. */
  earliestSleep() {
    return Math.min(Infinity, ...this.#ports.map((port) => port.earliestSleep()));
  }
}
