// The copy of a home (files.js) in a worker's own file system: brought up to date before a run, read
// back while it runs and after it.
//
// What a run changed is found by marks on the file system's nodes: dates cannot tell, since the virtual
// clock may stand still.

const HOME = "/home/learner";
/** While something runs, changes are told so often at most; all the rest is told at its end. */
const TELL_EVERY_MS = 250;

const now = performance.now.bind(performance);

export class HomeMirror {
  #fs;
  #tell;
  #home = null;
  /** By path, what the page knows: the node, and its mark at that time. */
  #known = new Map();
  #marks = 0;
  #dirty = false;
  #toldAt = 0;

  /** `tell(home, changes, transfer)` sends what a run has changed. */
  constructor(fs, tell) {
    this.#fs = fs;
    this.#tell = tell;
    this.#watch(fs.filesystems.MEMFS.ops_table);
  }

  /** Marks a file's node whenever its content or date changes; a closed file is a good time to tell. */
  #watch({ file, dir }) {
    const mark = (node) => {
      node.cloudariumMark = ++this.#marks;
      this.#dirty = true;
    };
    const { write, close } = file.stream;
    file.stream.write = (stream, ...rest) => {
      mark(stream.node);
      return write(stream, ...rest);
    };
    file.stream.close = (stream) => {
      close?.(stream);
      this.tellSoon();
    };
    const { setattr } = file.node;
    file.node.setattr = (node, attributes) => {
      mark(node);
      return setattr(node, attributes);
    };
    for (const name of ["mknod", "rename", "unlink", "rmdir", "symlink"]) {
      const original = dir.node[name];
      dir.node[name] = (...args) => {
        this.#dirty = true;
        return original(...args);
      };
    }
  }

  /** Takes over what the page has and this worker has not. `fresh`: another home, from nothing. */
  update({ home, fresh, changes }) {
    // What happens here is no run's doing.
    this.#home = null;
    // Nobody may stand in what is removed; each run goes to where it wants to be.
    this.#fs.chdir("/");
    if (fresh) {
      this.#empty(HOME);
      this.#known.clear();
    }
    const removed = changes.filter((change) => change.removed);
    for (const { path } of removed.sort((a, b) => (a.path < b.path ? 1 : -1))) {
      this.#remove(path);
    }
    for (const change of changes) {
      if (!change.removed) {
        this.#put(change);
      }
    }
    this.#home = home;
    this.#dirty = false;
    this.#toldAt = -Infinity;
  }

  #put({ path, folder, content, modified }) {
    const place = `${HOME}/${path}`;
    if (folder) {
      this.#fs.mkdirTree(place);
    } else {
      this.#fs.mkdirTree(place.slice(0, place.lastIndexOf("/")));
      this.#fs.writeFile(place, content, { canOwn: true });
    }
    this.#fs.utime(place, modified, modified);
    this.#know(path, place);
  }

  #know(path, place) {
    const { node } = this.#fs.lookupPath(place, { follow: false });
    const folder = this.#fs.isDir(node.mode);
    this.#known.set(path, { node, folder, mark: node.cloudariumMark });
  }

  /** A run may have removed it before, or put something else there; then that is told, too. */
  #remove(path) {
    const known = this.#known.get(path);
    this.#known.delete(path);
    try {
      if (known?.folder) {
        this.#fs.rmdir(`${HOME}/${path}`);
      } else {
        this.#fs.unlink(`${HOME}/${path}`);
      }
    } catch (error) {
      if (!(error instanceof this.#fs.ErrnoError)) {
        throw error;
      }
    }
  }

  #empty(place) {
    for (const [path, node] of this.#below(place, "")) {
      const inside = `${place}/${path}`;
      if (this.#fs.isDir(node.mode)) {
        this.#empty(inside);
        this.#fs.rmdir(inside);
      } else {
        this.#fs.unlink(inside);
      }
    }
  }

  #below(place, prefix) {
    const names = this.#fs.readdir(place).filter((name) => name !== "." && name !== "..");
    return names.map((name) => {
      const { node } = this.#fs.lookupPath(`${place}/${name}`, { follow: false });
      return [`${prefix}${name}`, node];
    });
  }

  /** Everything in the home: files and folders; what is neither is not kept. */
  #all(place = HOME, prefix = "") {
    return this.#below(place, prefix).flatMap(([path, node]) => {
      if (this.#fs.isDir(node.mode)) {
        return [[path, node], ...this.#all(`${HOME}/${path}`, `${path}/`)];
      }
      return this.#fs.isFile(node.mode) ? [[path, node]] : [];
    });
  }

  tellSoon() {
    if (now() - this.#toldAt >= TELL_EVERY_MS) {
      this.tell();
    }
  }

  /** Tells the page what has changed since it was told. */
  tell() {
    if (!this.#dirty || this.#home === null) {
      return;
    }
    // First: reading a file closes it, too.
    this.#dirty = false;
    this.#toldAt = now();
    const all = new Map(this.#all());
    const changes = [];
    for (const path of this.#known.keys()) {
      if (!all.has(path)) {
        this.#known.delete(path);
        changes.push({ path, removed: true });
      }
    }
    for (const [path, node] of all) {
      const known = this.#known.get(path);
      if (known?.node !== node || known.mark !== node.cloudariumMark) {
        changes.push(this.#change(path, node));
        this.#know(path, `${HOME}/${path}`);
      }
    }
    if (changes.length > 0) {
      const contents = changes.flatMap(({ content }) => (content ? [content.buffer] : []));
      this.#tell(this.#home, changes, contents);
    }
  }

  #change(path, node) {
    const place = `${HOME}/${path}`;
    const modified = Number(this.#fs.stat(place).mtime);
    const folder = this.#fs.isDir(node.mode);
    return { path, folder, modified, content: folder ? null : this.#fs.readFile(place) };
  }
}
