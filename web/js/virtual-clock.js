// The virtual clock inside a Python worker.
//
// CPython reads `Date.now` (time.time, datetime.now) and `performance.now` (time.monotonic,
// time.perf_counter), so both follow the virtual clock here. The cloud worker tells a line through
// time: at the real instant `real` it was `virtual`, and `speed` virtual seconds pass in a real one.
// Virtual time can leap; what `performance.now` shows never runs backwards.

const realDate = Date.now.bind(Date);
const realElapsed = performance.now.bind(performance);

/** Real time, whatever the clock shows: since 1970, and as a stopwatch. In milliseconds. */
export { realDate as realNow, realElapsed as elapsed };

/** Where the line lies in shared memory: an Int32 counter (odd while being written), three Float64. */
export const CLOCK_COUNTER_INDEX = 4;
export const CLOCK_BYTE = 24;

const line = { real: realDate(), virtual: realDate(), speed: 1 };
// performance.now is finer than Date.now: it carries the line on between two tellings.
let elapsedAtReal = realElapsed();
let origin = line.virtual;
let shared = null;
let sharedCounter = 0;

function readLine() {
  return line.virtual + (realElapsed() - elapsedAtReal) * line.speed;
}

/** Takes over what the cloud worker tells. */
export function setClock({ real, virtual, speed }) {
  const before = readLine() - origin;
  Object.assign(line, { real, virtual, speed });
  elapsedAtReal = realElapsed() - (realDate() - real);
  const after = readLine() - origin;
  if (after < before) {
    origin -= before - after;
  }
}

/** From here on the line is read from shared memory, where it changes even while Python runs. */
export function shareClock(buffer) {
  shared = {
    counter: new Int32Array(buffer, 0, CLOCK_COUNTER_INDEX + 1),
    numbers: new Float64Array(buffer, CLOCK_BYTE, 3),
  };
}

function refresh() {
  if (shared === null) {
    return;
  }
  const { counter, numbers } = shared;
  const seen = Atomics.load(counter, CLOCK_COUNTER_INDEX);
  if (seen === sharedCounter || seen % 2 !== 0) {
    return;
  }
  const [real, virtual, speed] = numbers;
  if (Atomics.load(counter, CLOCK_COUNTER_INDEX) === seen) {
    sharedCounter = seen;
    setClock({ real, virtual, speed });
  }
}

/** Virtual milliseconds since 1970. */
export function virtualNow() {
  refresh();
  return readLine();
}

/** Puts the virtual clock in the place of the worker's own. */
export function installClock() {
  Date.now = () => Math.floor(virtualNow());
  performance.now = () => virtualNow() - origin;
}

/** And dates that are made of no other moment. CPython asks none of these; functions of JavaScript do. */
export function installDate() {
  const RealDate = globalThis.Date;
  const now = () => RealDate.now();
  const VirtualDate = new Proxy(RealDate, {
    construct: (target, given, made) => Reflect.construct(target, given.length === 0 ? [now()] : given, made),
    apply: () => String(new RealDate(now())),
  });
  RealDate.prototype.constructor = VirtualDate;
  globalThis.Date = VirtualDate;
}
