// A home's files in the private file system (OPFS): one file an entry, flat, named by its encoded path.
// A file begins with the instant of its last change, so that content and date are replaced together.

const FOLDER = "homes";
/** A Float64: milliseconds since 1970, by the virtual clock. */
const HEAD_BYTES = 8;
/** What follows the path of a folder's entry: no path ends so. */
const FOLDER_MARK = "/";

/** Chromium lists what is being written under a name that ends so; a file of the learner's never does. */
const SWAP = ".crswap";

const nameOf = (path, folder) =>
  encodeURIComponent(folder ? path + FOLDER_MARK : path).replace(/\.crswap$/, "%2Ecrswap");

/** What `read` finds; null where the file has gone since it was listed. */
async function unlessGone(read) {
  try {
    return await read;
  } catch (error) {
    if (error.name !== "NotFoundError") {
      throw error;
    }
    return null;
  }
}

const removeIfThere = (directory, name) => unlessGone(directory.removeEntry(name));

class FileKeeper {
  #directory;

  constructor(directory) {
    this.#directory = directory;
  }

  async load() {
    const handles = [];
    for await (const handle of this.#directory.values()) {
      if (!handle.name.endsWith(SWAP)) {
        handles.push(handle);
      }
    }
    const entries = await Promise.all(handles.map((handle) => unlessGone(this.#entry(handle))));
    return entries.filter((entry) => entry !== null);
  }

  async #entry(handle) {
    const name = decodeURIComponent(handle.name);
    const folder = name.endsWith(FOLDER_MARK);
    const file = await handle.getFile();
    // A write that was cut off by the end of the browser leaves an empty file, not half of one.
    if (file.size < HEAD_BYTES) {
      return null;
    }
    const head = await file.slice(0, HEAD_BYTES).arrayBuffer();
    const path = folder ? name.slice(0, -FOLDER_MARK.length) : name;
    const modified = new DataView(head).getFloat64(0);
    return { path, folder, bytes: file.size - HEAD_BYTES, modified };
  }

  async stat(path) {
    for (const folder of [false, true]) {
      const handle = await unlessGone(this.#directory.getFileHandle(nameOf(path, folder)));
      const entry = handle && (await unlessGone(this.#entry(handle)));
      if (entry) {
        return entry;
      }
    }
    return null;
  }

  async read(path) {
    const handle = await unlessGone(this.#directory.getFileHandle(nameOf(path, false)));
    const file = handle && (await unlessGone(handle.getFile()));
    return file && new Uint8Array(await file.slice(HEAD_BYTES).arrayBuffer());
  }

  async put({ path, folder, modified }, content) {
    const head = new Uint8Array(HEAD_BYTES);
    new DataView(head.buffer).setFloat64(0, modified);
    const handle = await this.#directory.getFileHandle(nameOf(path, folder), { create: true });
    // The file is replaced when it is closed, whole.
    const writable = await handle.createWritable();
    await writable.write(head);
    await writable.write(content);
    await writable.close();
    await removeIfThere(this.#directory, nameOf(path, !folder));
  }

  async remove(path) {
    await removeIfThere(this.#directory, nameOf(path, false));
    await removeIfThere(this.#directory, nameOf(path, true));
  }
}

/** Opens the folder of the home `name`; fails where files cannot be written from the page. */
export async function openFileKeeper(name) {
  if (typeof FileSystemFileHandle?.prototype?.createWritable !== "function") {
    throw new Error("this browser's private file system cannot be written from a page");
  }
  const root = await navigator.storage.getDirectory();
  const homes = await root.getDirectoryHandle(FOLDER, { create: true });
  const directory = await homes.getDirectoryHandle(encodeURIComponent(name), { create: true });
  return new FileKeeper(directory);
}
