// What comes with the runtime of JavaScript functions: a small part of Node.js's own modules, over files in memory.
// Whatever else is asked for is refused by name.
import { Buffer } from "buffer";
import { format, inspect } from "./function-inspect.js";
import { promises, stream } from "./function-stream.js";

const toUtf8 = new TextEncoder();

/** A code of Node.js's own errors. */
function systemError(code, words, call, path) {
  return Object.assign(new Error(`${code}: ${words}, ${call} '${path}'`), { code, syscall: call, path });
}

const missing = (call, path) => systemError("ENOENT", "no such file or directory", call, path);

/** https://nodejs.org/api/fs.html: files in memory; only those below /tmp can be written, as on AWS. */
function makeFs(files, absolute) {
  const bytes = (content) => (typeof content === "string" ? toUtf8.encode(content) : new Uint8Array(content));
  const isFolder = (path) => [...files.keys()].some((name) => name.startsWith(`${path}/`)) || path === "/tmp";
  const writable = (path, call) => {
    if (!path.startsWith("/tmp/")) {
      throw systemError("EROFS", "read-only file system", call, path);
    }
    return path;
  };
  const encodingOf = (options) => (typeof options === "string" ? options : options?.encoding);
  const fs = {
    existsSync: (path) => files.has(absolute(path)) || isFolder(absolute(path)),
    readFileSync(path, options) {
      const content = files.get(absolute(path));
      if (content === undefined) {
        throw missing("open", path);
      }
      const encoding = encodingOf(options);
      return encoding ? Buffer.from(content).toString(encoding) : Buffer.from(content);
    },
    writeFileSync: (path, content) => void files.set(writable(absolute(path), "open"), bytes(content)),
    appendFileSync(path, content) {
      const before = files.get(absolute(path)) ?? new Uint8Array(0);
      fs.writeFileSync(path, Buffer.concat([before, bytes(content)]));
    },
    readdirSync(path) {
      const folder = `${absolute(path)}/`;
      const inside = [...files.keys()].filter((name) => name.startsWith(folder));
      if (inside.length === 0 && folder !== "/tmp/") {
        throw missing("scandir", path);
      }
      return [...new Set(inside.map((name) => name.slice(folder.length).split("/")[0]))].sort();
    },
    statSync(path) {
      const content = files.get(absolute(path));
      const folder = isFolder(absolute(path));
      if (content === undefined && !folder) {
        throw missing("stat", path);
      }
      return { size: content?.length ?? 0, isFile: () => content !== undefined, isDirectory: () => folder };
    },
    unlinkSync(path) {
      if (!files.delete(writable(absolute(path), "unlink"))) {
        throw missing("unlink", path);
      }
    },
    mkdirSync: (path) => void writable(`${absolute(path)}/`, "mkdir"),
  };
  const later =
    (name) =>
    async (...given) =>
      fs[`${name}Sync`](...given);
  const names = ["readFile", "writeFile", "appendFile", "readdir", "stat", "unlink", "mkdir"];
  const promises = Object.fromEntries(names.map((name) => [name, later(name)]));
  return { ...fs, promises };
}

/** https://nodejs.org/api/path.html, of POSIX. */
function makePath(cwd) {
  const normalize = (path) => {
    const parts = [];
    for (const part of path.split("/")) {
      if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") {
        parts.pop();
      } else if (part === ".." && !path.startsWith("/")) {
        parts.push(part);
      } else if (part !== "" && part !== "." && part !== "..") {
        parts.push(part);
      }
    }
    return (path.startsWith("/") ? "/" : "") + parts.join("/") || ".";
  };
  const basename = (path, ending = "") => {
    const name = path.replace(/\/+$/, "").split("/").at(-1);
    return ending !== "" && name !== ending && name.endsWith(ending) ? name.slice(0, -ending.length) : name;
  };
  const made = {
    sep: "/",
    delimiter: ":",
    normalize,
    basename,
    join: (...parts) => normalize(parts.filter((part) => part !== "").join("/")),
    resolve: (...parts) =>
      normalize(parts.reduce((at, part) => (part.startsWith("/") ? part : `${at}/${part}`), cwd())),
    dirname: (path) =>
      normalize(path).split("/").slice(0, -1).join("/") || (path.startsWith("/") ? "/" : "."),
    extname: (path) => /[^/](\.[^./]*)$/.exec(path)?.[1] ?? "",
    isAbsolute: (path) => path.startsWith("/"),
  };
  made.posix = made;
  return made;
}

/** https://nodejs.org/api/process.html */
function makeProcess({ env, write, exit, elapsed }) {
  const stream = { write: (text) => (write(String(text)), true), isTTY: false };
  const process = {
    env,
    argv: ["/var/lang/bin/node", "/var/runtime/index.mjs"],
    platform: "linux",
    arch: "x64",
    pid: 8,
    // The oldest that functions have here; what runs them is the browser's own engine.
    version: "v22.0.0",
    versions: { node: "22.0.0" },
    stdout: stream,
    stderr: stream,
    cwd: () => env.LAMBDA_TASK_ROOT,
    exit,
    uptime: () => elapsed() / 1000,
    nextTick: (work, ...given) => queueMicrotask(() => work(...given)),
    hrtime: Object.assign(() => [Math.floor(elapsed() / 1000), Math.floor((elapsed() % 1000) * 1e6)], {
      bigint: () => BigInt(Math.floor(elapsed() * 1e6)),
    }),
    emitWarning: (words) => write(`${words}\n`),
  };
  for (const name of ["on", "once", "off", "addListener", "removeListener", "removeAllListeners"]) {
    process[name] = () => process;
  }
  return process;
}

/** Modules by name; `about` is `{env, files, write, exit, elapsed}`. */
export function makeRuntime(about) {
  const process = makeProcess(about);
  const path = makePath(process.cwd);
  const fs = makeFs(about.files, (name) => path.resolve(String(name)));
  const later = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));
  const modules = {
    buffer: { Buffer },
    crypto: {
      randomUUID: () => crypto.randomUUID(),
      randomBytes: (length) => Buffer.from(crypto.getRandomValues(new Uint8Array(length))),
      getRandomValues: (into) => crypto.getRandomValues(into),
      webcrypto: crypto,
      subtle: crypto.subtle,
    },
    fs,
    "fs/promises": fs.promises,
    os: { EOL: "\n", tmpdir: () => "/tmp", platform: () => "linux", homedir: () => "/tmp", cpus: () => [] },
    path,
    "path/posix": path,
    process,
    stream,
    "stream/promises": promises,
    timers: { setTimeout, clearTimeout, setInterval, clearInterval },
    "timers/promises": { setTimeout: later },
    url: { URL, URLSearchParams, fileURLToPath: (url) => decodeURIComponent(new URL(url).pathname) },
    util: { format, inspect: (value) => inspect(value), promisify, TextDecoder, TextEncoder },
  };
  return { modules, process, Buffer };
}

/** https://nodejs.org/api/util.html#utilpromisifyoriginal */
const promisify =
  (original) =>
  (...given) =>
    new Promise((resolve, reject) => {
      original(...given, (error, value) => (error ? reject(error) : resolve(value)));
    });
