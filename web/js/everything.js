// Everything that this browser keeps, as one file: clouds, progress, the learner's files, preferences.
//
// The file: eight letters, the form (32 bits, little end first), the length of the list, the list (JSON:
// each part's name and length), the parts, and the SHA-256 of all before it.
import { send } from "./cloud.js";
import { home } from "./files.js";
import { forget, isNoted, note, noted } from "./import-note.js";
import { lessonList } from "./lesson-files.js";

const LETTERS = "CLOUDARM";
const FORM = 1;
const LIST_AT = 16;
const HASH_BYTES = 32;
/** A tab holds the whole file, and what is there now, in memory. */
export const FILE_BYTES_MAX = 512 * 1024 * 1024;

/** What is kept in local storage and is the learner's. */
const KEPT = "cloudarium.";
const LEARNER = "cloudarium-learner";

const toUtf8 = (text) => new TextEncoder().encode(text);
const fromUtf8 = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

/** One file of these parts: `[[name, bytes], ...]`. */
export async function packParts(parts) {
  const list = toUtf8(JSON.stringify(parts.map(([name, { length }]) => ({ name, bytes: length }))));
  const head = new Uint8Array(LIST_AT);
  head.set(toUtf8(LETTERS));
  const numbers = new DataView(head.buffer);
  numbers.setUint32(8, FORM, true);
  numbers.setUint32(12, list.length, true);
  const whole = new Blob([head, list, ...parts.map(([, bytes]) => bytes)]);
  const hash = await sha256(await whole.arrayBuffer());
  return new Uint8Array(await new Blob([whole, hash]).arrayBuffer());
}

/** The parts of such a file; or why it has none: `{why: "foreign" | "newer" | "damaged"}`. */
export async function unpackParts(bytes) {
  if (bytes.length < LIST_AT || LETTERS !== String.fromCharCode(...bytes.subarray(0, 8))) {
    return { why: "foreign" };
  }
  const numbers = new DataView(bytes.buffer, bytes.byteOffset);
  if (numbers.getUint32(8, true) !== FORM) {
    return { why: "newer" };
  }
  const end = bytes.length - HASH_BYTES;
  const hash = end < LIST_AT ? [] : await sha256(bytes.subarray(0, end));
  if (end < LIST_AT || hash.some((byte, at) => byte !== bytes[end + at])) {
    return { why: "damaged" };
  }
  try {
    let at = LIST_AT + numbers.getUint32(12, true);
    const list = JSON.parse(fromUtf8(bytes.subarray(LIST_AT, at)));
    const parts = list.map(({ name, bytes: length }) => {
      at += length;
      return [String(name), bytes.slice(at - length, at)];
    });
    return at === end ? { parts } : { why: "damaged" };
  } catch {
    return { why: "damaged" };
  }
}

/** What local storage keeps of the learner's, by name. */
function kept() {
  const all = {};
  for (let at = 0; at < localStorage.length; at += 1) {
    const name = localStorage.key(at);
    if (isOurs(name)) {
      all[name] = localStorage.getItem(name);
    }
  }
  return all;
}

const isOurs = (name) => name.startsWith(KEPT) || name === LEARNER;

function keep(all) {
  for (const name of Object.keys(kept())) {
    localStorage.removeItem(name);
  }
  for (const [name, text] of Object.entries(all)) {
    localStorage.setItem(name, text);
  }
}

async function ask(message) {
  const answer = await send(message);
  if (answer.error !== undefined) {
    throw Object.assign(new Error(answer.error), { elsewhere: answer.elsewhere });
  }
  return answer.ok;
}

const SETTINGS = "settings.json";
const CLOUD = /^cloud\/([^/]+)\/([^/]+)$/;
const HOME = /^home\/([^/]+)\/(.+)$/s;
const FREE_PLAY = "play";

/** The learner's files: `[[home, path, bytes], ...]`. */
async function filesOfHomes() {
  const names = [FREE_PLAY, ...(await lessonList()).map(({ id }) => id)];
  const all = [];
  for (const name of names) {
    for (const { path, folder } of await home(name).list()) {
      const bytes = folder ? undefined : await home(name).read(path);
      if (bytes !== undefined) {
        all.push([name, path, bytes]);
      }
    }
  }
  return all;
}

/** Makes these the learner's files. */
async function keepFiles(wanted, before) {
  const stays = new Set(wanted.map(([name, path]) => `${name}/${path}`));
  for (const [name, path] of before) {
    if (!stays.has(`${name}/${path}`)) {
      await home(name).remove(path);
    }
  }
  for (const [name, path, bytes] of wanted) {
    await home(name).write(path, bytes);
  }
}

/** `{settings, clouds, files}` as the parts of a file. */
function partsOf({ settings, clouds, files }) {
  const parts = [[SETTINGS, toUtf8(JSON.stringify(settings))]];
  for (const { name, files: ofCloud } of clouds) {
    for (const [file, bytes] of Object.entries(ofCloud)) {
      parts.push([`cloud/${name}/${file}`, bytes]);
    }
  }
  for (const [name, path, bytes] of files) {
    parts.push([`home/${name}/${path}`, bytes]);
  }
  return parts;
}

/** `{settings, clouds, files}` of parts. Throws when they are not what they should be. */
function sort(parts) {
  const clouds = new Map();
  const files = [];
  let settings = null;
  for (const [name, bytes] of parts) {
    const [, cloud, file] = CLOUD.exec(name) ?? [];
    const [, of, path] = HOME.exec(name) ?? [];
    if (name === SETTINGS) {
      settings = JSON.parse(fromUtf8(bytes));
    } else if (cloud !== undefined) {
      clouds.set(cloud, { ...clouds.get(cloud), [file]: bytes });
    } else if (of !== undefined) {
      files.push([of, path, bytes]);
    } else {
      throw new Error(`it holds ${name}, which is unknown here`);
    }
  }
  const texts = Object.entries(settings ?? {});
  if (settings === null || texts.some(([name, text]) => !isOurs(name) || typeof text !== "string")) {
    throw new Error("its settings are damaged");
  }
  const named = [...clouds].map(([name, content]) => ({ name, files: content }));
  return { settings, clouds: named, files };
}

/** The file of everything. */
export async function exportAll() {
  const clouds = await ask({ kind: "copy-clouds" });
  return packParts(partsOf({ settings: kept(), clouds, files: await filesOfHomes() }));
}

/**
 * Looks into a file: `{lessons, clouds, read}`, or `{why, words}`. Nothing is changed; `read` is for `importAll`.
 */
export async function openFile(file) {
  if (file.size > FILE_BYTES_MAX) {
    return { why: "large" };
  }
  const { why, parts } = await unpackParts(new Uint8Array(await file.arrayBuffer()));
  if (why !== undefined) {
    return { why };
  }
  try {
    const read = sort(parts);
    const clouds = await ask({ kind: "look-at-clouds", clouds: read.clouds });
    const lessons = Object.keys(read.settings).filter((name) => name.startsWith(`${KEPT}progress.`));
    return { lessons: lessons.length, clouds: clouds.length, read };
  } catch (error) {
    return { why: "content", words: error.message };
  }
}

/** Puts this in the place of everything; if it cannot be, all stays as it was. The answer is what was there. */
async function put({ settings, clouds, files }) {
  const before = { settings: kept(), files: await filesOfHomes(), clouds: [] };
  before.clouds = await ask({ kind: "replace-clouds", clouds, others: true });
  try {
    await keepFiles(files, before.files);
    keep(settings);
  } catch (error) {
    keep(before.settings);
    await keepFiles(before.files, files).catch(() => {});
    await ask({ kind: "replace-clouds", clouds: before.clouds, others: true });
    throw error;
  }
  return before;
}

/** Puts what was read in the place of everything, to its end even if the page is ended. The answer takes it back, by the same way. */
export async function importAll(read) {
  await note(await packParts(partsOf(read)));
  try {
    return await put(read);
  } finally {
    await forget();
  }
}

/** Finishes an import that was cut off, unless another tab has the clouds: it is for that one to do. Says what there is to say of it: nothing, most of the time. */
export async function finishImport() {
  if (!isNoted()) {
    return "";
  }
  let words = `${CUT_OFF} was finished now.`;
  try {
    const { parts } = await unpackParts((await noted()) ?? new Uint8Array(0));
    if (parts === undefined) {
      throw new Error("what was written down of it is damaged");
    }
    await put(sort(parts));
  } catch (error) {
    if (error.elsewhere) {
      return "";
    }
    words = `${CUT_OFF} could not be finished: ${error.message}. Bring the file back once more.`;
  }
  await forget().catch(() => {});
  return words;
}

const CUT_OFF = "Bringing back a file was cut off in its middle; it";

// As in cloud.js: for the developer tools and for tests.
globalThis.cloudarium ??= {};
globalThis.cloudarium.everything = { exportAll, packParts };
