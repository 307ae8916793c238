// A home's files in IndexedDB, for browsers without a private file system: what the list shows and the
// contents are two stores, written in one transaction.

const DATABASE = "cloudarium-homes";
const ENTRIES = "entries";
const CONTENTS = "contents";

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function committed(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new Error("the write was given up"));
  });
}

function openDatabase() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(ENTRIES);
    request.result.createObjectStore(CONTENTS);
  };
  return done(request);
}

class DatabaseKeeper {
  #database;
  #home;

  constructor(database, home) {
    this.#database = database;
    this.#home = home;
  }

  #store(name) {
    return this.#database.transaction(name).objectStore(name);
  }

  /** An array sorts after every string: the range holds all paths of this home. */
  load() {
    const range = IDBKeyRange.bound([this.#home, ""], [this.#home, []]);
    return done(this.#store(ENTRIES).getAll(range));
  }

  async stat(path) {
    return (await done(this.#store(ENTRIES).get([this.#home, path]))) ?? null;
  }

  read(path) {
    return done(this.#store(CONTENTS).get([this.#home, path]));
  }

  async put(entry, content) {
    const transaction = this.#database.transaction([ENTRIES, CONTENTS], "readwrite");
    const key = [this.#home, entry.path];
    transaction.objectStore(ENTRIES).put(entry, key);
    transaction.objectStore(CONTENTS).put(content, key);
    await committed(transaction);
  }

  async remove(path) {
    const transaction = this.#database.transaction([ENTRIES, CONTENTS], "readwrite");
    transaction.objectStore(ENTRIES).delete([this.#home, path]);
    transaction.objectStore(CONTENTS).delete([this.#home, path]);
    await committed(transaction);
  }
}

/** Opens the rows of the home `name`. */
export async function openDatabaseKeeper(name) {
  return new DatabaseKeeper(await openDatabase(), name);
}
