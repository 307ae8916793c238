// A Python worker: Pyodide with boto3 or the AWS CLI, whose requests go to the cloud worker. Started and
// ended by python-host.js; what Python itself does is in web/python/_cloudarium.
//
// Messages in: {kind: "start", ...}, {kind: "module", module}, {kind: "snapshot", memory} (an ArrayBuffer or
// null), {kind: "run", id, entry, request, files}; or {kind: "make-snapshot", ...}.
// Out: {kind: "progress" | "ready" | "output" | "ask" | "files" | "done" | "snapshot" | "failed"}.
import { HomeMirror } from "./home-mirror.js";
import {
  addArchives,
  fetchFile,
  loadPython,
  originals,
  PREPARE,
  provide,
  readModels,
  readNow,
  removeNetwork,
  startPython,
  untilAnswered,
} from "./python-load.js";
import { Output } from "./python-output.js";
import { saveSnapshot } from "./snapshot-store.js";
import { virtualNow } from "./virtual-clock.js";

/** What a run may be: how Python is entered with its request, which is JSON, as is what comes back. */
const ENTRIES = {
  script: "from _cloudarium import run\nrun.run(request)",
  command: "from _terminal import session\nsession.run(request)",
  complete: "from _terminal import session\nsession.completions(request)",
  prompt: "from _cloudarium import repl\nrepl.evaluate(request)",
  suggest: "from _cloudarium import suggest\nsuggest.at(request)",
};
const TERMINAL = "terminal";
/** Where the AWS CLI is unpacked (web/python/_terminal/cli.py). */
const AWSCLI = { archive: "awscli.zip", folder: "/lib/awscli" };
/** Kept in a snapshot, so that the first client of these needs no file. */
const WARM_MODELS = ["s3", "sts"];

let python = null;
let mirror = null;
let jq = null;
const output = new Output((stream, text) => postMessage({ kind: "output", stream, text }));

/** jq itself, fetched before the first line that names it: Python calls it synchronously. */
async function loadJq() {
  const place = new URL("../jq/", import.meta.url);
  const { loadJq: load } = await import(new URL("jq.js", place));
  const response = await originals.fetch(new URL("jq.wasm", place));
  if (!response.ok) {
    throw new Error(`jq is missing from this site (status ${response.status})`);
  }
  return load({ wasmModule: await WebAssembly.compile(await response.arrayBuffer()) });
}

function runJq(text, query, flags) {
  return JSON.stringify(jq.raw(text, query, JSON.parse(flags)));
}

/** The JavaScript side of web/python/_cloudarium/host.py. */
function hostModule(base, bridge) {
  return {
    call(method, url, headers, body, source) {
      output.flush();
      const message = { kind: "http", method, url, headers, body, source };
      return bridge.send(message, body ? [body.buffer] : []);
    },
    sleep(seconds) {
      output.flush();
      const until = virtualNow() + seconds * 1000;
      return untilAnswered(bridge, () => ({ kind: "sleep", until }));
    },
    readLine() {
      output.flush();
      const ask = `${originals.random()}`;
      postMessage({ kind: "ask", ask });
      return untilAnswered(bridge, () => ({ kind: "input", ask }));
    },
    models: (service) => readModels(base, service),
    file: (path) => readNow(base, path, "text"),
    jq: runJq,
  };
}

/** Starts Python in full and keeps its memory for later starts; this worker is then of no more use. */
async function makeSnapshot(options) {
  const made = await loadPython({ ...options, snapshot: null, make: true });
  made.runPython(addArchives(options.archives));
  made.runPython(PREPARE);
  for (const service of WARM_MODELS) {
    made.globals.set("model_text", readModels(options.base, service));
    made.runPython(`
from _cloudarium import models
models.keep("${service}", model_text)
del model_text`);
  }
  made.runPython("start.warm()\nfrom _cloudarium import run");
  const memory = made.makeMemorySnapshot();
  const saved = await saveSnapshot(options.key, memory);
  postMessage({ kind: "snapshot", saved, bytes: memory.byteLength });
}

/** Makes the worker one of the Terminal: the AWS CLI is unpacked and imported. */
async function prepareTerminal(loaded, content) {
  loaded.unpackArchive(await content, "zip", { extractDir: AWSCLI.folder });
  loaded.runPython(`
sys.path.append("${AWSCLI.folder}")
from _terminal import session
session.prepare()`);
}

async function start(options) {
  const isTerminal = options.worker === TERMINAL;
  const awscli = isTerminal ? fetchFile(options.base, AWSCLI.archive) : null;
  awscli?.catch(() => {});
  const started = await startPython(options, {
    write: (stream, bytes) => output.write(stream, bytes),
    tick: () => output.tick(),
    host: (bridge) => hostModule(options.base, bridge),
  });
  python = started.python;
  if (isTerminal) {
    await prepareTerminal(python, awscli);
  }
  mirror = new HomeMirror(python.FS, (home, changes, contents) =>
    postMessage({ kind: "files", home, changes }, contents),
  );
  removeNetwork();
  postMessage({ kind: "ready", restored: started.restored });
}

async function run({ id, entry, request, files }) {
  output.begin();
  if (jq === null && entry === "command" && /\bjq\b/.test(request)) {
    try {
      jq = await loadJq();
    } catch (error) {
      postMessage({ kind: "output", stream: "stderr", text: `jq: ${error.message}\n` });
    }
  }
  mirror.update(files);
  const locals = python.toPy({ request });
  try {
    // Entered this way, Python can be suspended by the bridge that switches stacks.
    const ending = await python.runPythonAsync(ENTRIES[entry], { globals: locals });
    finishRun();
    postMessage({ kind: "done", id, ending: JSON.parse(ending) });
  } catch (error) {
    finishRun();
    // Stop came between the script's end and ours; anything else is told as it is.
    const stopped = String(error).includes("KeyboardInterrupt");
    const ending = stopped ? { status: "stopped" } : { status: "error", error: String(error) };
    postMessage({ kind: "done", id, ending });
  } finally {
    locals.destroy();
  }
}

/** The page hears of files and output before it hears of the end. */
function finishRun() {
  mirror.tell();
  output.end();
}

function fail(error) {
  postMessage({ kind: "failed", words: String(error?.message ?? error) });
}

/** Python that ends itself (`os._exit`) or cannot go on is no Python any more; what was printed is told all the same. */
function died(error) {
  try {
    finishRun();
  } catch {
    // Its files are gone with it.
  }
  const { status } = error ?? {};
  fail(Number.isInteger(status) ? `the script ended it, with os._exit(${status})` : error);
}

const isDeath = (error) =>
  Number.isInteger(error?.status) || error?.pyodide_fatal_error || error instanceof WebAssembly.RuntimeError;

// What Python throws when it ends itself comes to no promise.
for (const kind of ["error", "unhandledrejection"]) {
  addEventListener(kind, (event) => {
    const error = event.error ?? event.reason;
    if (isDeath(error)) {
      event.preventDefault();
      died(error);
    }
  });
}

addEventListener("message", ({ data }) => {
  if (data.kind === "start") {
    start(data).catch(fail);
  } else if (data.kind === "make-snapshot") {
    makeSnapshot(data).catch(fail);
  } else if (data.kind === "run") {
    run(data).catch(died);
  } else {
    provide(data);
  }
});
