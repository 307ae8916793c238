// The journal in the browser's private file system, through synchronous access handles: what is
// flushed survives the end of the browser, since it is in the system's hands. On the disk itself, where a power cut
// cannot reach it, is the journal a moment later: to wait for that would take as long as a call itself. A handle is also
// a lock: nobody else can open the file.
// https://developer.mozilla.org/docs/Web/API/FileSystemSyncAccessHandle

const FOLDER = "clouds";
/** What is appended waits in memory for the next flush, up to this much. */
const PENDING_BYTES_MAX = 1 << 20;
const BUSY_MS_MAX = 20_000;
/** What is flushed again and again: the other files change rarely, and have to be on the disk before a record names them. */
const isJournal = (name) => name.startsWith("journal.");
/** So long after it was flushed a journal is on the disk. */
const SYNC_AFTER_MS = 100;

/** A DOMException in the words of one; browsers report a short write by a count. */
function full() {
  return new DOMException("no space is left", "QuotaExceededError");
}

class File {
  #handle;
  #written;
  #pending = [];
  #pendingBytes = 0;

  constructor(handle) {
    this.#handle = handle;
    this.#written = handle.getSize();
  }

  append(bytes) {
    if (bytes.length > PENDING_BYTES_MAX) {
      // A body: written from where it lies.
      this.#writePending();
      this.#write(bytes);
      return;
    }
    this.#pending.push(bytes.slice());
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes > PENDING_BYTES_MAX) {
      this.#writePending();
    }
  }

  /** Hands all to the system. */
  write() {
    this.#writePending();
  }

  /** Waits until all is on the disk. */
  sync() {
    this.#writePending();
    this.#handle.flush();
  }

  read() {
    this.#writePending();
    const content = new Uint8Array(this.#written);
    this.#handle.read(content, { at: 0 });
    return content;
  }

  replace(bytes) {
    this.truncate(0);
    this.#write(bytes);
    this.#handle.flush();
  }

  truncate(length) {
    if (length > this.#written) {
      this.#writePending();
    }
    this.#pending = [];
    this.#pendingBytes = 0;
    if (length < this.#written) {
      this.#handle.truncate(length);
      this.#written = length;
    }
  }

  /** How long it is, and `length` bytes at `start`: fewer where it ends before. */
  length() {
    this.#writePending();
    return this.#written;
  }

  readAt(start, length) {
    this.#writePending();
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, this.#handle.read(bytes, { at: start }));
  }

  close() {
    this.#handle.close();
  }

  #writePending() {
    if (this.#pendingBytes === 0) {
      return;
    }
    const whole = new Uint8Array(this.#pendingBytes);
    let at = 0;
    for (const bytes of this.#pending) {
      whole.set(bytes, at);
      at += bytes.length;
    }
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#write(whole);
  }

  #write(bytes) {
    const count = this.#handle.write(bytes, { at: this.#written });
    this.#written += count;
    if (count < bytes.length) {
      throw full();
    }
  }
}

/** The files of one cloud. */
class FileStorage {
  #files;
  /** What was handed to the system, and has to be on the disk soon. */
  #unsynced = new Set();
  #timer = null;
  /** Why that failed: whoever flushes next hears of it. */
  #failure = null;

  constructor(files) {
    this.#files = files;
  }

  append(name, bytes) {
    this.#file(name).append(bytes);
  }

  flush(name) {
    const file = this.#file(name);
    if (!isJournal(name)) {
      file.sync();
      return;
    }
    this.#tellFailure();
    file.write();
    this.#unsynced.add(file);
    this.#timer ??= setTimeout(() => this.#syncNow(), SYNC_AFTER_MS);
  }

  read(name) {
    return this.#file(name).read();
  }

  /** Large bodies lie in their file alone, and are read from there. */
  length(name) {
    return this.#file(name).length();
  }

  readAt(name, start, length) {
    return this.#file(name).readAt(start, length);
  }

  /** What takes the place of others is on the disk after them. */
  replace(name, bytes) {
    this.#syncNow();
    this.#tellFailure();
    this.#file(name).replace(bytes);
  }

  truncate(name, length) {
    this.#file(name).truncate(length);
  }

  /** What was flushed is kept already. */
  settled() {
    return null;
  }

  close() {
    this.#syncNow();
    for (const file of this.#files.values()) {
      file.close();
    }
  }

  #syncNow() {
    clearTimeout(this.#timer);
    this.#timer = null;
    for (const file of this.#unsynced) {
      try {
        file.sync();
      } catch (error) {
        this.#failure = error;
      }
    }
    this.#unsynced.clear();
  }

  #tellFailure() {
    const failure = this.#failure;
    this.#failure = null;
    if (failure !== null) {
      throw failure;
    }
  }

  #file(name) {
    const file = this.#files.get(name);
    if (file === undefined) {
      throw new DOMException(`there is no file ${name}`, "NotFoundError");
    }
    return file;
  }
}

/** Whether somebody else holds a file: it is there, and will be free again. */
export const isBusy = (error) => error.name === "NoModificationAllowedError";

/**
 * A handle may be held for a while longer by a worker that was just ended: on a busy machine for
 * seconds. We own the lock between tabs by now, so it comes free.
 */
async function openHandle(folder, name) {
  const file = await folder.getFileHandle(name, { create: true });
  const began = performance.now();
  for (;;) {
    try {
      return await file.createSyncAccessHandle();
    } catch (error) {
      if (!isBusy(error) || performance.now() - began > BUSY_MS_MAX) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Opens all files of the cloud called `name`; throws where the browser has no such thing. */
export async function openFileStorage(name, names) {
  const root = await navigator.storage.getDirectory();
  const clouds = await root.getDirectoryHandle(FOLDER, { create: true });
  const folder = await clouds.getDirectoryHandle(name, { create: true });
  const files = new Map();
  try {
    for (const file of names) {
      files.set(file, new File(await openHandle(folder, file)));
    }
  } catch (error) {
    for (const file of files.values()) {
      file.close();
    }
    throw error;
  }
  return new FileStorage(files);
}

/** The names of all clouds there are here. */
export async function storedFolders() {
  const root = await navigator.storage.getDirectory();
  const clouds = await root.getDirectoryHandle(FOLDER, { create: true });
  const names = [];
  for await (const name of clouds.keys()) {
    names.push(name);
  }
  return names;
}
