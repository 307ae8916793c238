// The page's side of a worker's copy of a home (home-mirror.js): what that worker has, what it lacks,
// and what it has changed.
import { home as openHome } from "./files.js";

export class HomeSync {
  #name = null;
  /** By path: the version which the worker has. */
  #known = new Map();
  #taking = Promise.resolve();
  #complain;

  /** `complain(words)` tells why a file is not kept. */
  constructor(complain) {
    this.#complain = complain;
  }

  /** What the worker needs to have the home `name` as it is now. */
  async changesFor(name) {
    await this.#taking;
    const fresh = this.#name !== name;
    if (fresh) {
      this.#name = name;
      this.#known.clear();
    }
    const entries = await openHome(name).list();
    const there = new Set(entries.map(({ path }) => path));
    const changes = [...this.#known.keys()]
      .filter((path) => !there.has(path))
      .map((path) => ({ path, removed: true }));
    for (const { path, folder, modified, version } of entries) {
      if (this.#known.get(path) === version) {
        continue;
      }
      const content = folder ? null : await openHome(name).read(path);
      // Gone between the list and now: then the next time tells.
      if (folder || content !== null) {
        changes.push({ path, folder, modified, content });
        this.#known.set(path, version);
      }
    }
    this.#known = new Map([...this.#known].filter(([path]) => there.has(path)));
    const transfer = changes.flatMap(({ content }) => (content ? [content.buffer] : []));
    return { home: { home: name, fresh, changes }, transfer };
  }

  /** Takes over what the worker changed; resolves when it is kept. */
  take(name, changes) {
    this.#taking = this.#taking.then(async () => {
      for (const change of changes) {
        try {
          await this.#takeOne(openHome(name), change, name === this.#name);
        } catch (error) {
          this.#complain(error.message);
        }
      }
    });
    return this.#taking;
  }

  async #takeOne(home, { path, folder, content, modified, removed }, known) {
    if (removed) {
      this.#known.delete(path);
      await home.remove(path);
      return;
    }
    const made = folder ? await home.makeFolder(path, modified) : await home.write(path, content, modified);
    if (known) {
      this.#known.set(path, made);
    }
  }

  /** Resolves when all that was taken over is kept. */
  settled() {
    return this.#taking;
  }
}
