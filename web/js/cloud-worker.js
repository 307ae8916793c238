// The cloud worker: owns the simulated cloud (crates/bridge) and everything that is kept of it. The
// page (cloud.js) and the Python workers (cloud-ports.js) are its clients.
//
// It is the only place where the cloud meets real time, storage and the lock between tabs. Messages
// from the page are {id, kind, ...}, answers {id, ok} | {id, fault} | {id, error}; what happens by
// itself is told by {notice, ...}.
import { Bridge, hasRoom, hasWhatItReached } from "../cloud.js";
import { Owner } from "./cloud-owner.js";
import { Ports } from "./cloud-ports.js";
import { needRooms, needRoomsSoon, roomsAreHere } from "./cloud-rooms.js";
import { serving } from "./cloud-copies.js";
import { prepare, started } from "./cloud-prepare.js";
import { FunctionWork } from "./function-work.js";
import { findLesson, followChanges, lessonList } from "./lesson-files.js";

/** What changed is told so soon after it did, */
const TOLD_AFTER_MS = 50;
/** and so rarely while much changes: whoever reads it takes time from the script that makes the calls. */
const TOLD_EVERY_MS = 250;
const TRY_AGAIN_EVERY_MS = 30_000;
const TIMER_MS_MAX = 2 ** 31 - 1;
const CALLS_MAX = 10_000;
const SANDBOX = "sandbox";
const NOTHING = new Uint8Array(0);

const OWNED_ELSEWHERE = "Another tab has this cloud open. Close it, or take the cloud over, to go on here.";
const TAKEN_OVER = "Another tab has taken this cloud over.";
const CAME_BACK = "The cloud is here now.";

/** The open cloud: `{name, bridge, storage, kind}`; null while there is none here. */
let open = null;
let owned = false;
let crashed = false;
let options = { learner: "learner", storage: null };
/** What has to wait until a cloud is open. */
let waiting = [];
let lastRequest = 0;
const answers = new Map();
/** The page's calls that wait for their answers: by number, who takes the outcome. */
const calls = new Map();
let wakeTimer = null;
let changedTimer = null;
let toldSeq = 0;
let toldAt = -Infinity;
let toldWords = null;

const owner = new Owner({ onChange: ownerChanged, onLetGo: () => inTurn(close) });
const ports = new Ports({ request, clock });
const functionWork = new FunctionWork({
  bridge: () => open.bridge,
  finish: workDone,
  ports,
  clock,
  options: () => ({ bridge: options.bridge, relay: options.relay }),
});
/** The folder of the lesson that was opened last, whether it could be or not. */
let lessonFolder = null;

const now = () => Date.now();

function whenOpen(work) {
  if (open === null) {
    waiting.push(work);
  } else {
    work();
  }
}

/** Runs `work` on the cloud. A trap of wasm leaves it in no known state: the page starts it anew. */
function guarded(work) {
  try {
    return work();
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      crashed = true;
      const words = "The simulated cloud crashed. It is brought back from what was kept of it.";
      postMessage({ notice: "crashed", words, detail: String(error.stack ?? error) });
    }
    throw error;
  }
}

// Time.

function clock() {
  const real = now();
  if (open === null) {
    return { real, virtual: real, speed: 1 };
  }
  return { real, virtual: open.bridge.virtualNow(real), speed: open.bridge.speed() };
}

function clockAnswer() {
  const { virtual, speed } = clock();
  return { now: virtual, speed, next_timer: open.bridge.nextTimer() ?? null };
}

function scheduleWake() {
  clearTimeout(wakeTimer);
  const wait = open?.bridge.realUntilNextTimer(now());
  if (wait !== undefined) {
    wakeTimer = setTimeout(wake, Math.min(wait, TIMER_MS_MAX));
  }
}

function wake() {
  if (open !== null && !crashed) {
    guarded(() => open.bridge.advance(now()));
    release();
  }
}

function setClock({ speed, jump_ms: jump, next }) {
  const { bridge } = open;
  if (speed !== undefined) {
    bridge.setSpeed(speed, now());
  }
  if (jump !== undefined) {
    bridge.jump(jump, now());
  }
  if (next) {
    const due = Math.min(bridge.nextTimer() ?? Infinity, ports.earliestSleep());
    if (due !== Infinity) {
      bridge.jumpTo(due, now());
    }
  }
  release();
  ports.tellClock();
  return clockAnswer();
}

// Requests and answers.

let canned = null;

/** For measuring what the way to the cloud costs: every request is answered so, and the cloud hears nothing of it. */
function answerAtOnce(answer) {
  canned = answer;
  return null;
}

function request(message, answer) {
  if (canned !== null) {
    answer({ ...canned, body: canned.body.slice() });
    return;
  }
  if (!owned && open === null && options.opened) {
    answer(unavailable());
    return;
  }
  whenOpen(() => ask(message, answer));
}

function ask(message, answer) {
  const { method, url, headers, body, source } = message;
  const id = ++lastRequest;
  answers.set(id, answer);
  const taken = guarded(() =>
    open.bridge.request(id, method, url, headers, body ?? NOTHING, source ?? "", now()),
  );
  if (taken) {
    release();
    return;
  }
  answers.delete(id);
  needRooms().then(
    () => request(message, answer),
    (error) => answer(refusal(503, "ServiceUnavailable", error.message)),
  );
}

/** Opens a link as anybody would who has nothing but the link. */
function openLink({ url, method = "GET", body }) {
  return new Promise((resolve) => request({ method, url, headers: "{}", body, source: "link" }, resolve));
}

const unavailable = () => refusal(403, "AccessDenied", OWNED_ELSEWHERE);

function refusal(status, code, words) {
  const body = `<Error><Code>${code}</Code><Message>${words}</Message></Error>`;
  return { status, headers: '{"content-type":"application/xml"}', body: new TextEncoder().encode(body) };
}

/** Whether a function has ended since the page was told last: its call is no new one, but is answered now. */
let someEnded = false;

/** A function has run to its end. */
function workDone(ticket, ended) {
  if (open !== null && !crashed) {
    someEnded = true;
    guarded(() => open.bridge.workDone(ticket, JSON.stringify(ended)));
    release();
  }
}

/** Lets answers out, once what they tell of is kept; begins what the cloud asks for. */
function release() {
  const ready = open.bridge.takeAnswers();
  functionWork.begin();
  settleCalls();
  whenKept(() => {
    for (const answer of ready) {
      const { id, status, headers, body } = answer;
      answer.free();
      const deliver = answers.get(id);
      answers.delete(id);
      deliver?.({ status, headers, body });
    }
  });
  tellStorage();
  scheduleWake();
  changedTimer ??= setTimeout(
    tellChanged,
    Math.max(TOLD_AFTER_MS, toldAt + TOLD_EVERY_MS - performance.now()),
  );
}

function whenKept(work) {
  const settled = open.storage.settled();
  if (settled === null) {
    work();
    return;
  }
  const { bridge } = open;
  settled.then(work, (error) => {
    bridge.storageFailed(error?.name ?? "", error?.message ?? String(error));
    tellStorage();
    work();
  });
}

/** Keeps what has been asked and is not answered yet. */
function commit() {
  guarded(() => open.bridge.commit());
  whenKept(tellStorage);
}

function tellChanged() {
  changedTimer = null;
  if (open === null || crashed) {
    return;
  }
  commit();
  const changes = JSON.parse(open.bridge.changes(toldSeq));
  if (changes.seq !== toldSeq || someEnded) {
    someEnded = false;
    toldSeq = changes.seq;
    toldAt = performance.now();
    postMessage({ notice: "changed", ...changes });
  }
}

function tellStorage() {
  const failure = open.bridge.storageWords();
  const words = failure ?? open.words;
  if (words === toldWords) {
    return;
  }
  toldWords = words;
  const state = failure === undefined ? open.kind : "memory";
  postMessage({ notice: "storage", state, words });
}

setInterval(() => {
  if (open !== null && !crashed && open.bridge.storageWords() !== undefined) {
    guarded(() => open.bridge.tryAgain());
    whenKept(tellStorage);
  }
}, TRY_AGAIN_EVERY_MS);

// Opening and closing.

/** Opening and closing happen one after the other: two clouds on the same files would spoil them. */
let lastTurn = Promise.resolve();

function inTurn(work) {
  const turn = lastTurn.then(work);
  lastTurn = turn.catch(() => {});
  return turn;
}

const openCloud = (lesson) => inTurn(() => openNow(lesson));

async function openNow(lesson) {
  const name = lesson ?? SANDBOX;
  if (open?.name === name) {
    return;
  }
  await close();
  const source = lesson === null ? null : await findLesson(lesson);
  lessonFolder = source?.folder ?? null;
  const { contents, kept } = await prepare(name, options.storage, source);
  const { kind, words, storage } = kept;
  const services = source?.services ?? [];
  if (services.every((service) => hasRoom(service, "")) && hasWhatItReached(storage)) {
    needRoomsSoon();
  } else {
    await needRooms();
  }
  const bridge = guarded(() =>
    source === null
      ? Bridge.sandbox(storage, crypto.getRandomValues(new Uint32Array(1))[0], now())
      : Bridge.lesson(storage, source.folder, source.names, contents, options.learner, now()),
  );
  open = { name, bridge, storage, kind, words };
  toldSeq = 0;
  toldWords = null;
  release();
  ports.tellClock();
  for (const work of waiting.splice(0)) {
    work();
  }
}

/** Closes the cloud: what was answered is kept already. */
async function close() {
  if (open === null) {
    return;
  }
  const closing = open;
  if (!crashed) {
    commit();
  }
  open = null;
  functionWork.reset();
  calls.forEach((resolve) => resolve(null));
  calls.clear();
  clearTimeout(wakeTimer);
  await closing.storage.settled()?.catch(() => {});
  closing.bridge.free();
  closing.storage.close();
}

function ownerChanged(isOwned) {
  owned = isOwned;
  const words = isOwned ? CAME_BACK : TAKEN_OVER;
  if (!isOwned) {
    postMessage({ notice: "owner", owned, words });
    return;
  }
  openCloud(options.lesson ?? null).then(
    () => postMessage({ notice: "owner", owned, words }),
    (error) => postMessage({ notice: "crashed", words: String(error) }),
  );
}

/** Asks for the clouds, once: this tab has them, or stands in the queue for them. */
async function acquire() {
  if (!options.opened) {
    owned = await owner.acquire();
    options.opened = true;
  }
}

async function openFor(message) {
  options = { ...options, ...message.options, lesson: message.lesson ?? null };
  await acquire();
  if (!owned) {
    for (const work of waiting.splice(0)) {
      work();
    }
    return { now: now(), storage: "none", owned, words: OWNED_ELSEWHERE };
  }
  await openCloud(options.lesson);
  const words = open.bridge.storageWords() ?? (open.words || open.bridge.recoveryWords());
  return { now: clock().virtual, storage: open.kind, owned, words };
}

/** An author has saved something: an open lesson is read anew, its cloud stays. */
async function renewed({ lessons, page }) {
  if (page) {
    postMessage({ notice: "renewed", page });
  } else if (lessons.includes(lessonFolder)) {
    await close();
    postMessage({ notice: "renewed", page });
  }
}

// A site that says nothing of changes has none.
followChanges(renewed).catch(() => {});

// The page's messages.

/** With `at`, the call is answered as it would have been after that call; it then leaves no trace. */
async function call({ service, operation, input, body, region, account, at }) {
  const outcome =
    at === undefined
      ? await callNow({ service, operation, input, body, region, account })
      : guarded(() => open.bridge.callAt(at, service, operation, input, region, account));
  if (outcome === undefined) {
    return { error: `How it was after call ${at} is no longer known.` };
  }
  if (outcome === null) {
    return { error: "The cloud was closed before it answered." };
  }
  const { failed, json, seq } = outcome;
  const content = outcome.body;
  outcome.free();
  if (failed) {
    return { fault: { ...JSON.parse(json), seq } };
  }
  const ok = { output: json, seq };
  return { ok: content === undefined ? ok : { ...ok, body: content } };
}

/** Most calls are answered at once; one that runs a function waits for it. `account`: who asks, if not the console's user. */
function callNow({ service, operation, input, body, region, account }) {
  const id = ++lastRequest;
  const outcome = guarded(() =>
    open.bridge.call(id, service, operation, input, body, region, account, now()),
  );
  if (outcome !== undefined) {
    return outcome;
  }
  const ended = new Promise((resolve) => calls.set(id, resolve));
  release();
  return ended;
}

/** Calls of the page's that waited and have ended. */
function settleCalls() {
  for (const [id, resolve] of calls) {
    const outcome = open.bridge.takeOutcome(id);
    if (outcome !== undefined) {
      calls.delete(id);
      resolve(outcome);
    }
  }
}

/** Something that AWS has no operation for, and so no call. */
function extra({ service, name, region, params }) {
  const outcome = guarded(() => open.bridge.extra(service, name, region, params, now()));
  const { failed, json } = outcome;
  outcome.free();
  return failed ? { fault: JSON.parse(json) } : { ok: null };
}

async function lesson({ action, lesson: id, step, run }) {
  if (action === "list") {
    return JSON.stringify(await lessonList());
  }
  if (action === "open") {
    options.lesson = id;
    await openCloud(id);
    const { count } = await findLesson(id);
    return open.bridge.lessonView(count);
  }
  if (action === "check") {
    return open.bridge.lessonCheck(step, run ? JSON.stringify(run) : undefined);
  }
  return open.bridge.lessonState();
}

/** With `start` and `seed` the cloud is the same every time, its clock paused: for tests. */
function reset({ start, seed }) {
  functionWork.reset();
  if (start === undefined) {
    open.bridge.reset(now());
  } else {
    open.bridge.resetTo(start, seed, now());
  }
  toldSeq = 0;
  ports.tellClock();
}

/** Forks, undoes, does again, returns; all that shows calls reads them anew from where ways part. */
function travel({ go, call: number, fork }) {
  const { bridge } = open;
  const ways = {
    fork: () => bridge.fork(number, now()),
    undo: () => bridge.undo(now()),
    redo: () => bridge.redo(now()),
    return: () => bridge.returnTo(fork, now()),
  };
  functionWork.reset();
  const arrival = JSON.parse(guarded(ways[go]));
  toldSeq = arrival.shared;
  ports.tellClock();
  postMessage({ notice: "travelled", shared: arrival.shared });
  return arrival;
}

/** What each kind of message does; the answer is `{ok: ...}` unless it says otherwise itself. */
const KINDS = {
  call,
  view: ({ service, name, region, params, at }) => ({
    ok:
      guarded(() =>
        at === undefined
          ? open.bridge.view(service, name, region, params)
          : open.bridge.viewAt(at, service, name, region, params),
      ) ?? null,
  }),
  extra,
  calls: ({ after, limit }) => ({ ok: open.bridge.calls(after, limit ?? CALLS_MAX) }),
  news: ({ after, limit }) => ({ ok: open.bridge.news(after, limit, now()) }),
  timeline: () => ({ ok: open.bridge.timeline() }),
  "time-at": ({ at }) => ({ ok: guarded(() => open.bridge.timeAt(at)) ?? null }),
  "what-changed": ({ seq }) => ({ ok: guarded(() => open.bridge.whatChanged(seq)) ?? null }),
  lives: ({ service, paths, members }) => ({ ok: guarded(() => open.bridge.lives(service, paths, members)) }),
  bill: ({ at }) => ({ ok: guarded(() => open.bridge.bill(at)) ?? null }),
  twin: ({ seq }) => ({ ok: open.bridge.twin(seq) ?? null }),
  travel: (message) => ({ ok: travel(message) }),
  "call-detail": ({ seq }) => ({ ok: open.bridge.callDetail(seq) ?? null }),
  presign: ({ method = "GET", bucket, key, region, expires }) => ({
    ok: open.bridge.presign(method, bucket, key, region, expires, now()) ?? null,
  }),
  "open-link": async (message) => ({ ok: await openLink(message) }),
  lesson: async (message) => ({ ok: await lesson(message) }),
  input: ({ ask, text }) => ({ ok: ports.takeLine(ask, text) ?? null }),
  clock: (message) => ({ ok: setClock(message) }),
  reset: (message) => ({ ok: guarded(() => reset(message)) ?? null }),
  "answer-at-once": ({ answer }) => ({ ok: answerAtOnce(answer) }),
  export: () => ({ ok: guarded(() => open.bridge.export()) }),
  "export-small": () => ({ ok: guarded(() => open.bridge.exportWithoutHistory()) }),
  "copy-to-play": async () => ({ ok: await copies.copyToPlay() }),
  memory: async () => ({ ok: (await started).buffer.byteLength }),
  hash: () => ({ ok: guarded(() => open.bridge.stateHash()) }),
};

/** Copies of clouds: what needs none to be open. */
const copies = serving({ open: () => open, close, only: () => options.storage, play: SANDBOX });

async function serveCopies(message) {
  await started;
  await acquire();
  if (!owned) {
    return { error: OWNED_ELSEWHERE, elsewhere: true };
  }
  await needRooms();
  return { ok: await copies.kinds[message.kind](message) };
}

async function serve(message) {
  if (message.kind === "open") {
    return { ok: await openFor(message) };
  }
  if (message.kind === "take-over") {
    owner.takeOver();
    return { ok: true };
  }
  if (message.kind in copies.kinds) {
    return serveCopies(message);
  }
  const kind = KINDS[message.kind];
  if (kind === undefined) {
    return { error: `there is no message of the kind ${message.kind}` };
  }
  if (options.opened && !owned) {
    return { error: OWNED_ELSEWHERE };
  }
  if (open === null) {
    await new Promise((resolve) => whenOpen(resolve));
  }
  const { service, operation } = message;
  if (!roomsAreHere() && service !== undefined && !hasRoom(service, operation ?? "")) {
    await needRooms();
  }
  return kind(message);
}

function reply(id, answer) {
  if (open === null || crashed || answer.error !== undefined) {
    postMessage({ id, ...answer });
    return;
  }
  // A call may have written something.
  release();
  whenKept(() => postMessage({ id, ...answer }));
}

addEventListener("message", async ({ data }) => {
  if (data.kind === "connect") {
    ports.add(data.port);
    return;
  }
  try {
    reply(data.id, await serve(data));
  } catch (error) {
    postMessage({ id: data.id, error: String(error?.message ?? error) });
  }
});
