// What a function's code writes, as lines with the moments at which they were written. They leave the worker in
// batches, and those that were not sent yet with the invocation's end: a worker that is ended has told nearly all.
import { RECORD } from "./function-handler.js";
import { elapsed } from "./virtual-clock.js";

/** A line of the log is cut here: AWS's events hold no more. */
const LINE_LENGTH_MAX = 256 * 1024;
/** So much log is kept of one invocation. */
const LOG_LENGTH_MAX = 8 * 1024 * 1024;
/** What an event costs beside its text. */
const EVENT_LENGTH = 26;
const SEND_EVERY_MS = 30;
const TOO_MUCH = `[Cloudarium keeps no more than ${LOG_LENGTH_MAX} bytes of one log]\n`;

/** A line, or the record that is written in it (`framed` in function-handler.js), and what stands before that. */
function recordsOf(line) {
  const at = line.indexOf(RECORD);
  if (at < 0) {
    return [line];
  }
  const record = line.slice(at + RECORD.length).replace(/\n$/, "");
  const whole = record.replaceAll("\0n", "\n").replaceAll("\0" + "0", "\0");
  return at === 0 ? [whole] : [line.slice(0, at), whole];
}

export class FunctionLog {
  #send;
  #began = 0;
  #sentAt = 0;
  #length = 0;
  #lines = [];
  /** By stream: a decoder, and the line that has not ended yet. */
  #streams = new Map();

  /** `send(lines)` takes `[milliseconds, text]` each. */
  constructor(send) {
    this.#send = send;
  }

  /** A new invocation begins. */
  begin() {
    this.#began = elapsed();
    this.#sentAt = this.#began;
    this.#length = 0;
    this.#lines = [];
    this.#streams.clear();
  }

  /** How long it has taken so far. */
  get took() {
    return elapsed() - this.#began;
  }

  /** Takes bytes (a view of Python's memory) and says how many it took: all. */
  write(name, bytes) {
    if (this.#length < LOG_LENGTH_MAX) {
      const stream = this.#stream(name);
      // A copy: growing memory cannot be decoded in place.
      this.#writeTo(stream, stream.decoder.decode(bytes.slice(), { stream: true }));
    }
    return bytes.length;
  }

  /** Takes text. */
  writeText(text) {
    if (this.#length < LOG_LENGTH_MAX) {
      this.#writeTo(this.#stream(""), text);
    }
  }

  #stream(name) {
    if (!this.#streams.has(name)) {
      this.#streams.set(name, { decoder: new TextDecoder(), rest: "" });
    }
    return this.#streams.get(name);
  }

  #writeTo(stream, text) {
    const lines = (stream.rest + text).split(/(?<=\n)/);
    const isWhole = lines.at(-1).endsWith("\n") || lines.at(-1).length >= LINE_LENGTH_MAX;
    stream.rest = isWhole ? "" : lines.pop();
    lines.flatMap(recordsOf).forEach((line) => this.#keep(line));
    this.tick();
  }

  /** Keeps a line, unless there are too many already, which is told once. */
  #keep(line) {
    for (let at = 0; at < line.length && this.#length < LOG_LENGTH_MAX; at += LINE_LENGTH_MAX) {
      const piece = line.slice(at, at + LINE_LENGTH_MAX);
      this.#length += piece.length + EVENT_LENGTH;
      this.#lines.push([this.took, piece]);
      if (this.#length >= LOG_LENGTH_MAX) {
        this.#lines.push([this.took, TOO_MUCH]);
      }
    }
  }

  /** Sends what has waited for long: asked now and then while the code runs. */
  tick() {
    if (this.#lines.length > 0 && elapsed() - this.#sentAt >= SEND_EVERY_MS) {
      this.flush();
    }
  }

  /** Sends what there is: before the code waits. */
  flush() {
    this.#sentAt = elapsed();
    if (this.#lines.length > 0) {
      this.#send(this.#lines.splice(0));
    }
  }

  /** The invocation has ended: what was not sent yet. */
  end() {
    for (const { rest } of this.#streams.values()) {
      recordsOf(rest).forEach((line) => this.#keep(line));
    }
    this.#streams.clear();
    return this.#lines.splice(0);
  }
}
