// What reading a script needs to know, fetched when it is first asked for: hints of the site's own files, names from the cloud's
// views, the learner's other files. Every question is answered at once, by null while the answer is on its way.
import { pythonLanguage } from "@codemirror/lang-python";

/** Names of buckets and keys change under the learner's hands: asked for again after so long. */
const NAMES_MS_MAX = 2000;
const HINTS = new URL("./python/hints/", import.meta.url);

const fetchHints = async (name) => {
  const response = await fetch(new URL(`${name}.json`, HINTS));
  if (!response.ok)
    throw new Error(`python/hints/${name}.json is missing from this site (status ${response.status})`);
  return response.json();
};

/** `view(name, params)` asks the cloud; `files()` gives the learner's files by name. */
export class Data {
  #view;
  #files;
  #known = new Map();
  #wanted = new Map();
  #trees = new Map();

  constructor({ view, files }) {
    this.#view = view;
    this.#files = files;
  }

  /** What is known under a key; else null, and it is fetched. What cannot be had counts as empty for a while. */
  #get(key, fetching, keepMs = Infinity) {
    const known = this.#known.get(key);
    if (known && performance.now() - known.at < keepMs) return known.value;
    if (!this.#wanted.has(key)) {
      const settle = (value) => {
        this.#known.set(key, { value, at: performance.now() });
        this.#wanted.delete(key);
      };
      this.#wanted.set(
        key,
        fetching().then(settle, () => settle(null)),
      );
    }
    return null;
  }

  /** Promises for what was missed. */
  wanted() {
    return [...this.#wanted.values()];
  }

  service(name) {
    if (!this.boto3()?.hints.includes(name)) return null;
    return this.#get(name, () => fetchHints(name));
  }

  boto3() {
    return this.#get("boto3", () => fetchHints("boto3"));
  }

  python() {
    return this.#get("python", () => fetchHints("python"));
  }

  simulated() {
    return this.#get("simulated", () => fetchHints("simulated"));
  }

  buckets() {
    const names = async () => ((await this.#view("buckets", {})) ?? []).map(({ Name }) => Name);
    return this.#get("view:buckets", names, NAMES_MS_MAX);
  }

  keys(bucket) {
    return this.#get(
      `view:keys:${bucket}`,
      async () => (await this.#view("keys", { Bucket: bucket })) ?? [],
      NAMES_MS_MAX,
    );
  }

  /** The modules that the learner's own files make. */
  files() {
    const names = Object.keys(this.#files()).filter((name) => name.endsWith(".py"));
    return names.map((name) => name.slice(0, -3).replaceAll("/", "."));
  }

  file(module) {
    const text = this.#files()[`${module.replaceAll(".", "/")}.py`];
    if (text === undefined) return null;
    const known = this.#trees.get(module);
    if (known?.text === text) return known;
    const made = { text, tree: pythonLanguage.parser.parse(text) };
    this.#trees.set(module, made);
    return made;
  }
}
