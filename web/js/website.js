// A bucket's website, shown as its endpoint answers it. The page comes into a frame that the service worker gives out
// (sw.js) with an origin of its own: nothing in it reaches this page, its storage, or any other place. The frame
// (website-frame.js) asks here for what its page refers to; the site's own files are all that it can get.
import { send } from "./cloud.js";

const READY_WITHIN_MS = 8000;
const REDIRECTS_MAX = 10;

const FRAME = new URL("../__cloudarium__/website", import.meta.url);

/** What the endpoint answers, after redirects within the site. */
async function get(address) {
  let url = new URL(address);
  for (let count = 0; ; count += 1) {
    const { ok, error } = await send({ kind: "open-link", url: url.href });
    if (ok === undefined) {
      throw new Error(error);
    }
    const headers = new Headers(JSON.parse(ok.headers));
    const to = headers.get("location");
    if (ok.status < 300 || ok.status >= 400 || to === null) {
      return { url: url.href, status: ok.status, type: headers.get("content-type") ?? "", body: ok.body };
    }
    const next = new URL(to, url);
    if (next.host !== url.host || count === REDIRECTS_MAX) {
      return { url: url.href, status: ok.status, away: next.href, type: "", body: ok.body };
    }
    url = next;
  }
}

/** A new frame within `place`, and its port; fails when nobody gives the frame out. */
function frameIn(place, { scripts, title }) {
  const frame = document.createElement("iframe");
  frame.title = title;
  frame.src = scripts ? `${FRAME.href}?scripts` : FRAME.href;
  return new Promise((resolve, reject) => {
    const heard = ({ source, origin, data }) => {
      // Only an origin of its own is given anything: on a host that answers the address itself there is none.
      if (source !== frame.contentWindow || origin !== "null" || data !== "cloudarium-website") {
        return;
      }
      settle();
      // Wherever its scripts lead it from here, it stays within the same walls.
      frame.sandbox = "allow-scripts";
      const { port1, port2 } = new MessageChannel();
      resolve({ frame, port: port1, give: (page) => frame.contentWindow.postMessage(page, "*", [port2]) });
    };
    const settle = () => {
      clearTimeout(late);
      removeEventListener("message", heard);
    };
    const late = setTimeout(() => {
      settle();
      frame.remove();
      reject(new Error("no frame"));
    }, READY_WITHIN_MS);
    addEventListener("message", heard);
    place.replaceChildren(frame);
  });
}

/**
 * Shows what the endpoint answers at `address` in a frame within `place`. The promise is of `{url, status, type, bytes}`,
 * with `away` where a redirect leaves the site, and with `noFrame` where this browser gives out no frame.
 * `follow(url)` is called when a link is pressed within.
 */
export async function showWebsite(place, address, options, follow) {
  const page = await get(address);
  const outcome = { url: page.url, status: page.status, type: page.type, bytes: page.body.length };
  if (page.away !== undefined) {
    place.replaceChildren();
    return { ...outcome, away: page.away };
  }
  try {
    const { port, give } = await frameIn(place, options);
    port.onmessage = ({ data }) => {
      if (data.follow !== undefined) {
        follow(data.follow);
      } else {
        fetchFor(port, data, page.url);
      }
    };
    give({ ...page, scripts: options.scripts });
    return outcome;
  } catch {
    place.replaceChildren();
    return { ...outcome, noFrame: true };
  }
}

/** A file of the same site; nothing of any other place. */
async function fetchFor(port, { id, url }, site) {
  const isHere = URL.canParse(url) && new URL(url).host === new URL(site).host;
  const found = isHere ? await get(url).catch(() => null) : null;
  const file = found !== null && found.status < 300 ? { type: found.type, body: found.body } : null;
  port.postMessage({ id, file });
}
