// The page's side of the cloud worker: starts it, numbers messages, hands notices on, starts it anew
// when it crashed. Also the service worker, which a plain web server needs (see sw.js).

import { isNoted } from "./import-note.js";
import { keepForOffline } from "./offline.js";

const LEARNER = "cloudarium-learner";
const RELOADED = "cloudarium-reloaded";
/** Later than this a reload could surprise somebody who has begun to work. */
const RELOAD_WITHIN_MS = 4000;

let worker = null;
let notify = () => {};
let lastId = 0;
let opened = null;
/** Whether the cloud is open in this tab. */
let hasCloud = false;
let controlled = null;
const waiting = new Map();
const restarts = [];
const tab = crypto.randomUUID?.() ?? String(Math.random()).slice(2);

// For the console of the browser's developer tools, and for tests: `cloudarium.cloud.send({...})`.
globalThis.cloudarium ??= {};
globalThis.cloudarium.cloud = { start, send, restart, takeOver };

/** Has the worker fetch what it needs before the page can ask for anything. */
export function startSoon() {
  worker ??= startWorker();
}

/** Starts the worker, once. `onNotice` gets every notice. */
export function start(onNotice) {
  notify = onNotice ?? notify;
  startSoon();
  if (controlled === null) {
    controlled = startServiceWorker();
    controlled.catch(() => {});
  }
}

function startWorker() {
  const started = new Worker(new URL("cloud-worker.js", import.meta.url), { type: "module" });
  started.addEventListener("message", ({ data }) => receive(data));
  started.addEventListener("error", (event) => {
    event.preventDefault();
    gone(event.message || "The cloud's worker could not be loaded.");
  });
  return started;
}

function receive(data) {
  // What opening is answered with, and what is told of the cloud's coming and going.
  hasCloud = (data.notice === "owner" ? data.owned : data.ok?.owned) ?? hasCloud;
  if (data.notice === undefined) {
    waiting.get(data.id)?.resolve(data);
    waiting.delete(data.id);
    return;
  }
  if (data.notice === "renewed" && data.page) {
    location.reload();
  } else if (data.notice === "crashed") {
    gone(data.words);
  } else {
    notify(data);
  }
}

/** The worker is of no more use: whoever waits for an answer learns it. */
function gone(words) {
  worker?.terminate();
  worker = null;
  hasCloud = false;
  for (const { reject } of waiting.values()) {
    reject(new Error(words));
  }
  waiting.clear();
  notify({ notice: "crashed", words });
}

/** Sends a message; the promise is its answer. Broken only when the worker is gone. */
export function send(message, transfer = []) {
  return message.kind === "open" && isNoted() ? openAfterImport(message) : sendNow(message, transfer);
}

/** No cloud is opened in the middle of an import. A tab that does not own the clouds leaves it to the one that does. */
async function openAfterImport(message) {
  const { finishImport } = await import("./everything.js");
  const words = await finishImport();
  const answer = await sendNow(message);
  return answer.ok ? { ok: { ...answer.ok, words: answer.ok.words || words } } : answer;
}

function sendNow(message, transfer = []) {
  if (worker === null) {
    return Promise.reject(new Error("the cloud's worker is gone"));
  }
  const id = ++lastId;
  const full = { ...message, id };
  if (message.kind === "open") {
    opened = message;
    const relay = "serviceWorker" in navigator ? relayAddress() : null;
    full.options = { learner: learnerOf(message.lesson), relay, ...testOptions() };
  }
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.postMessage(full, transfer);
  });
}

/** `?storage=indexeddb&bridge=jspi` and the like, so that each way can be tested. */
function testOptions() {
  const asked = new URLSearchParams(location.search);
  const named = ["storage", "bridge"].filter((name) => asked.has(name));
  return Object.fromEntries(named.map((name) => [name, asked.get(name)]));
}

/** A name for this browser's learner, which no one else learns: lessons derive bucket names from it. */
function learner() {
  try {
    const known = localStorage.getItem(LEARNER);
    if (known !== null) {
      return known;
    }
    const made = crypto.randomUUID();
    localStorage.setItem(LEARNER, made);
    return made;
  } catch {
    return tab;
  }
}

/** As whom a lesson is set up: as its own learner, or as the one whose cloud was taken over with a link. */
export function learnerOf(lesson) {
  try {
    return localStorage.getItem(`cloudarium.learner.${lesson}`) ?? learner();
  } catch {
    return learner();
  }
}

/** A new worker in the place of one that crashed, with the same cloud, from what was kept of it. */
export async function restart() {
  worker?.terminate();
  worker = startWorker();
  forgetRelay();
  const answer = await send(opened ?? { kind: "open", lesson: null });
  for (const listener of restarts) {
    listener();
  }
  return answer;
}

/** Asks the tab that has this cloud to let it go; the notice "owner" tells when it has come. */
export async function takeOver() {
  return (await send({ kind: "take-over" })).ok === true;
}

/** Gives the cloud worker a port to a Python worker. */
export function connect(port) {
  worker?.postMessage({ kind: "connect", port }, [port]);
}

/** `listener` is called whenever the worker was started anew: ports have to be connected again. */
export function onRestart(listener) {
  restarts.push(listener);
}

// The service worker.

async function startServiceWorker() {
  if (!("serviceWorker" in navigator)) {
    throw new Error("this browser has no service workers here");
  }
  navigator.serviceWorker.addEventListener("message", givePort);
  navigator.serviceWorker.addEventListener("message", answerLink);
  const began = performance.now();
  const registration = await navigator.serviceWorker.register(new URL("../sw.js", import.meta.url));
  followUpdates(registration);
  await navigator.serviceWorker.ready;
  if (navigator.serviceWorker.controller === null) {
    await new Promise((resolve) => {
      navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true });
    });
  }
  isolate(performance.now() - began);
}

/** So long after the page is there what offline use needs begins to be fetched: by then nobody waits for anything else. */
const IDLE_MS = 8000;

/**
 * A newer version that waited when the page began takes over if no other tab runs the old one; one that
 * comes later is told, and takes over with a reload that the learner asks for.
 */
function followUpdates(registration) {
  registration.waiting?.postMessage({ kind: "activate-if-alone" });
  const tell = (worker) => {
    // The first of all takes over by itself, and is no newer version of anything.
    const isFirst = registration.active === null;
    worker?.addEventListener("statechange", () => {
      const isNewer = !isFirst && navigator.serviceWorker.controller !== null;
      if (worker.state === "installed" && isNewer) {
        waitingWorker = worker;
        notify({ notice: "update" });
      }
    });
  };
  tell(registration.installing);
  registration.addEventListener("updatefound", () => tell(registration.installing));
  setTimeout(keepAll, IDLE_MS);
  setInterval(() => registration.update().catch(() => {}), UPDATE_EVERY_MS);
}

const UPDATE_EVERY_MS = 60 * 60 * 1000;
let waitingWorker = null;

/** Whoever saves data has Python kept for offline use only once it was used. */
function keepAll() {
  if (navigator.connection?.saveData !== true) {
    keepForOffline();
  }
}

/** Lets the newer version take over, and reloads the page as soon as it has. */
export function updateNow() {
  if (waitingWorker === null || waitingWorker.state !== "installed") {
    location.reload();
    return;
  }
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), {
    once: true,
  });
  waitingWorker.postMessage({ kind: "activate" });
}

/** A plain web server sends no isolation headers; after one reload the service worker does. */
function isolate(took) {
  if (crossOriginIsolated || took > RELOAD_WITHIN_MS) {
    return;
  }
  try {
    if (sessionStorage.getItem(RELOADED) === null) {
      sessionStorage.setItem(RELOADED, "1");
      location.reload();
    }
  } catch {
    // Without session storage a second reload could not be told from the first.
  }
}

/** The service worker lost (or never had) its port to this tab's cloud. */
function givePort({ data, source }) {
  if (data?.kind !== "cloudarium-port" || data.tab !== tab) {
    return;
  }
  const channel = new MessageChannel();
  connect(channel.port1);
  source.postMessage({ kind: "cloudarium-port", tab }, [channel.port2]);
}

/** A link was opened in a tab of its own; it is this tab's to answer if the cloud is here. */
async function answerLink({ data, ports: [port] }) {
  if (data?.kind !== "cloudarium-link") {
    return;
  }
  if (!hasCloud) {
    port.postMessage({});
    return;
  }
  port.postMessage({ isMine: true });
  const { ok } = await send({ kind: "open-link", url: data.url, method: data.method }).catch(() => ({}));
  port.postMessage(ok === undefined ? {} : { answer: ok });
}

/** Where a link opens in a tab of its own; null where no service worker could answer there, and for what is no link. */
export function linkAddress(url) {
  if (navigator.serviceWorker?.controller == null || !URL.canParse(url)) {
    return null;
  }
  const last = new URL(url).pathname.split("/").at(-1);
  // A name of dots would be taken for a folder.
  const name = /^(\.|%2e)*$/i.test(last) ? "object" : last;
  return new URL(`../__cloudarium__/link/${name}?to=${encodeURIComponent(url)}`, import.meta.url).href;
}

function forgetRelay() {
  navigator.serviceWorker?.controller?.postMessage({ kind: "cloudarium-forget", tab });
}

/** Where synchronous requests to this tab's cloud go, once the service worker is in place. */
export async function relayUrl() {
  await controlled;
  return relayAddress();
}

const relayAddress = () => new URL(`../__cloudarium__/${tab}`, import.meta.url).href;
