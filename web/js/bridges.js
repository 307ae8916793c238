// How Python, which is synchronous, waits for an answer of the cloud worker. Three ways, best first:
//
// - shared memory: the worker sleeps in Atomics.wait until the answer lies in a SharedArrayBuffer
//   (needs a cross-origin isolated page);
// - stack switching (JSPI): Python is suspended until a promise is resolved;
// - synchronous XHR: the service worker holds the request until the cloud worker has answered.
//
// Each has `send(message, transfer)`, which gives an answer `{status, headers, body}`, a promise of
// one, or `null` when the learner pressed Stop meanwhile.
import { CLOCK_COUNTER_INDEX, setClock, shareClock } from "./virtual-clock.js";

/** In shared memory: who was answered, how many bytes of headers and of body, the status. */
export const ANSWERED = 0;
export const HEAD_BYTES = 1;
export const BODY_BYTES = 2;
export const STATUS = 3;
/** Behind these numbers and the clock. */
export const DATA_BYTE = 64;
/** A status that says: the answer needs more room, HEAD_BYTES + BODY_BYTES of it. */
export const NEEDS_ROOM = -1;

const SHARED_BYTES = 1 << 20;
const LOOK_FOR_STOP_MS = 100;

const fromUtf8 = new TextDecoder();
const toUtf8 = new TextEncoder();

/** Which bridges this worker or page could use. */
export function availableBridges() {
  const available = [];
  if (globalThis.crossOriginIsolated && typeof SharedArrayBuffer !== "undefined") {
    available.push("sab");
  }
  if (typeof WebAssembly !== "undefined" && "Suspending" in WebAssembly) {
    available.push("jspi");
  }
  if (globalThis.navigator && "serviceWorker" in globalThis.navigator) {
    available.push("xhr");
  }
  return available;
}

/** Shared memory and Atomics.wait. */
export class SharedBridge {
  #port;
  #stopped;
  #id = 0;
  #room;

  /** `stopped()` tells, and forgets, that Stop was pressed. */
  constructor(port, stopped) {
    this.#port = port;
    this.#stopped = stopped;
    this.#useRoom(new SharedArrayBuffer(SHARED_BYTES));
    shareClock(this.#room.buffer);
    port.postMessage({ kind: "shared", buffer: this.#room.buffer });
  }

  send(message, transfer) {
    const id = ++this.#id;
    this.#port.postMessage({ ...message, id }, transfer);
    if (!this.#wait(id)) {
      return null;
    }
    if (this.#room.numbers[STATUS] === NEEDS_ROOM) {
      return this.#receiveLarge(id);
    }
    return this.#receive(this.#room);
  }

  #useRoom(buffer) {
    this.#room = {
      buffer,
      numbers: new Int32Array(buffer, 0, CLOCK_COUNTER_INDEX),
      data: new Uint8Array(buffer, DATA_BYTE),
    };
  }

  /** Looks up now and then, since Stop cannot wake us by itself. */
  #wait(id) {
    const { numbers } = this.#room;
    for (;;) {
      const answered = Atomics.load(numbers, ANSWERED);
      if (answered === id) {
        return true;
      }
      Atomics.wait(numbers, ANSWERED, answered, LOOK_FOR_STOP_MS);
      if (Atomics.load(numbers, ANSWERED) !== id && this.#stopped()) {
        this.#port.postMessage({ kind: "cancel", id });
        return false;
      }
    }
  }

  /** The cloud worker keeps the answer until it is given room enough, used for this answer alone. */
  #receiveLarge(id) {
    const { numbers } = this.#room;
    const bytes = numbers[HEAD_BYTES] + numbers[BODY_BYTES];
    const buffer = new SharedArrayBuffer(DATA_BYTE + bytes);
    const large = { numbers: new Int32Array(buffer, 0, 4), data: new Uint8Array(buffer, DATA_BYTE) };
    this.#port.postMessage({ kind: "room", id, buffer });
    while (Atomics.load(large.numbers, ANSWERED) !== id) {
      Atomics.wait(large.numbers, ANSWERED, 0);
    }
    return this.#receive(large);
  }

  #receive({ numbers, data }) {
    const head = numbers[HEAD_BYTES];
    return {
      status: numbers[STATUS],
      headers: fromUtf8.decode(data.slice(0, head)),
      body: data.slice(head, head + numbers[BODY_BYTES]),
    };
  }
}

/** Promises, for which Python is suspended by stack switching. */
export class PromiseBridge {
  #port;
  #id = 0;
  #waiting = new Map();

  constructor(port) {
    this.#port = port;
    port.addEventListener("message", ({ data }) => {
      const resolve = this.#waiting.get(data.id);
      if (resolve !== undefined) {
        this.#waiting.delete(data.id);
        resolve(data);
      }
    });
  }

  send(message, transfer) {
    const id = ++this.#id;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#port.postMessage({ ...message, id }, transfer);
    });
  }
}

/** A message as the bytes of a request to the service worker: length, JSON, body. */
export function packMessage({ body, ...message }) {
  const head = toUtf8.encode(JSON.stringify(message));
  const packed = new Uint8Array(4 + head.length + (body?.length ?? 0));
  new DataView(packed.buffer).setUint32(0, head.length, true);
  packed.set(head, 4);
  if (body) {
    packed.set(body, 4 + head.length);
  }
  return packed;
}

/** Synchronous XHR, which the service worker (sw.js) answers. */
export class RequestBridge {
  #url;
  #Request;

  constructor(url, Request) {
    this.#url = url;
    this.#Request = Request;
  }

  send(message) {
    const request = new this.#Request();
    request.open("POST", this.#url, false);
    request.responseType = "arraybuffer";
    request.send(packMessage(message));
    const head = request.getResponseHeader("x-cloudarium-answer");
    if (head === null) {
      throw new Error(`the service worker did not answer (status ${request.status})`);
    }
    const { status, headers, clock } = JSON.parse(decodeURIComponent(head));
    setClock(clock);
    return { status, headers, body: new Uint8Array(request.response) };
  }
}
