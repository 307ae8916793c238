// What is being imported is written down whole before anything is replaced by it: a page that is ended in the middle
// finishes at its next start. The mark in local storage tells, without opening a database, that there is such a note.

const MARK = "cloudarium-importing";
const DATABASE = "cloudarium-import";
const STORE = "note";
const KEY = 0;

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function inStore(mode, work) {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  const database = await done(request);
  try {
    const transaction = database.transaction(STORE, mode, { durability: "strict" });
    const ended = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error ?? new Error("the note could not be written"));
    });
    const result = await done(work(transaction.objectStore(STORE)));
    await ended;
    return result;
  } finally {
    database.close();
  }
}

/** Whether an import has begun and not ended. */
export function isNoted() {
  try {
    return localStorage.getItem(MARK) !== null;
  } catch {
    return false;
  }
}

/** Writes down what is to be imported: the bytes of a file of everything. */
export async function note(bytes) {
  await inStore("readwrite", (store) => store.put(bytes, KEY));
  localStorage.setItem(MARK, "1");
}

/** What was written down. */
export const noted = () => inStore("readonly", (store) => store.get(KEY));

/** The import has ended. */
export async function forget() {
  localStorage.removeItem(MARK);
  await inStore("readwrite", (store) => store.delete(KEY));
}
