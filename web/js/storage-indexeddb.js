// The journal in IndexedDB, for browsers without synchronous access to files. A file is a row of
// chunks, which are held in memory too, since the core reads synchronously. It writes into a queue;
// `settled()` is the promise of the transaction that holds it, and no answer is released before.

const CHUNKS = "chunks";
const PREFIX = "cloudarium-";
const rangeFrom = (name, number) => IDBKeyRange.bound([name, number], [name, Number.MAX_SAFE_INTEGER]);

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function openDatabase(name) {
  const request = indexedDB.open(`${PREFIX}${name}`, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(CHUNKS);
  return done(request);
}

class DatabaseStorage {
  #database;
  /** By file: its chunks `{number, bytes}` in order. */
  #files = new Map();
  #queue = [];
  #running = null;

  constructor(database) {
    this.#database = database;
  }

  async load(names) {
    const store = this.#database.transaction(CHUNKS).objectStore(CHUNKS);
    for (const name of names) {
      const range = rangeFrom(name, 0);
      const [keys, found] = await Promise.all([done(store.getAllKeys(range)), done(store.getAll(range))]);
      const chunks = found.map((bytes, index) => ({ number: keys[index][1], bytes }));
      this.#files.set(name, chunks);
    }
  }

  append(name, bytes) {
    const chunks = this.#files.get(name);
    const number = (chunks.at(-1)?.number ?? -1) + 1;
    this.#put(name, { number, bytes: bytes.slice() });
  }

  /** Answers wait for `settled()` in any case. */
  flush() {}

  read(name) {
    const chunks = this.#files.get(name);
    const whole = new Uint8Array(chunks.reduce((sum, { bytes }) => sum + bytes.length, 0));
    let at = 0;
    for (const { bytes } of chunks) {
      whole.set(bytes, at);
      at += bytes.length;
    }
    return whole;
  }

  replace(name, bytes) {
    this.truncate(name, 0);
    if (bytes.length > 0) {
      this.append(name, bytes);
    }
  }

  truncate(name, length) {
    const chunks = this.#files.get(name);
    let kept = 0;
    let start = 0;
    while (kept < chunks.length && start + chunks[kept].bytes.length <= length) {
      start += chunks[kept].bytes.length;
      kept += 1;
    }
    const [cut] = chunks.splice(kept);
    if (cut === undefined) {
      return;
    }
    this.#queue.push((store) => store.delete(rangeFrom(name, cut.number)));
    if (length > start) {
      this.#put(name, { number: cut.number, bytes: cut.bytes.slice(0, length - start) });
    }
  }

  /** Null when everything is kept; else a promise that is broken when it could not be. */
  settled() {
    if (this.#queue.length === 0) {
      return this.#running;
    }
    // What is queued while a transaction runs goes into the next.
    const running = (this.#running ?? Promise.resolve()).then(() => this.#write());
    this.#running = running;
    const finished = () => {
      if (this.#running === running) {
        this.#running = null;
      }
    };
    running.then(finished, finished);
    return running;
  }

  close() {
    this.#database.close();
  }

  #put(name, chunk) {
    this.#files.get(name).push(chunk);
    this.#queue.push((store) => store.put(chunk.bytes, [name, chunk.number]));
  }

  #write() {
    const queue = this.#queue;
    this.#queue = [];
    if (queue.length === 0) {
      return undefined;
    }
    return new Promise((resolve, reject) => {
      const transaction = this.#database.transaction(CHUNKS, "readwrite", { durability: "strict" });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () =>
        reject(transaction.error ?? new DOMException("it was aborted", "AbortError"));
      const store = transaction.objectStore(CHUNKS);
      for (const write of queue) {
        write(store);
      }
    });
  }
}

// Where each cloud is kept: a small database of its own.

const PLACES = "places";

async function withPlaces(mode, work) {
  const request = indexedDB.open("cloudarium-places", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(PLACES);
  const database = await done(request);
  try {
    const transaction = database.transaction(PLACES, mode, { durability: "strict" });
    return await done(work(transaction.objectStore(PLACES)));
  } finally {
    database.close();
  }
}

/** Where the cloud called `name` has been kept so far: `opfs`, `indexeddb`, or null. */
export async function placeOf(name) {
  try {
    return (await withPlaces("readonly", (store) => store.get(name))) ?? null;
  } catch {
    // Without this database nothing was noted.
    return null;
  }
}

/** Notes where the cloud called `name` is kept from now on. */
export async function notePlace(name, place) {
  try {
    await withPlaces("readwrite", (store) => store.put(place, name));
  } catch {
    // Then the best place that can be opened is tried first the next time, as it was now.
  }
}

/** Opens all files of the cloud called `name`; throws where the browser has no such thing. */
export async function openDatabaseStorage(name, names) {
  const storage = new DatabaseStorage(await openDatabase(name));
  await storage.load(names);
  return storage;
}

/** The names of all clouds there are here. */
export async function storedDatabases() {
  const clouds = [];
  for (const { name } of await indexedDB.databases()) {
    if (name.startsWith(PREFIX) && (await holdsChunks(name))) {
      clouds.push(name.slice(PREFIX.length));
    }
  }
  return clouds;
}

/** Other parts of the page keep databases too. */
async function holdsChunks(name) {
  const database = await done(indexedDB.open(name));
  const holds = database.objectStoreNames.contains(CHUNKS);
  database.close();
  return holds;
}
