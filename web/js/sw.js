// The service worker. It does three things, so that the site works as plain files on any host:
//
// - it adds the headers that isolate the page, without which there is no shared memory;
// - it carries the synchronous requests of a Python worker, where a browser has no better bridge, to
//   the cloud worker of the same tab;
// - it keeps the site's files, one version at a time, for use without a network.

const VERSION = "__CONTENT_VERSION__";
const CACHE = `cloudarium-site-${VERSION}`;
const CACHES = "cloudarium-site-";
const RELAY = "__cloudarium__/";
const PORT_WITHIN_MS = 10_000;
const SCOPE = new URL(registration.scope);
/** An author's own site, renewed with every file that is saved: nothing of it is kept. */
const LIVE = VERSION === "live";
/** Fetched only when a script asks for it; the services of the lessons are there by then. */
const ON_DEMAND = ["python/models/", "python/help/"];

const CONTENT_POLICY =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";

/** A worker with a function's JavaScript loads scripts from memory, and nothing else from anywhere. */
const FUNCTION_SCRIPT = "js/function-node.js";
const FUNCTION_POLICY = "default-src 'none'; script-src 'self' blob:";

addEventListener("install", (event) => {
  event.waitUntil(install());
});

addEventListener("activate", (event) => {
  event.waitUntil(activate());
});

addEventListener("message", (event) => {
  const { data, ports, source } = event;
  switch (data?.kind) {
    case "cloudarium-port":
      takePort(data.tab, ports[0]);
      break;
    case "cloudarium-forget":
      relays.delete(data.tab);
      break;
    case "activate-if-alone":
      activateIfAlone(source);
      break;
    case "activate":
      skipWaiting();
      break;
    case "keep-for-offline":
      event.waitUntil(keepForOffline());
      break;
  }
});

addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== SCOPE.origin || !url.pathname.startsWith(SCOPE.pathname)) {
    return;
  }
  const path = url.pathname.slice(SCOPE.pathname.length);
  if (path.startsWith(RELAY)) {
    event.respondWith(relay(path.slice(RELAY.length), event.request));
  } else if (event.request.method === "GET" && path !== "__live__") {
    event.respondWith(deliver(path === "" ? "index.html" : path, event.request));
  }
});

// The site's files.

/** The list of files belongs to this version, or this version cannot be installed yet. */
async function install() {
  const response = await fetch(new URL("content.json", SCOPE), { cache: "no-cache" });
  const content = await response.clone().json();
  if (content.version !== VERSION) {
    throw new Error("the site is being renewed; its service worker is installed at a later visit");
  }
  await (await caches.open(CACHE)).put(new URL("content.json", SCOPE), response);
  if (registration.active === null) {
    await skipWaiting();
  }
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith(CACHES) && name !== CACHE) {
      await caches.delete(name);
    }
  }
  await clients.claim();
}

async function activateIfAlone(source) {
  const tabs = await clients.matchAll({ type: "window", includeUncontrolled: true });
  if (tabs.every(({ id }) => id === source?.id)) {
    await skipWaiting();
  }
}

let contentFiles = null;

async function files() {
  contentFiles ??= (async () => {
    const cached = await caches.match(new URL("content.json", SCOPE), { cacheName: CACHE });
    return (await cached?.json())?.files ?? {};
  })();
  return contentFiles;
}

/** A file of the site: as it was kept, else from the network, and kept if it is of this version. */
async function deliver(path, request) {
  if (LIVE) {
    return isolated(path, await fetch(request));
  }
  const kept = await caches.match(new URL(path, SCOPE), { cacheName: CACHE });
  if (kept !== undefined) {
    return isolated(path, kept);
  }
  const response = await fetch(request);
  if (response.ok && response.status === 200) {
    const copy = response.clone();
    keep(path, copy).catch(() => {});
  }
  return response.type === "opaque" || response.status === 0 ? response : isolated(path, response);
}

/** Keeps a file whose content is that of this version. A full disk only means: not offline. */
async function keep(path, response) {
  const expected = (await files())[path]?.sha256;
  if (expected === undefined) {
    return;
  }
  const content = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found === expected) {
    const type = response.headers.get("content-type") ?? "application/octet-stream";
    const headers = { "content-type": type };
    await (await caches.open(CACHE)).put(new URL(path, SCOPE), new Response(content, { headers }));
  }
}

async function keepForOffline() {
  if (LIVE) {
    return;
  }
  const cache = await caches.open(CACHE);
  for (const path of Object.keys(await files())) {
    const url = new URL(path, SCOPE);
    if (ON_DEMAND.some((folder) => path.startsWith(folder)) || path === "sw.js" || (await cache.match(url))) {
      continue;
    }
    try {
      await keep(path, await fetch(url));
    } catch {
      return;
    }
  }
}

/** The same response with the headers that isolate the page and bind its scripts. */
function isolated(path, response) {
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  if (path.endsWith(".js")) {
    // Workers take their policy from their own script, not from the page.
    headers.set("Content-Security-Policy", path === FUNCTION_SCRIPT ? FUNCTION_POLICY : CONTENT_POLICY);
  }
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

// The relay.

/** By tab: its port to the cloud worker, and the answers that are waited for. */
const relays = new Map();
const portWaiters = new Map();

function takePort(tab, port) {
  const entry = { port, lastId: 0, waiting: new Map() };
  port.onmessage = ({ data }) => {
    entry.waiting.get(data.id)?.(data);
    entry.waiting.delete(data.id);
  };
  relays.set(tab, entry);
  portWaiters.get(tab)?.(entry);
  portWaiters.delete(tab);
}

/** A browser ends idle service workers, and their ports with them: then the tab gives another. */
async function relayOf(tab) {
  const known = relays.get(tab);
  if (known !== undefined) {
    return known;
  }
  const asked = new Promise((resolve, reject) => {
    portWaiters.set(tab, resolve);
    setTimeout(() => reject(new Error("the tab does not answer")), PORT_WITHIN_MS);
  });
  const tabs = await clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const client of tabs) {
    client.postMessage({ kind: "cloudarium-port", tab });
  }
  return asked;
}

function unpack(packed) {
  const length = new DataView(packed.buffer).getUint32(0, true);
  const message = JSON.parse(new TextDecoder().decode(packed.subarray(4, 4 + length)));
  return { ...message, body: packed.slice(4 + length) };
}

async function relay(tab, request) {
  try {
    const message = unpack(new Uint8Array(await request.arrayBuffer()));
    const entry = await relayOf(tab);
    const id = ++entry.lastId;
    const answer = await new Promise((resolve) => {
      entry.waiting.set(id, resolve);
      entry.port.postMessage({ ...message, id }, [message.body.buffer]);
    });
    const { status, headers, clock } = answer;
    const head = encodeURIComponent(JSON.stringify({ status, headers, clock }));
    return new Response(answer.body, { headers: { "x-cloudarium-answer": head } });
  } catch (error) {
    return new Response(String(error), { status: 504 });
  }
}
