// What a script prints, on its way to the page: gathered, sent a few times a second, and bounded. A
// script that prints 100 MB costs the page one megabyte, the last lines, and a note.

const HEAD_BYTES_MAX = 1 << 20;
const TAIL_BYTES_MAX = 1 << 16;
const SEND_BYTES = 1 << 14;
const SEND_EVERY_MS = 30;

const now = performance.now.bind(performance);

/** The last bytes of a stream, in two halves that are filled in turn. */
class Tail {
  #older = new Uint8Array(0);
  #newer = new Uint8Array(TAIL_BYTES_MAX);
  #filled = 0;
  #total = 0;

  push(bytes) {
    this.#total += bytes.length;
    let rest = bytes.subarray(Math.max(0, bytes.length - TAIL_BYTES_MAX));
    while (rest.length > 0) {
      if (this.#filled === TAIL_BYTES_MAX) {
        this.#older = this.#newer;
        this.#newer = new Uint8Array(TAIL_BYTES_MAX);
        this.#filled = 0;
      }
      const part = rest.subarray(0, TAIL_BYTES_MAX - this.#filled);
      this.#newer.set(part, this.#filled);
      this.#filled += part.length;
      rest = rest.subarray(part.length);
    }
  }

  /** The kept bytes, and how many before them are lost. */
  take() {
    const older = this.#older.subarray(this.#filled);
    const kept = new Uint8Array(older.length + this.#filled);
    kept.set(older);
    kept.set(this.#newer.subarray(0, this.#filled), older.length);
    return { kept, lost: this.#total - kept.length };
  }
}

/** One of the two streams: its first megabyte, then its tail. */
class Stream {
  #decoder = new TextDecoder();
  #headBytes = 0;
  #tail = null;

  /** Text to show now; nothing once the head is full. */
  push(bytes) {
    if (this.#headBytes >= HEAD_BYTES_MAX) {
      this.#tail ??= new Tail();
      this.#tail.push(bytes);
      return "";
    }
    this.#headBytes += bytes.length;
    // A copy: shared or growing memory cannot be decoded in place.
    return this.#decoder.decode(bytes.slice(), { stream: true });
  }

  /** What is to be shown at the end of a run: how much was left out, and the last lines. */
  end() {
    if (this.#tail === null) {
      return null;
    }
    const { kept, lost } = this.#tail.take();
    return { lost, text: new TextDecoder().decode(kept) };
  }
}

/** The output of one run after another. */
export class Output {
  #send;
  #streams = {};
  #pending = [];
  #pendingBytes = 0;
  #sentAt = 0;

  /** `send(stream, text)` brings text to the page. */
  constructor(send) {
    this.#send = send;
    this.begin();
  }

  /** A new run begins. */
  begin() {
    this.#streams = { stdout: new Stream(), stderr: new Stream() };
  }

  /** Takes bytes (a view of Python's memory) and says how many it took: all. */
  write(name, bytes) {
    const text = this.#streams[name].push(bytes);
    if (text !== "") {
      this.#pending.push([name, text]);
      this.#pendingBytes += bytes.length;
      if (this.#pendingBytes >= SEND_BYTES || now() - this.#sentAt >= SEND_EVERY_MS) {
        this.flush();
      }
    }
    return bytes.length;
  }

  /** Sends what has waited for long: asked now and then while a script runs and prints no more. */
  tick() {
    if (this.#pendingBytes > 0 && now() - this.#sentAt >= SEND_EVERY_MS) {
      this.flush();
    }
  }

  /** Sends what was gathered: before Python waits, and at the end. */
  flush() {
    let name = "";
    let text = "";
    for (const [next, piece] of this.#pending) {
      if (next !== name && text !== "") {
        this.#send(name, text);
        text = "";
      }
      name = next;
      text += piece;
    }
    if (text !== "") {
      this.#send(name, text);
    }
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#sentAt = now();
  }

  /** The run has ended. */
  end() {
    this.flush();
    for (const [name, stream] of Object.entries(this.#streams)) {
      const rest = stream.end();
      if (rest === null) {
        continue;
      }
      if (rest.lost > 0) {
        this.#send("stderr", `\n… ${rest.lost} bytes of output are left out here …\n`);
      }
      this.#send(name, rest.text);
    }
  }
}
