// Where the journal of a cloud is kept in this browser: the private file system (OPFS), else
// IndexedDB, else memory. All three offer the same synchronous methods to the core (crates/bridge,
// host_storage.rs), and `settled()`: null, or a promise to wait for before an answer is released.
import { openDatabaseStorage, storedDatabases } from "./storage-indexeddb.js";
import { openFileStorage, storedFolders } from "./storage-opfs.js";

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

/** Opens the storage of the cloud called `name`: `{kind, words, storage}`. */
export async function openStorage(name, only = null) {
  const ways = [
    ["opfs", openFileStorage],
    ["indexeddb", openDatabaseStorage],
  ];
  const failures = [];
  for (const [kind, open] of ways) {
    if (only !== null && only !== kind) {
      continue;
    }
    try {
      return { kind, words: "", storage: await open(name, FILES) };
    } catch (error) {
      failures.push(`${kind}: ${error.message}`);
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
