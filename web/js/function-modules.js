// The modules of a function's package, loaded from memory: CommonJS by `require`, ES modules with their imports
// replaced by addresses of blobs. Nothing is fetched but what comes with the runtime.
// https://nodejs.org/api/esm.html#resolution-algorithm-specification
import { parse } from "es-module-lexer/js";

const fromUtf8 = new TextDecoder();
const CONDITIONS = {
  import: ["node", "import", "module-sync", "default"],
  require: ["node", "require", "module-sync", "default"],
};
const ENDINGS = ["", ".js", ".json", ".cjs", "/index.js", "/index.json"];
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const RESERVED = new Set([
  "default",
  "await",
  "class",
  "const",
  "delete",
  "enum",
  "export",
  "function",
  "import",
  "in",
  "new",
  "null",
  "this",
  "true",
  "false",
  "typeof",
  "var",
  "void",
  "with",
  "yield",
  "let",
  "static",
  "if",
  "for",
  "do",
  "else",
  "switch",
  "case",
  "return",
  "throw",
  "try",
  "catch",
  "finally",
  "while",
  "break",
  "continue",
  "instanceof",
  "super",
  "extends",
  "debugger",
  "implements",
  "interface",
  "package",
  "private",
  "protected",
  "public",
]);
/** What modules find us by: they are scripts of their own. */
const US = "__cloudarium__";

export class Modules {
  #files;
  #builtins;
  #importScripts;
  #onModule;
  #layers;
  /** CommonJS modules by path. */
  #required = new Map();
  /** Promises of the addresses of ES modules by path. */
  #linked = new Map();
  #defined = null;

  /**
   * `files` are bytes by path, `builtins(name)` gives a module of the runtime's or undefined, `onModule(url, path)`
   * is told under which address a file runs. `layers` are the folders of packages in layers, as the runtime looks through
   * them; `counted` takes what loads modules later, while code runs.
   */
  constructor({ files, builtins, importScripts, onModule, layers, counted }) {
    this.#files = files;
    this.#builtins = builtins;
    this.#importScripts = importScripts;
    this.#onModule = onModule;
    this.#layers = layers;
    globalThis[US] = {
      define: (made) => {
        this.#defined = made;
      },
      builtin: builtins,
      required: (path) => this.#requireFile(path),
      load: (from) => counted(async (specifier) => import(await this.#address(String(specifier), from, []))),
    };
  }

  /** What a file exports, whichever kind of module it is. */
  async load(path) {
    return this.#isModule(path) ? import(await this.#link(path, [])) : this.#requireFile(path);
  }

  #text(path) {
    const text = fromUtf8.decode(this.#files.get(path));
    return text.startsWith("#!") ? `//${text}` : text;
  }

  #isModule(path) {
    if (!path.endsWith(".js")) {
      return path.endsWith(".mjs");
    }
    const type = this.#scope(path)?.type;
    // As Node.js does: a file that nobody speaks for is what its own words make it.
    return type === undefined ? hasModuleSyntax(this.#text(path)) : type === "module";
  }

  /** The nearest package.json. */
  #scope(path) {
    for (const folder of foldersOf(path)) {
      const found = this.#json(`${folder}/package.json`);
      if (found !== null) {
        return found;
      }
    }
    return null;
  }

  #json(path) {
    return this.#files.has(path) ? JSON.parse(fromUtf8.decode(this.#files.get(path))) : null;
  }

  // CommonJS.

  #requireFile(path, parent = null) {
    const known = this.#required.get(path);
    if (known !== undefined) {
      return known.exports;
    }
    const module = { exports: {}, id: path, filename: path, loaded: false, children: [], parent };
    this.#required.set(path, module);
    try {
      this.#run(path, module);
    } catch (error) {
      this.#required.delete(path);
      throw error;
    }
    module.loaded = true;
    return module.exports;
  }

  #run(path, module) {
    if (path.endsWith(".json")) {
      module.exports = this.#json(path);
      return;
    }
    if (this.#isModule(path)) {
      throw coded("ERR_REQUIRE_ESM", `require() of ES Module ${path} is not supported in the browser.`);
    }
    const require = (specifier) => this.#require(String(specifier), path, module);
    require.resolve = (specifier) => this.#resolve(specifier, path, "require");
    require.cache = {};
    const made = this.#compiled(path);
    const folder = path.slice(0, path.lastIndexOf("/"));
    made.call(module.exports, module.exports, require, module, path, folder);
  }

  /** The file as a function: a script of its own, since nothing here evaluates text. */
  #compiled(path) {
    const head = `${US}.define(function (exports, require, module, __filename, __dirname) {`;
    const url = blobUrl([head, this.#text(path), "\n});"], "text/javascript");
    this.#onModule(url, path);
    this.#importScripts(url);
    return this.#defined;
  }

  #require(specifier, from, parent) {
    const builtin = this.#builtins(specifier);
    return builtin ?? this.#requireFile(this.#resolve(specifier, from, "require"), parent);
  }

  // ES modules.

  #link(path, around) {
    if (around.includes(path)) {
      const words = `Modules that import each other in a circle do not run in the browser: ${path}`;
      throw coded("ERR_CIRCULAR_IMPORT", words);
    }
    if (!this.#linked.has(path)) {
      this.#linked.set(path, this.#linkNow(path, around));
    }
    return this.#linked.get(path);
  }

  async #linkNow(path, around) {
    if (path.endsWith(".json")) {
      return blobUrl([this.#text(path)], "application/json");
    }
    if (!this.#isModule(path)) {
      return reexported(`required(${JSON.stringify(path)})`, this.#requireFile(path));
    }
    const url = blobUrl([await this.#replaced(path, [...around, path])], "text/javascript");
    this.#onModule(url, `file://${path}`);
    return url;
  }

  /** The source with addresses in place of what it imports. */
  async #replaced(path, around) {
    const text = this.#text(path);
    let done = "";
    let at = 0;
    const put = (from, to, words) => {
      done += text.slice(at, from) + words;
      at = to;
    };
    for (const { type, specifier, start, end, importStart } of imports(text)) {
      if (type === "import-meta") {
        const folder = path.slice(0, path.lastIndexOf("/"));
        const meta = { url: `file://${path}`, filename: path, dirname: folder };
        put(start, end, `(${JSON.stringify(meta)})`);
      } else if (type === "dynamic") {
        put(importStart, start, `${US}.load(${JSON.stringify(path)})(`);
      } else {
        put(start, end, await this.#address(specifier, path, around));
      }
    }
    return done + text.slice(at);
  }

  async #address(specifier, from, around) {
    const builtin = this.#builtins(specifier);
    if (builtin !== undefined) {
      return reexported(`builtin(${JSON.stringify(specifier)})`, builtin);
    }
    return this.#link(this.#resolve(specifier, from, "import"), around);
  }

  // Where a name leads.

  #resolve(specifier, from, kind) {
    const relative = /^\.{0,2}\//.test(specifier);
    const found = relative
      ? this.#file(joined(from.slice(0, from.lastIndexOf("/")), specifier), kind)
      : this.#inPackages(specifier.replace(/^file:\/\//, ""), from, kind);
    if (found !== null) {
      return found;
    }
    if (kind === "require") {
      throw coded("MODULE_NOT_FOUND", `Cannot find module '${specifier}'\nRequire stack:\n- ${from}`);
    }
    const target = relative ? joined(from.slice(0, from.lastIndexOf("/")), specifier) : specifier;
    const what = relative ? `module '${target}'` : `package '${target}'`;
    throw coded("ERR_MODULE_NOT_FOUND", `Cannot find ${what} imported from ${from}`);
  }

  #file(path, kind) {
    // What is imported is named in full.
    const endings = kind === "import" ? [""] : ENDINGS;
    const found = endings.find((ending) => this.#files.has(path + ending));
    if (found !== undefined) {
      return path + found;
    }
    const main = kind === "import" ? undefined : this.#json(`${path}/package.json`)?.main;
    return main === undefined ? null : this.#file(joined(path, main), kind);
  }

  #inPackages(specifier, from, kind) {
    const [, name, rest] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(specifier) ?? [null, specifier, ""];
    for (const place of [...foldersOf(from).map((folder) => `${folder}/node_modules`), ...this.#layers]) {
      const found = this.#inPackage(`${place}/${name}`, rest, kind);
      if (found !== null) {
        return found;
      }
    }
    return null;
  }

  #inPackage(folder, rest, kind) {
    const about = this.#json(`${folder}/package.json`);
    if (about?.exports !== undefined) {
      const target = exported(about.exports, `.${rest}`, CONDITIONS[kind]);
      return target === null ? null : this.#file(joined(folder, target), "import");
    }
    if (rest !== "") {
      return this.#file(folder + rest, "require");
    }
    return this.#file(joined(folder, about?.main ?? "index.js"), "require");
  }
}

/** What a package says of a path in it. https://nodejs.org/api/packages.html#conditional-exports */
function exported(exports, path, conditions) {
  const isTable = typeof exports === "object" && !Array.isArray(exports);
  const table =
    isTable && Object.keys(exports).some((key) => key.startsWith(".")) ? exports : { ".": exports };
  if (path in table) {
    return chosen(table[path], conditions);
  }
  for (const [pattern, target] of Object.entries(table)) {
    const [before, after] = pattern.split("*");
    if (after !== undefined && path.startsWith(before) && path.endsWith(after)) {
      const star = path.slice(before.length, path.length - after.length);
      return chosen(target, conditions)?.replaceAll("*", star) ?? null;
    }
  }
  return null;
}

function chosen(target, conditions) {
  if (typeof target === "string" || target === null) {
    return target;
  }
  const choices = Array.isArray(target)
    ? target
    : Object.entries(target).flatMap(([name, one]) => (conditions.includes(name) ? [one] : []));
  return choices.length === 0 ? null : chosen(choices[0], conditions);
}

function imports(text) {
  try {
    return parse(text)[0];
  } catch {
    // The engine has the better words for what is no module.
    return [];
  }
}

function hasModuleSyntax(text) {
  try {
    return parse(text)[3];
  } catch {
    return false;
  }
}

/** A module that exports what there is already. */
function reexported(found, value) {
  const isNamed = (name) => IDENTIFIER.test(name) && !RESERVED.has(name);
  const names = Object.keys(Object(value)).filter(isNamed);
  const named = names.length === 0 ? "" : `export const { ${names.join(", ")} } = found;`;
  return blobUrl(
    [`const found = globalThis.${US}.${found}; export default found; ${named}`],
    "text/javascript",
  );
}

const blobUrl = (parts, type) => URL.createObjectURL(new Blob(parts, { type }));
const coded = (code, words) => Object.assign(new Error(words), { code });

function foldersOf(path) {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, at) => parts.slice(0, parts.length - at).join("/")).filter((folder) => folder !== "");
}

function joined(folder, path) {
  const parts = path.startsWith("/") ? [] : folder.split("/");
  for (const part of path.split("/")) {
    if (part === "..") {
      parts.pop();
    } else if (part !== "." && part !== "") {
      parts.push(part);
    }
  }
  return parts[0] === "" ? parts.join("/") : `/${parts.join("/")}`;
}
