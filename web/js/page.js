// The few things of the browser that are easier said in JavaScript: a lazy import, a file saved, a blob's address.

import { unpack } from "./function-zip.js";

/** Resolves when the element is first in sight: what is behind a closed tab, or beside a narrow window, need not be there yet. */
export const inSight = (element) =>
  new Promise((resolve) => {
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) {
        observer.disconnect();
        resolve();
      }
    });
    observer.observe(element);
  });

/** Loads the editor when it is first shown; it is a bundle of its own. */
export const loadEditor = async () => (await import("../editor.js")).createEditor;

/** The files of a zip as pairs of path and bytes, by the reader that functions are unpacked with. */
export const unzip = async (zip) => {
  const files = new Map();
  await unpack(zip, "", files);
  return [...files].map(([path, content]) => [path.slice(1), content]);
};

/** Loads the editor of state machines when a definition is first edited. */
export const loadAslEditor = async () => (await import("../asl.js")).createAslEditor;

/** A file of the site as text; nothing, if it cannot be had. */
export const readText = async (url) => {
  const answer = await fetch(url);
  return answer.ok ? answer.text() : null;
};

/** Lets the browser save bytes as a file. */
export const saveAs = (name, type, bytes) => saveParts(name, type, [bytes]);

/** The same of bytes in pieces, which need not be in memory together. */
export const saveParts = (name, type, parts) => {
  const url = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};

/** An address for bytes, to show an image by; give it back with `forget`. */
export const addressOf = (type, bytes) => URL.createObjectURL(new Blob([bytes], { type }));
export const forget = (url) => URL.revokeObjectURL(url);
