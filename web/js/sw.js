// The service worker. It does five things, so that the site works as plain files on any host:
//
// - it adds the headers that isolate the page, without which there is no shared memory;
// - it carries the synchronous requests of a Python worker, where a browser has no better bridge, to
//   the cloud worker of the same tab;
// - it opens presigned links in tabs of their own: the tab that has the cloud answers them;
// - it gives out the empty frame in which a bucket's website is shown (website.js), with a policy of its own;
// - it keeps the site's files, one version at a time, for use without a network.

const VERSION = "__CONTENT_VERSION__";
const CACHE = `cloudarium-site-${VERSION}`;
const CACHES = "cloudarium-site-";
const RELAY = "__cloudarium__/";
/** Below it stand links: a name for the file, and the address as `to`. */
const LINK = "link/";
const WEBSITE_FRAME = "website";
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
      event.waitUntil(keepForOffline(data.ms ?? Infinity).then((isMore) => ports[0]?.postMessage(isMore)));
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
    event.respondWith(answer(path.slice(RELAY.length), url, event.request));
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

/** The files that are not kept; null while they are not known. */
let missing = null;

async function missingFiles() {
  const kept = new Set((await (await caches.open(CACHE)).keys()).map(({ url }) => url));
  const isWanted = (path) =>
    path !== "sw.js" &&
    !ON_DEMAND.some((folder) => path.startsWith(folder)) &&
    !kept.has(new URL(path, SCOPE).href);
  return Object.keys(await files()).filter(isWanted);
}

/** Keeps files for so many milliseconds. Whether there is more to keep, and it can be had. */
async function keepForOffline(ms) {
  if (LIVE) {
    return false;
  }
  missing ??= await missingFiles();
  const end = performance.now() + ms;
  while (missing?.length > 0 && performance.now() < end) {
    const path = missing.shift();
    const url = new URL(path, SCOPE);
    // The page may have used it meanwhile.
    if (await caches.match(url, { cacheName: CACHE })) {
      continue;
    }
    try {
      await keep(path, await fetch(url));
    } catch {
      missing = null;
      return false;
    }
  }
  return missing?.length > 0;
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

// Links, and the frame of a website. What buckets hold is nobody's to trust: it gets an origin of its own that
// reaches nothing (`sandbox`), and is taken for what it says it is (`nosniff`).

function answer(path, url, request) {
  if (path.startsWith(LINK)) {
    return openLink(url.searchParams.get("to") ?? "", request.method);
  }
  return path === WEBSITE_FRAME ? websiteFrame(url.searchParams.has("scripts")) : relay(path, request);
}

/** A tab that has the cloud says so within the first of these, and answers within the second. */
const HEARD_WITHIN_MS = 5000;
const ANSWERED_WITHIN_MS = 60_000;
const LINK_POLICY =
  "sandbox; default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'";
/** Headers of an answer that reach the tab: none that says where to go, or what else to trust. */
const LINK_HEADERS = [
  "accept-ranges",
  "content-disposition",
  "content-language",
  "content-range",
  "content-type",
  "etag",
  "last-modified",
];
/** Browsers show these by viewers that no sandbox lets in, so they are saved. */
const SAVED = ["application/pdf"];

/** Opens a link as anybody would: the cloud checks who signed it, and until when. */
async function openLink(address, method) {
  const answer = await askTabs(address, method === "HEAD" ? "HEAD" : "GET");
  if (answer === null) {
    return told(503, "No tab has the cloud open", NO_CLOUD);
  }
  const sent = new Headers(JSON.parse(answer.headers));
  const headers = new Headers(guarded(LINK_POLICY));
  for (const name of LINK_HEADERS) {
    if (sent.has(name)) {
      headers.set(name, sent.get(name));
    }
  }
  const type = (headers.get("content-type") ?? "").split(";")[0].trim().toLowerCase();
  if (SAVED.includes(type) && !headers.get("content-disposition")?.startsWith("attachment")) {
    headers.set("content-disposition", "attachment");
  }
  // An answer that sends the browser elsewhere is shown, and not followed: elsewhere is the real AWS.
  const status = answer.status >= 300 && answer.status < 400 ? 200 : answer.status;
  return new Response(status === 204 || answer.body.length === 0 ? null : answer.body, { status, headers });
}

const guarded = (policy) => ({
  "content-security-policy": policy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
});

/** The tab that has the cloud answers, by a channel of its own; null when none does. */
async function askTabs(url, method) {
  const tabs = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const answers = tabs.map((tab) => {
    const { port1, port2 } = new MessageChannel();
    const answered = new Promise((resolve, reject) => {
      const silent = setTimeout(reject, HEARD_WITHIN_MS);
      port1.onmessage = ({ data }) => {
        clearTimeout(silent);
        if (data.answer !== undefined) {
          resolve(data.answer);
        } else if (!data.isMine) {
          reject();
        }
      };
      setTimeout(reject, ANSWERED_WITHIN_MS);
    });
    tab.postMessage({ kind: "cloudarium-link", url, method }, [port2]);
    return answered.finally(() => port1.close());
  });
  return Promise.any(answers).catch(() => null);
}

const NO_CLOUD =
  "A simulated cloud lives in the tab that has it open, and no tab of this browser has. Open the playground, and then open the link again.";

/** A page of plain words. */
function told(status, title, words) {
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<title>${title}</title><style>body{font:1rem/1.5 system-ui;max-width:40rem;margin:4rem auto;padding:0 1rem}</style>
<h1>${title}</h1><p>${words}</p>`;
  return new Response(page, {
    status,
    headers: { ...guarded(LINK_POLICY), "content-type": "text/html; charset=utf-8" },
  });
}

/** The frame's script stands in the page itself: an origin of its own may load nothing from this one. */
async function websiteFrame(withScripts) {
  const nonce = crypto.randomUUID();
  const script = await (
    await deliver("js/website-frame.js", new Request(new URL("js/website-frame.js", SCOPE)))
  ).text();
  // A nonce switches 'unsafe-inline' off, so that a page without scripts runs ours alone.
  const scripts = withScripts ? "'unsafe-inline' blob: data:" : `'nonce-${nonce}'`;
  const policy =
    `sandbox allow-scripts; default-src 'none'; script-src ${scripts}; style-src 'unsafe-inline' blob: data:; ` +
    "img-src blob: data:; font-src blob: data:; media-src blob: data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";
  const page = `<!doctype html><meta charset="utf-8"><script nonce="${nonce}">${script}</script>`;
  return new Response(page, { headers: { ...guarded(policy), "content-type": "text/html; charset=utf-8" } });
}
