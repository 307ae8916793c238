// Copies of clouds, for the cloud worker: taken out of storage and put into it. A copy is
// `{name, files: {<file>: Uint8Array}}`; one that holds no bytes is a cloud that begins anew.
import { filesOf, lookAt } from "../cloud.js";
import { FILES, openStorage, storedNames } from "./storage.js";

/** What lies beside the journal is the lesson's progress, and no file of the cloud's. */
const BESIDE = "beside.json";
const NOTHING = new Uint8Array(0);

/** The files of a cloud in storage. */
function take(storage) {
  return Object.fromEntries(FILES.map((file) => [file, storage.read(file)]));
}

/**
 * The files of the cloud that is open: as they are stored, or from memory when storage is behind. What cannot be read
 * here is copied as it is: another version may read it.
 */
function takeOpen({ bridge, storage }) {
  if (bridge.storageWords() === undefined || bridge.isUnreadable()) {
    return take(storage);
  }
  const files = Object.fromEntries(filesOf(bridge.export()));
  return { ...files, [BESIDE]: storage.read(BESIDE) };
}

/**
 * The stored files of a cloud. Memory stands for files that cannot be opened: taken from there, a
 * copy would look empty, and put there, it would be gone.
 */
async function openKept(name, only) {
  const { kind, words, storage } = await openStorage(name, only);
  if (kind === "memory") {
    throw new Error(words);
  }
  return storage;
}

/** The copy of a cloud called `name`, of all of its history. */
async function copyOf(name, open, only) {
  if (open?.name === name) {
    return { name, files: takeOpen(open) };
  }
  const storage = await openKept(name, only);
  try {
    return { name, files: take(storage) };
  } finally {
    storage.close();
  }
}

/** Copies of all clouds that this browser keeps. */
async function copyAll(open, only) {
  const names = new Set(await storedNames());
  if (open !== null) {
    names.add(open.name);
  }
  const copies = [];
  for (const name of [...names].sort()) {
    const copy = await copyOf(name, open, only);
    if (Object.values(copy.files).some(({ length }) => length > 0)) {
      copies.push(copy);
    }
  }
  return copies;
}

/** What is there now of what would be replaced: by these clouds, or by them alone in the place of `others`, too. */
async function before(clouds, others, open, only) {
  if (others) {
    return copyAll(open, only);
  }
  const copies = [];
  for (const { name } of clouds) {
    copies.push(await copyOf(name, open, only));
  }
  return copies;
}

/** What a copy holds: `{name, hash, fresh, now, damage, buckets}`. Throws in words when it is none. */
function look({ name, files }) {
  const names = Object.keys(files).filter((file) => file !== BESIDE);
  const contents = names.map((file) => files[file]);
  return { name, ...JSON.parse(lookAt(names, contents)) };
}

/** The copy that an export holds. */
const copyFrom = (name, exported) => ({ name, files: Object.fromEntries(filesOf(exported)) });

/** Writes copies over what is stored. None of these clouds may be open. */
async function put(copies, only) {
  for (const { name, files } of copies) {
    const storage = await openKept(name, only);
    try {
      for (const file of FILES) {
        storage.replace(file, files[file] ?? NOTHING);
      }
      await storage.settled();
    } finally {
      storage.close();
    }
  }
}

/** Puts copies in the place of those that are there; if that fails, those are put back. */
async function replace(copies, before, only) {
  try {
    await put(copies, only);
  } catch (error) {
    await put(before, only).catch(() => {});
    throw error;
  }
}

/** `copies`, and an empty one for every cloud of `before` that is not among them. */
function andNoOther(copies, before) {
  const names = new Set(copies.map(({ name }) => name));
  const others = before.filter(({ name }) => !names.has(name));
  return [...copies, ...others.map(({ name }) => ({ name, files: {} }))];
}

/**
 * What each kind of message about copies does (`kinds`), and what puts the open cloud in the place of free play's.
 * `open()` is the cloud that is open, `close()` closes it (the page opens its own again afterwards), `only()` names the
 * one place of storage to use, if any, and `play` free play's cloud.
 */
export function serving({ open, close, only, play }) {
  const replaceClouds = async ({ clouds, others }) => {
    clouds.forEach(look);
    const old = await before(clouds, others, open(), only());
    await close();
    await replace(others ? andNoOther(clouds, old) : clouds, old, only());
    return old;
  };
  const replaceOne = (cloud) => replaceClouds({ clouds: [cloud], others: false });
  const kinds = {
    "copy-clouds": () => copyAll(open(), only()),
    "look-at-cloud": async ({ lesson }) => look(await copyOf(lesson ?? play, open(), only())),
    "look-at-clouds": ({ clouds }) => clouds.map(look),
    "look-at-export": ({ bytes }) => look(copyFrom("", bytes)),
    "replace-clouds": replaceClouds,
    "replace-by-export": ({ lesson, bytes }) => replaceOne(copyFrom(lesson ?? play, bytes)),
  };
  const copyToPlay = async () => {
    const { files } = await copyOf(open().name, open(), only());
    const { [BESIDE]: _, ...cloud } = files;
    return replaceOne({ name: play, files: cloud });
  };
  return { kinds, copyToPlay };
}
