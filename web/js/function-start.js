// What a function's worker is started with: the interpreter, the code, the variables.
import { availableBridges } from "./bridges.js";
import { BASE, bundle, compiledModule, loadBundle } from "./python-bundle.js";
import { dropSnapshots, loadSnapshot } from "./snapshot-store.js";

/** The name under which each worker has its task's folder, and AWS too. */
const TASK_ROOT = "/var/task";

/** A snapshot is made in the background, once that first function has had its time. */
const SNAPSHOT_DELAY_MS = 1500;

/** Whether this tab has started to make a snapshot. */
let isMaking = false;

/**
 * The variables of an environment.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
function variablesOf(input) {
  return {
    ...input.Variables,
    _HANDLER: input.Handler,
    AWS_ACCESS_KEY_ID: input.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: input.SecretAccessKey,
    AWS_SESSION_TOKEN: input.SessionToken,
    AWS_REGION: input.Region,
    AWS_DEFAULT_REGION: input.Region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${input.Runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: input.FunctionName,
    AWS_LAMBDA_FUNCTION_VERSION: input.FunctionVersion,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(input.MemoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: input.LogGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: input.LogStream,
    AWS_LAMBDA_LOG_FORMAT: input.LogFormat,
    ...(input.LogLevel ? { AWS_LAMBDA_LOG_LEVEL: input.LogLevel } : {}),
    AWS_LAMBDA_INITIALIZATION_TYPE: input.InitializationType,
    LAMBDA_TASK_ROOT: TASK_ROOT,
    LAMBDA_RUNTIME_DIR: "/var/runtime",
    AWS_LAMBDA_RUNTIME_API: "169.254.100.1:9001",
    AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
    AWS_XRAY_DAEMON_ADDRESS: "169.254.79.129:2000",
    _AWS_XRAY_DAEMON_ADDRESS: "169.254.79.129",
    _AWS_XRAY_DAEMON_PORT: "2000",
    HOME: "/tmp",
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    PATH: "/var/lang/bin:/usr/local/bin:/usr/bin:/bin:/opt/bin",
  };
}

/** All packages: of layers, and the function's own last. */
function packagesOf({ input, read }) {
  return input.Code.map(({ Digest: digest, Length: length }) => {
    const content = read(digest, length);
    if (content === undefined) {
      throw new Error("A package is lost.");
    }
    return content;
  });
}

function bridgeOf({ bridge: wanted, relay }) {
  const available = availableBridges();
  if (relay) {
    available.push("xhr");
  }
  const found = wanted ? available.find((name) => name === wanted) : available[0];
  if (found === undefined) {
    throw new Error("This browser cannot run functions: nothing lets Python wait for the cloud here.");
  }
  return found;
}

/** What both kinds of workers are started with. */
function common(work) {
  const { input } = work;
  return { variables: variablesOf(input), memoryMb: input.MemoryMb, packages: packagesOf(work) };
}

const launch = (name, type = "module") => new Worker(new URL(name, import.meta.url), { type });

/**
 * A worker in which Python starts: its memory is restored from the snapshot of the Python tab, if there is one;
 * `restoredOnly`: without, there is no worker. It waits for its function.
 */
export async function launchPython({ port, take, atHand, relay, bridge: wanted, restoredOnly = false }) {
  const bridge = bridgeOf({ bridge: wanted, relay });
  await loadBundle(() => {});
  const { key, info, files } = bundle();
  const [memory, module] = await Promise.all([loadSnapshot(key), compiledModule()]);
  if (memory === null && restoredOnly) {
    return null;
  }
  atHand?.();
  const worker = launch("function-python.js");
  take?.(worker);
  worker.addEventListener("message", ({ data }) => {
    if (data.kind === "loaded" && !data.restored) {
      setTimeout(() => makeSnapshot({ base: BASE, key, info, files }, module), SNAPSHOT_DELAY_MS);
    } else if (data.kind === "failed" && memory !== null) {
      // The snapshot may be to blame: the next start is made without.
      dropSnapshots();
    }
  });
  const options = { base: BASE, key, info, files, bridge, relay, port, interrupt: null, lean: true };
  worker.postMessage({ kind: "module", module });
  worker.postMessage({ kind: "start", ...options, archives: ["boto3.zip"] }, [port]);
  worker.postMessage({ kind: "snapshot", memory }, memory === null ? [] : [memory]);
  return worker;
}

/** Gives a worker with Python its function. */
export function beginPython(worker, work) {
  worker.postMessage({ kind: "begin", ...common(work) });
}

/** Makes later starts quick: a worker of its own starts Python in full and keeps its memory. */
function makeSnapshot(options, module) {
  if (isMaking) {
    return;
  }
  isMaking = true;
  const maker = launch("python-worker.js");
  maker.addEventListener("message", ({ data }) => {
    if (data.kind === "snapshot" || data.kind === "failed") {
      maker.terminate();
    }
  });
  maker.postMessage({ kind: "make-snapshot", ...options, archives: ["boto3.zip"] });
  maker.postMessage({ kind: "module", module });
}

/** A worker with JavaScript. */
export async function startNode(work, { port, take, atHand }) {
  atHand();
  const worker = launch("function-node.js", "classic");
  take(worker);
  worker.postMessage({ kind: "start", port, ...common(work) }, [port]);
}
