// Runs a Lambda handler of JavaScript: its context, its log, and its errors in AWS's shapes. Both the browser
// (function-node.js) and the native host (crates/serve/src/functions/bootstrap.mjs) run handlers by this file, so it
// stands on the language alone.

/** Where files lie here, and where AWS has them: pairs of texts. */
export const places = [];

/** The invocation that runs, whether its log is JSON, from which level on it is written, and the runtime's number. */
export const current = { requestId: "", json: false, level: "TRACE", node: 0 };

/** Takes from an environment's variables how its log is to be. */
export function enter(env) {
  current.json = env.AWS_LAMBDA_LOG_FORMAT === "JSON";
  current.level = env.AWS_LAMBDA_LOG_LEVEL?.toUpperCase() ?? "TRACE";
  current.node = Number(/nodejs(\d+)/.exec(env.AWS_EXECUTION_ENV)?.[1] ?? 0);
}

const asOnAws = (text) => places.reduce((done, [here, there]) => done.replaceAll(here, there), String(text));

/** An error of the runtime's own. */
export class Wrong extends Error {
  constructor(name, message) {
    super(message);
    this.name = name;
  }
}

/** The console's methods, from what matters least to what matters most. */
export const LEVELS = {
  trace: "TRACE",
  debug: "DEBUG",
  info: "INFO",
  log: "INFO",
  warn: "WARN",
  error: "ERROR",
  fatal: "FATAL",
};

/** An error in a log of JSON. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html */
const inLog = (error) => ({
  errorType: error.constructor?.name ?? "UnknownError",
  errorMessage: asOnAws(error.message),
  stackTrace: stackLines(error),
});

/** What the console was given, as a line of the log; none if its level is too low. `format` is Node.js's own. */
export function logLine(level, parts, format) {
  const order = Object.values(LEVELS);
  if (order.indexOf(level) < order.indexOf(current.level)) {
    return "";
  }
  const timestamp = new Date().toISOString();
  const { requestId, json } = current;
  if (!json) {
    // One event on AWS, whatever lines it has.
    const message = format(...parts).replaceAll("\n", "\r");
    return `${timestamp}\t${requestId || "undefined"}\t${level}\t${message}\n`;
  }
  const line = { timestamp, level, requestId: requestId || undefined };
  if (parts.length === 1) {
    try {
      const replace = (_, value) => (value instanceof Error ? { ...inLog(value), ...value } : value);
      return `${JSON.stringify({ ...line, message: parts[0] }, replace)}\n`;
    } catch {
      // It refers to itself, say: then as text.
    }
  }
  const error = parts.length > 1 ? parts.find((part) => part instanceof Error) : undefined;
  return `${JSON.stringify({ ...line, message: format(...parts), ...(error && inLog(error)) })}\n`;
}

/** How the stack of an error reads; an engine other than V8 has another form. */
export const stackOf = { form: (error) => error.stack };

const stackLines = (error) => (error.stack ? stackOf.form(error).split("\n").map(asOnAws) : []);

/** An error as it is answered. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
function failure(error, kind) {
  const known = error instanceof Error;
  const trace = known ? stackLines(error) : [];
  return {
    errorType: kind ?? (known ? error.name : typeof error),
    errorMessage: asOnAws(known ? error.message : (error ?? "null")),
    trace,
  };
}

/** The same in the log: what its owner gave it, and the stack under that name. */
function logOf(what, error, { trace, ...told }) {
  if (current.json) {
    return logLine("ERROR", [error instanceof Error ? error : new Error(told.errorMessage)], String);
  }
  const own = error instanceof Error ? { code: error.code, ...error } : {};
  return logLine("ERROR", [JSON.stringify({ ...told, ...own, stack: trace })], (text) => `${what} \t${text}`);
}

/** How an invocation, or the start before it, is told to have failed. */
export function failed(outcome, thrown, kind) {
  const error = failure(thrown, kind);
  const what = outcome === "InitFailed" ? "Uncaught Exception" : "Invoke Error";
  return { outcome, payload: JSON.stringify(error), log: logOf(what, thrown, error) || undefined };
}

/** `folder/index.handler` is the module `folder/index` and what it exports as `handler`. */
export function partsOf(name) {
  const dot = name.indexOf(".", name.lastIndexOf("/") + 1);
  if (dot < 0) {
    throw new Wrong("Runtime.MalformedHandlerName", "Bad handler");
  }
  return [name.slice(0, dot), name.slice(dot + 1)];
}

/** Marks a handler that streams, under the name that frameworks know. */
const STREAMING = Symbol.for("aws.lambda.runtime.handler.streaming");

/**
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html#nodejs-handler-callback
 * guess: the words, after the warning that AWS's runtime for earlier versions writes.
 */
const NO_CALLBACKS =
  "ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. " +
  "You need to modify this function to use a supported handler signature to use Node.js 24 or later. " +
  "For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.";

/** What a module exports under the handler's name. */
export function exportOf(module, name) {
  const [, exported] = partsOf(name);
  const find = (from) => exported.split(".").reduce((value, part) => value?.[part], from);
  const handler = find(module) ?? find(module.default);
  if (handler === undefined) {
    throw new Wrong("Runtime.HandlerNotFound", `${name} is undefined or not exported`);
  }
  if (typeof handler !== "function") {
    throw new Wrong("Runtime.HandlerNotFound", `${name} is not a function`);
  }
  if (
    current.node >= 24 &&
    handler.length === 3 &&
    handler.constructor.name !== "AsyncFunction" &&
    !handler[STREAMING]
  ) {
    throw new Wrong("Runtime.CallbackHandlerDeprecated", NO_CALLBACKS);
  }
  return handler;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
function contextOf(job, env) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: job.arn,
    awsRequestId: job.id,
    clientContext: job.client_context ?? undefined,
    identity: undefined,
    getRemainingTimeInMillis: () => Math.max(Math.floor(job.deadline_ms - Date.now()), 0),
  };
}

/** A handler returns a promise or a value, or calls back. */
function call(handler, event, context) {
  return new Promise((resolve, reject) => {
    const done = (error, value) => (error ? reject(error) : resolve(value));
    const returned = handler(event, context, done);
    if (returned && typeof returned.then === "function") {
      returned.then(resolve, reject);
    } else if (handler.length < 3) {
      resolve(returned);
    }
  });
}

/** The kind of answer that begins with its status, headers and cookies, as JSON and so many zeros. */
const HTTP = "application/vnd.awslambda.http-integration-response";
const ZEROS = 8;

/** What stands before the first piece of a stream. */
const PRELUDE = Symbol("prelude");

/** https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html */
export const awslambda = {
  streamifyResponse(handler) {
    handler[STREAMING] = "response";
    return handler;
  },
  HttpResponseStream: {
    from(stream, metadata) {
      stream.setContentType(HTTP);
      stream[PRELUDE] = JSON.stringify(metadata);
      return stream;
    },
  },
};

/** Bytes in base64. */
function encoded(bytes) {
  const { buffer, byteOffset, byteLength } = bytes;
  let text = "";
  for (let at = 0; at < byteLength; at += 0x8000) {
    const part = new Uint8Array(buffer, byteOffset + at, Math.min(0x8000, byteLength - at));
    text += String.fromCharCode(...part);
  }
  return btoa(text);
}

/** Calls a handler that writes its answer piece by piece; what was written is told however it ends. */
async function stream(handler, job, env, { stop, writable }) {
  const written = { Chunks: [] };
  const put = (bytes) => written.Chunks.push(encoded(bytes));
  const response = writable((chunk, _encoding, done) => {
    if (response[PRELUDE] !== undefined) {
      put(new TextEncoder().encode(response[PRELUDE]));
      put(new Uint8Array(ZEROS));
      delete response[PRELUDE];
    }
    put(chunk);
    done();
  });
  response.setContentType = (type) => {
    if (written.Chunks.length > 0) {
      throw new Wrong("InvalidStreamingOperation", "Cannot set content-type, too late.");
    }
    written.ContentType = String(type);
  };
  const broken = new Promise((_, reject) => {
    response.on("error", reject);
  });
  broken.catch(() => {});
  try {
    const returned = handler(JSON.parse(job.payload), response, contextOf(job, env));
    if (typeof returned?.then !== "function") {
      throw new Error("Streaming does not support non-async handlers.");
    }
    const value = await Promise.race([returned, stop, broken]);
    if (value !== undefined) {
      console.warn("Streaming handlers ignore return values.");
    }
    await Promise.race([ended(response), stop, broken]);
    return { outcome: "Returned", stream: written };
  } catch (error) {
    return { ...failed("Failed", error), stream: written };
  }
}

/** What is written last may still be on its way when the handler has ended. */
async function ended(response) {
  if (!response.writableEnded) {
    throw new Error("Response stream is not finished.");
  }
  if (!response.writableFinished) {
    await new Promise((resolve) => response.once("finish", resolve));
  }
}

/**
 * Calls the handler. `host` is `{stop, writable(write)}`: a promise that is broken when something else goes wrong
 * meanwhile, and what makes a stream of Node.js's that writes by `write(chunk, encoding, done)`.
 */
export async function run(handler, job, env, host) {
  if (handler[STREAMING] === "response") {
    return stream(handler, job, env, host);
  }
  let value;
  try {
    value = await Promise.race([call(handler, JSON.parse(job.payload), contextOf(job, env)), host.stop]);
  } catch (error) {
    return failed("Failed", error);
  }
  try {
    return { outcome: "Returned", payload: JSON.stringify(value) ?? "null" };
  } catch (error) {
    return failed("Failed", error, "Runtime.MarshalError");
  }
}

/** What stops an invocation when a promise's rejection was handled by nobody. */
export function unhandled(reason) {
  const words = reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
  return new Wrong("Runtime.UnhandledPromiseRejection", words);
}
