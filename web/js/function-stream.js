// What functions of JavaScript have of Node.js's streams in the tab: enough to write an answer piece by piece, and to
// pass on what comes piece by piece. https://nodejs.org/api/stream.html

/** What is told to those who listen. */
class Events {
  #listeners = new Map();

  on(name, listener) {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
    return this;
  }

  once(name, listener) {
    const once = (...told) => {
      this.off(name, once);
      listener(...told);
    };
    return this.on(name, once);
  }

  off(name, listener) {
    const others = (this.#listeners.get(name) ?? []).filter((one) => one !== listener);
    this.#listeners.set(name, others);
    return this;
  }

  emit(name, ...told) {
    const those = this.#listeners.get(name) ?? [];
    for (const listener of those) {
      listener(...told);
    }
    return those.length > 0;
  }

  addListener(name, listener) {
    return this.on(name, listener);
  }

  removeListener(name, listener) {
    return this.off(name, listener);
  }
}

const toUtf8 = new TextEncoder();

/** Takes pieces, and hands them on at once: it is never full. */
export class Writable extends Events {
  #put;
  writable = true;
  writableEnded = false;
  writableFinished = false;
  destroyed = false;

  /** `options` are `{write(chunk, encoding, done)}`, as Node.js has them. */
  constructor({ write }) {
    super();
    this.#put = write;
  }

  write(chunk, encoding, done) {
    const [coding, tell] = typeof encoding === "function" ? ["utf8", encoding] : [encoding, done];
    if (this.writableEnded || this.destroyed) {
      const words = this.destroyed ? "Cannot call write after a stream was destroyed" : "write after end";
      const code = this.destroyed ? "ERR_STREAM_DESTROYED" : "ERR_STREAM_WRITE_AFTER_END";
      throw Object.assign(new Error(words), { code });
    }
    if (typeof chunk !== "string" && !ArrayBuffer.isView(chunk)) {
      const words =
        'The "chunk" argument must be of type string or an instance of Buffer, TypedArray, or DataView.';
      throw Object.assign(new TypeError(words), { code: "ERR_INVALID_ARG_TYPE" });
    }
    const bytes = typeof chunk === "string" ? toUtf8.encode(chunk) : chunk;
    this.#put(bytes, coding, (error) => tell?.(error));
    return true;
  }

  end(chunk, encoding, done) {
    const given = [chunk, encoding, done];
    const tell = given.find((one) => typeof one === "function");
    if (chunk !== undefined && chunk !== null && typeof chunk !== "function") {
      this.write(chunk, typeof encoding === "string" ? encoding : undefined);
    }
    if (!this.writableEnded) {
      this.writableEnded = true;
      this.writable = false;
      this.writableFinished = true;
      queueMicrotask(() => {
        this.emit("finish");
        this.emit("close");
      });
    }
    if (tell) {
      queueMicrotask(tell);
    }
    return this;
  }

  destroy(error) {
    this.destroyed = true;
    this.writable = false;
    if (error) {
      queueMicrotask(() => this.emit("error", error));
    }
    return this;
  }

  cork() {}

  uncork() {}
}

/** Gives pieces, one after the other. */
export class Readable extends Events {
  #pieces;

  constructor(pieces) {
    super();
    this.#pieces = pieces;
  }

  /** A text or bytes are one piece, as in Node.js. */
  static from(pieces) {
    const whole = typeof pieces === "string" || ArrayBuffer.isView(pieces);
    return new Readable(whole ? [pieces] : pieces);
  }

  async *[Symbol.asyncIterator]() {
    yield* this.#pieces;
  }

  pipe(to) {
    copy(this, to).catch((error) => to.destroy(error));
    return to;
  }
}

async function copy(from, to) {
  for await (const piece of from) {
    to.write(piece);
  }
  to.end();
}

/** Passes pieces from the first through all others to the last; those between are functions of what comes. */
async function passOn(...parts) {
  const [first, ...rest] = parts;
  const last = rest.pop();
  const through = rest.reduce((pieces, part) => part(pieces), typeof first === "function" ? first() : first);
  try {
    await copy(through, last);
  } catch (error) {
    last.destroy(error);
    throw error;
  }
}

/** https://nodejs.org/api/stream.html#streampipelinesource-transforms-destination-callback */
function pipeline(...parts) {
  const done = typeof parts.at(-1) === "function" ? parts.pop() : () => {};
  passOn(...parts).then(() => done(), done);
  return parts.at(-1);
}

export const promises = { pipeline: passOn };
export const stream = { Readable, Writable, pipeline, promises };
