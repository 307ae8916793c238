// Where the memory snapshot of a started Python is kept in this browser: the private file system
// (OPFS), else the cache storage. It is only ever a matter of speed: whatever fails here counts as
// "no snapshot".

const FOLDER = "python";

async function folder() {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}

async function loadFromFile(key) {
  const handle = await (await folder()).getFileHandle(key);
  return (await handle.getFile()).arrayBuffer();
}

async function saveToFile(key, snapshot) {
  const place = await folder();
  for await (const name of place.keys()) {
    if (name !== key) {
      await place.removeEntry(name);
    }
  }
  // The file appears under its name only when it is closed, whole.
  const writable = await (await place.getFileHandle(key, { create: true })).createWritable();
  await writable.write(snapshot);
  await writable.close();
}

const CACHE = "cloudarium-python";
const cacheUrl = (key) => new URL(`./${FOLDER}-${key}.snapshot`, import.meta.url).href;

async function loadFromCache(key) {
  const found = await (await caches.open(CACHE)).match(cacheUrl(key));
  return found === undefined ? null : found.arrayBuffer();
}

async function saveToCache(key, snapshot) {
  await caches.delete(CACHE);
  await (await caches.open(CACHE)).put(cacheUrl(key), new Response(snapshot));
}

async function first(attempts) {
  for (const attempt of attempts) {
    try {
      const outcome = await attempt();
      if (outcome !== null) {
        return outcome;
      }
    } catch {
      // The next place, then.
    }
  }
  return null;
}

/** The snapshot of this key, as an ArrayBuffer; or null. */
export async function loadSnapshot(key) {
  const found = await first([() => loadFromFile(key), () => loadFromCache(key)]);
  return found !== null && found.byteLength > 0 ? found : null;
}

/** Keeps a snapshot in place of older ones; says whether it could. */
export async function saveSnapshot(key, snapshot) {
  const saved = async (save) => {
    await save(key, snapshot);
    return true;
  };
  return (await first([() => saved(saveToFile), () => saved(saveToCache)])) === true;
}

/** Throws all snapshots away: one did not start. */
export async function dropSnapshots() {
  try {
    await (await navigator.storage.getDirectory()).removeEntry(FOLDER, { recursive: true });
  } catch {
    // There was none.
  }
  try {
    await caches.delete(CACHE);
  } catch {
    // There was none.
  }
}
