// Draws a page of a bucket's website, in a frame that has an origin of its own and reaches nothing (sw.js, websiteFrame).
// What the page refers to is asked for by the port to website.js, and put in its place: a stylesheet as its text, an image
// or a script as bytes. What it refers to elsewhere stays away. Nothing of this file is safe from the page's own scripts,
// and nothing needs to be: the port gives out the site's files alone.

const IMPORTS_MAX = 4;

const waiting = new Map();
let lastId = 0;
let port = null;

/** A file of the site, `{type, body}`; null if there is none for this page. */
function ask(url) {
  const id = ++lastId;
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    port.postMessage({ id, url });
  });
}

const mediaType = (type) => type.split(";")[0].trim().toLowerCase();

/** Text by the charset that is stated, else UTF-8. */
function textOf({ type, body }) {
  const head = new TextDecoder("latin1").decode(body.subarray(0, 1024));
  const stated = /charset=["']?([\w-]+)/i;
  const label =
    stated.exec(type)?.[1] ?? (mediaType(type) === "text/html" ? stated.exec(head)?.[1] : undefined);
  try {
    return new TextDecoder(label ?? "utf-8").decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}

/** By address, so that what is referred to twice is fetched once. */
const addresses = new Map();

/** An address of the bytes within this frame; an empty one where there are none. */
function bytesAt(reference, base) {
  if (!URL.canParse(reference, base)) {
    return "";
  }
  const url = new URL(reference, base).href;
  if (url.startsWith("data:")) {
    return url;
  }
  if (!addresses.has(url)) {
    const made = ask(url).then((file) => {
      return file === null ? "" : URL.createObjectURL(new Blob([file.body], { type: file.type }));
    });
    addresses.set(url, made);
  }
  return addresses.get(url);
}

/** Replaces every match of `pattern` by what `work` promises. */
async function replaced(text, pattern, work) {
  const made = await Promise.all([...text.matchAll(pattern)].map(work));
  let count = 0;
  return text.replace(pattern, () => made[count++]);
}

const IMPORT = /@import\s+(?:url\(\s*)?["']?([^"')\s;]+)["']?\s*\)?([^;]*);/gi;
const REFERENCE = /url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]+))\s*\)/gi;

/** A stylesheet with all that it refers to in it. */
async function styles(text, base, depth = 0) {
  const whole = await replaced(text, IMPORT, async ([, reference, media]) => {
    const sheet = depth < IMPORTS_MAX ? await sheetAt(reference, base, depth + 1) : "";
    return media.trim() === "" ? sheet : `@media ${media} {${sheet}}`;
  });
  return replaced(whole, REFERENCE, async ([reference, ...forms]) => {
    const url = forms.find((form) => form !== undefined);
    // A blob's address is one that an import has put here already.
    return /^(blob:|#)/.test(url) ? reference : `url("${await bytesAt(url, base)}")`;
  });
}

/** Browsers take no stylesheet of another type: <https://html.spec.whatwg.org/multipage/links.html#link-type-stylesheet> */
async function sheetAt(reference, base, depth) {
  if (!URL.canParse(reference, base)) {
    return "";
  }
  const url = new URL(reference, base).href;
  const file = await ask(url);
  return file !== null && mediaType(file.type) === "text/css" ? styles(textOf(file), url, depth) : "";
}

/** What has bytes at an address, and in which attribute it says so. */
const WITH_BYTES = [
  ["img, source, video, audio, track, embed, input[type=image]", "src"],
  ["video", "poster"],
  ["image, use, feImage", "href"],
  ["image", "xlink:href"],
];

async function prepare(page, base, withScripts) {
  const work = [];
  for (const [selector, attribute] of WITH_BYTES) {
    for (const element of page.querySelectorAll(selector)) {
      const reference = element.getAttribute(attribute);
      element.removeAttribute("srcset");
      if (reference !== null && !reference.startsWith("#")) {
        work.push(
          Promise.resolve(bytesAt(reference, base)).then((url) => element.setAttribute(attribute, url)),
        );
      }
    }
  }
  for (const link of page.querySelectorAll("link")) {
    if (link.relList.contains("stylesheet") && !link.relList.contains("alternate")) {
      const style = page.createElement("style");
      style.media = link.media;
      link.replaceWith(style);
      work.push(sheetAt(link.getAttribute("href"), base, 0).then((text) => style.append(text)));
    } else {
      link.remove();
    }
  }
  for (const style of page.querySelectorAll("style")) {
    work.push(styles(style.textContent, base).then((text) => style.replaceChildren(text)));
  }
  for (const element of page.querySelectorAll("[style]")) {
    const text = element.getAttribute("style");
    work.push(styles(text, base).then((made) => element.setAttribute("style", made)));
  }
  if (withScripts) {
    for (const script of page.querySelectorAll("script[src]")) {
      script.removeAttribute("integrity");
      work.push(
        Promise.resolve(bytesAt(script.getAttribute("src"), base)).then((url) =>
          script.setAttribute("src", url),
        ),
      );
    }
  }
  await Promise.all(work);
}

/** `<meta http-equiv="refresh" content="2; url=next.html">`, after its time. */
function refresh(page, base) {
  for (const meta of page.querySelectorAll("meta[http-equiv]")) {
    const [, seconds, , to] = /^\s*(\d+)\s*[;,]?\s*(url\s*=)?\s*["']?([^"']*)/i.exec(meta.content) ?? [];
    if (meta.httpEquiv.toLowerCase() === "refresh" && to && URL.canParse(to, base)) {
      setTimeout(() => port.postMessage({ follow: new URL(to, base).href }), Number(seconds) * 1000);
    }
    meta.remove();
  }
}

/** What a browser shows of a file that is no page: an image, a text, or nothing. */
function wrapped(file, url) {
  const type = mediaType(file.type);
  if (type === "text/html" || type === "application/xhtml+xml") {
    return textOf(file);
  }
  const page = document.implementation.createHTMLDocument("");
  if (type.startsWith("image/")) {
    page.body.append(Object.assign(page.createElement("img"), { alt: "" }));
    page.body.firstChild.setAttribute("src", url);
  } else if (/^text\/|json$|xml$|javascript$/.test(type)) {
    page.body.append(Object.assign(page.createElement("pre"), { textContent: textOf(file) }));
  }
  return page.documentElement.outerHTML;
}

async function draw({ url, type, body, scripts }) {
  const text = wrapped({ type, body }, url);
  const page = new DOMParser().parseFromString(text, "text/html");
  const stated = page.querySelector("base[href]")?.getAttribute("href");
  const base = stated !== undefined && URL.canParse(stated, url) ? new URL(stated, url).href : url;
  for (const element of page.querySelectorAll("base")) {
    element.remove();
  }
  refresh(page, base);
  await prepare(page, base, scripts);
  const mode = page.doctype === null ? "" : "<!doctype html>";
  document.open();
  document.write(mode + page.documentElement.outerHTML);
  document.addEventListener("click", (event) => press(event, base), true);
  document.close();
  document.getElementById(new URL(url).hash.slice(1))?.scrollIntoView();
}

/** A link within the page is the browser's; any other is the site's, or leads out of it. */
function press(event, base) {
  const link = event.composedPath().find((one) => one.matches?.("a[href], area[href]"));
  const to = link?.getAttribute("href");
  if (typeof to !== "string" || to.startsWith("#")) {
    return;
  }
  event.preventDefault();
  if (URL.canParse(to, base)) {
    port.postMessage({ follow: new URL(to, base).href });
  }
}

addEventListener("message", ({ source, data, ports }) => {
  if (source !== parent || port !== null) {
    return;
  }
  [port] = ports;
  port.onmessage = ({ data: { id, file } }) => {
    waiting.get(id)?.(file);
    waiting.delete(id);
  };
  draw(data);
});
parent.postMessage("cloudarium-website", "*");
