// Where the journal of a cloud is kept in this browser: the private file system (OPFS), else
// IndexedDB, else memory. All three offer the same synchronous methods to the core (crates/bridge,
// host_storage.rs), and `settled()`: null, or a promise to wait for before an answer is released.
import { notePlace, openDatabaseStorage, placeOf, storedDatabases } from "./storage-indexeddb.js";
import { isBusy, openFileStorage, storedFolders } from "./storage-opfs.js";

/** The journal's files (cloud::storage::FILES), and what the page keeps beside them. */
export const FILES = [
  "journal.0",
  "journal.1",
  "snapshot.0",
  "snapshot.1",
  "blobs.0",
  "blobs.1",
  "beside.json",
];

const IN_MEMORY =
  "This browser keeps no files for this page (private windows often do not): what you make here " +
  "is gone when the tab is closed.";

/** Files that are nowhere but here. */
class MemoryStorage {
  #beside = new Uint8Array(0);

  append() {}
  flush() {}
  read(name) {
    return name === "beside.json" ? this.#beside : new Uint8Array(0);
  }
  replace(name, bytes) {
    if (name === "beside.json") {
      this.#beside = bytes.slice();
    }
  }
  truncate() {}
  settled() {
    return null;
  }
  close() {}
}

/** What is kept in a place that cannot be opened now must not look as if it were gone. */
const cannotOpen = (kind, error) =>
  `What you made here before is kept (${kind}), but cannot be opened just now: ${error.message}. ` +
  "Until it can, this is an empty cloud in memory. Nothing is lost: close other tabs of this page, and reload it.";

const WAYS = { opfs: openFileStorage, indexeddb: openDatabaseStorage };

/**
 * Opens the storage of the cloud called `name`: `{kind, words, storage}`. A cloud stays where it was
 * first kept: another place would show an empty cloud in the place of the learner's.
 */
export async function openStorage(name, only = null) {
  const place = only ?? (await placeOf(name));
  const failures = [];
  for (const [kind, open] of Object.entries(WAYS)) {
    if (place !== null && place !== kind) {
      continue;
    }
    try {
      const storage = await open(name, FILES);
      if (place === null) {
        await notePlace(name, kind);
      }
      return { kind, words: "", storage };
    } catch (error) {
      failures.push(`${kind}: ${error.message}`);
      if ((only === null && place !== null) || isBusy(error)) {
        return { kind: "memory", words: cannotOpen(kind, error), storage: new MemoryStorage() };
      }
    }
  }
  const words = failures.length > 0 ? `${IN_MEMORY} (${failures.join("; ")})` : IN_MEMORY;
  return { kind: "memory", words, storage: new MemoryStorage() };
}

/** The names of all clouds that were ever kept in this browser. */
export async function storedNames() {
  const found = await Promise.allSettled([storedFolders(), storedDatabases()]);
  return [...new Set(found.flatMap(({ value }) => value ?? []))];
}
