// The learner's files: /home/learner, one home for free play and one a lesson, kept by the browser.
// The page owns them; the Python and the Terminal worker have copies, brought up to date before a run
// and read back after it (home-mirror.js). Paths are relative to the home: `work/main.py`.
//
// Everything here is a promise and done in the order in which it was asked for.
import { openDatabaseKeeper } from "./files-indexeddb.js";
import { openFileKeeper } from "./files-opfs.js";

/** Each worker holds all of it in memory. */
export const HOME_BYTES_MAX = 64 * 1024 * 1024;
export const FILES_MAX = 2000;
const PATH_CHARACTERS_MAX = 200;
/** Where scripts and commands begin. */
export const WORK = "work";

const MIB = 1024 * 1024;
const IN_MEMORY =
  "This browser keeps no files for this page (private windows often do not): your files are gone " +
  "when the tab is closed.";
const BROWSER_FULL =
  "The browser has no room left for this page. Delete files you no longer need, here or elsewhere.";

const listeners = new Set();
const homes = new Map();
const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("cloudarium-files") : null;

/** Files that are nowhere but here. */
class MemoryKeeper {
  #contents = new Map();

  async load() {
    return [];
  }
  async stat() {
    return null;
  }
  async read(path) {
    return this.#contents.get(path)?.slice();
  }
  async put({ path }, content) {
    this.#contents.set(path, content.slice());
  }
  async remove(path) {
    this.#contents.delete(path);
  }
}

async function openKeeper(name) {
  const failures = [];
  for (const open of [openFileKeeper, openDatabaseKeeper]) {
    try {
      const keeper = await open(name);
      return { keeper, entries: await keeper.load(), words: "" };
    } catch (error) {
      failures.push(error.message);
    }
  }
  return { keeper: new MemoryKeeper(), entries: [], words: `${IN_MEMORY} (${failures.join("; ")})` };
}

/** Words that say why a path cannot be one, or an empty text. */
export function wrongPath(path) {
  if (typeof path !== "string" || path === "") {
    return "A file needs a name.";
  }
  const parts = path.split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..")) {
    return `"${path}" is no path: no part of it may be empty, "." or "..".`;
  }
  // A surrogate that stands alone has no UTF-8.
  if (/[\0\p{Surrogate}]/u.test(path)) {
    return "A file's name cannot hold a NUL or half a character.";
  }
  return path.length > PATH_CHARACTERS_MAX
    ? `A path may have ${PATH_CHARACTERS_MAX} characters; this one has ${path.length}.`
    : "";
}

const parentsOf = (path) => {
  const parts = path.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
};

/** One home. Each entry: `{path, folder, bytes, modified, version}`; versions only ever grow. */
class Home {
  #name;
  #keeper = new MemoryKeeper();
  #entries = new Map();
  #versions = 0;
  #queue;
  words = "";

  constructor(name) {
    this.#name = name;
    this.#queue = this.#open();
  }

  async #open() {
    const { keeper, entries, words } = await openKeeper(this.#name);
    this.#keeper = keeper;
    this.words = words;
    for (const entry of entries) {
      this.#know(entry);
    }
    if (!this.#entries.has(WORK)) {
      await this.#put({ path: WORK, folder: true, bytes: 0, modified: Date.now() }, new Uint8Array(0));
    }
  }

  /** Does `work` after all that was asked for before. */
  #then(work) {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => {});
    return result;
  }

  #know(entry) {
    this.#entries.set(entry.path, { ...entry, version: ++this.#versions });
  }

  #tell(path) {
    channel?.postMessage({ home: this.#name, path });
    notify(this.#name);
  }

  async #put(entry, content) {
    try {
      await this.#keeper.put(entry, content);
    } catch (error) {
      throw error.name === "QuotaExceededError" ? new Error(BROWSER_FULL) : error;
    }
    this.#know(entry);
  }

  /** All entries, in the order of their paths. */
  list() {
    return this.#then(() =>
      [...this.#entries.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
    );
  }

  total() {
    return [...this.#entries.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** The content of a file; null when there is none. */
  read(path) {
    return this.#then(async () => {
      const entry = this.#entries.get(path);
      return entry === undefined || entry.folder ? null : this.#keeper.read(path);
    });
  }

  /** Writes a file, and the folders above it. Gives its version. */
  write(path, content, modified = Date.now()) {
    return this.#then(async () => {
      this.#mayWrite(path, content.length);
      await this.#makeFolders(parentsOf(path), modified);
      await this.#put({ path, folder: false, bytes: content.length, modified }, content);
      this.#tell(path);
      return this.#entries.get(path).version;
    });
  }

  /** Makes a folder, and those above it. */
  makeFolder(path, modified = Date.now()) {
    return this.#then(async () => {
      this.#mayWrite(path, 0, true);
      await this.#makeFolders([...parentsOf(path), path], modified);
      this.#tell(path);
      return this.#entries.get(path).version;
    });
  }

  async #makeFolders(paths, modified) {
    for (const path of paths) {
      if (!this.#entries.has(path)) {
        await this.#put({ path, folder: true, bytes: 0, modified }, new Uint8Array(0));
      }
    }
  }

  #mayWrite(path, bytes, folder = false) {
    const wrong = wrongPath(path);
    if (wrong !== "") {
      throw new Error(wrong);
    }
    const there = this.#entries.get(path);
    if (there !== undefined && there.folder !== folder) {
      throw new Error(`"${path}" is there already, as a ${there.folder ? "folder" : "file"}.`);
    }
    const file = parentsOf(path).find((parent) => this.#entries.get(parent)?.folder === false);
    if (file !== undefined) {
      throw new Error(`"${file}" is a file, so nothing can be in it.`);
    }
    if (there === undefined && this.#entries.size >= FILES_MAX) {
      throw new Error(`Your home may have ${FILES_MAX} files and folders. Delete some first.`);
    }
    const total = this.total() - (there?.bytes ?? 0) + bytes;
    if (total > HOME_BYTES_MAX && bytes > (there?.bytes ?? 0)) {
      const [most, would] = [HOME_BYTES_MAX, total].map((sum) => (sum / MIB).toFixed(1));
      throw new Error(
        `"${path}" is not kept: your files may have ${most} MiB together, and with it they would ` +
          `have ${would} MiB. Delete something first.`,
      );
    }
  }

  /** Removes a file, or a folder with all that is in it. */
  remove(path) {
    return this.#then(async () => {
      const gone = [...this.#entries.keys()].filter((one) => one === path || one.startsWith(`${path}/`));
      // Deepest first: a browser that is ended meanwhile leaves no file without its folder.
      for (const one of gone.sort().reverse()) {
        await this.#keeper.remove(one);
        this.#entries.delete(one);
        channel?.postMessage({ home: this.#name, path: one });
      }
      notify(this.#name);
    });
  }

  /** Gives a file or a folder another path; nothing may be there. */
  async rename(from, to) {
    const entries = await this.list();
    if (!entries.some(({ path }) => path === from)) {
      throw new Error(`There is no "${from}".`);
    }
    if (entries.some(({ path }) => path === to)) {
      throw new Error(`"${to}" is there already.`);
    }
    if (to.startsWith(`${from}/`)) {
      throw new Error("A folder cannot go into itself.");
    }
    for (const { path, folder, modified } of entries) {
      if (path !== from && !path.startsWith(`${from}/`)) {
        continue;
      }
      const target = to + path.slice(from.length);
      await (folder ? this.makeFolder(target, modified) : this.#copy(path, target, modified));
    }
    await this.remove(from);
  }

  async #copy(from, to, modified) {
    await this.write(to, await this.read(from), modified);
  }

  /** Another tab has changed `path`. */
  changedElsewhere(path) {
    return this.#then(async () => {
      const entry = await this.#keeper.stat(path);
      if (entry === null) {
        this.#entries.delete(path);
      } else {
        this.#know(entry);
      }
      notify(this.#name);
    });
  }
}

/** The home of a lesson, by its id, or of free play: `play`. */
export function home(name) {
  if (!homes.has(name)) {
    homes.set(name, new Home(name));
  }
  return homes.get(name);
}

channel?.addEventListener("message", ({ data }) => homes.get(data.home)?.changedElsewhere(data.path));

const told = new Set();

/** Tells listeners once for all changes of a moment. */
function notify(name) {
  if (told.size === 0) {
    setTimeout(() => {
      const names = [...told];
      told.clear();
      for (const listener of listeners) {
        names.forEach((one) => listener(one));
      }
    }, 0);
  }
  told.add(name);
}

// For the page (web/src/state/homes.rs), by name of the home.

/** `listener(home)` is called after every change; the answer takes it back. */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** `{entries, bytes, words}`: words tell when files are not kept. */
export async function list(name) {
  const entries = await home(name).list();
  return { entries, bytes: home(name).total(), words: home(name).words };
}

export const read = (name, path) => home(name).read(path);
export const write = (name, path, content, modified) => home(name).write(path, content, modified);
export const makeFolder = (name, path) => home(name).makeFolder(path);
export const remove = (name, path) => home(name).remove(path);
export const rename = (name, from, to) => home(name).rename(from, to);

// As in cloud.js: for the developer tools and for tests.
globalThis.cloudarium ??= {};
globalThis.cloudarium.files = { home, list };
