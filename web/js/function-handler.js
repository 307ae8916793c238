// Runs a Lambda handler of JavaScript: its context, its log, and its errors in AWS's shapes. Both the browser
// (function-node.js) and the native host (crates/serve/src/functions/bootstrap.mjs) run handlers by this file, so it
// stands on the language alone.

/** Where files lie here, and where AWS has them: pairs of texts. */
export const places = [];

/** The invocation that runs, whether its log is JSON, from which level on it is written, and the runtime's number. */
export const current = { requestId: "", json: false, level: "TRACE", node: 0, stream: null };

/** What is done once the event loop is empty, which the host finds out: as the runtime does at `beforeExit`. */
export const loop = { emptied: null };

/** From here on there are neither callbacks nor `context.done`. */
const WITHOUT_CALLBACKS = 24;

/** Takes from an environment's variables how its log is to be. */
export function enter(env) {
  current.json = env.AWS_LAMBDA_LOG_FORMAT === "JSON";
  current.level = env.AWS_LAMBDA_LOG_LEVEL?.toUpperCase() ?? "TRACE";
  current.node = Number(/nodejs(\d+)/.exec(env.AWS_EXECUTION_ENV)?.[1] ?? 0);
}

const asOnAws = (text) => places.reduce((done, [here, there]) => done.replaceAll(here, there), String(text));

/** The kinds of error that are the runtime's own: `Runtime.ImportModuleError` and so on. */
const KINDS = [
  "ImportModuleError",
  "HandlerNotFound",
  "MalformedHandlerName",
  "UserCodeSyntaxError",
  "InvalidStreamingOperation",
  "NodeJsExit",
  "UnhandledPromiseRejection",
  "CallbackHandlerDeprecated",
].map((kind) => {
  const { [kind]: made } = { [kind]: class extends Error {} };
  made.prototype.name = `Runtime.${kind}`;
  return [kind, made];
});
const CLASSES = Object.fromEntries(KINDS);

/** An error of the runtime's own, by its kind. */
export function runtimeError(kind, message) {
  const error = new CLASSES[kind](message);
  if (current.node >= WITHOUT_CALLBACKS) {
    // A member of its own, and so in the log.
    error.name = `Runtime.${kind}`;
  }
  return error;
}

/** What a module that cannot be loaded comes to. */
export function loadError(error) {
  if (error instanceof SyntaxError) {
    return runtimeError("UserCodeSyntaxError", String(error));
  }
  return error?.code === "MODULE_NOT_FOUND" ? runtimeError("ImportModuleError", String(error)) : error;
}

/** There is no file of the handler's name. */
export function noModule(name) {
  const words = `Cannot find module '${name}'\nRequire stack:\n- /var/runtime/index.mjs`;
  return runtimeError("ImportModuleError", `Error: ${words}`);
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
export function logLine(level, given, format) {
  const order = Object.values(LEVELS);
  if (order.indexOf(level) < order.indexOf(current.level)) {
    return "";
  }
  const parts = given.length === 0 ? [undefined] : given;
  const timestamp = new Date().toISOString();
  const { requestId, json } = current;
  if (!json) {
    return `${timestamp}\t${requestId || "undefined"}\t${level}\t${format(...parts)}\n`;
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

/** Before a record that is one event of the log although it has line ends, which are written otherwise in it. */
export const RECORD = "\0cloudarium-log ";

/** A record of the log as it is written where lines are read. The other way: `unframed`. */
export function framed(text) {
  const isLine = text.indexOf("\n") === text.length - 1 || text === "";
  return isLine ? text : `${RECORD}${text.replaceAll("\0", "\0" + "0").replaceAll("\n", "\0n")}\n`;
}

/** How the stack of an error reads; an engine other than V8 has another form. */
export const stackOf = { form: (error) => error.stack };

const stackLines = (error) => (error.stack ? stackOf.form(error).split("\n").map(asOnAws) : []);

const isError = (thrown) =>
  thrown instanceof Error ||
  [thrown?.name, thrown?.message, thrown?.stack].every((it) => typeof it === "string" && it !== "");

/** What was thrown as it is answered. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
function answerOf(thrown) {
  try {
    if (isError(thrown)) {
      const { name, message } = thrown;
      return { errorType: name, errorMessage: asOnAws(message), trace: stackLines(thrown) };
    }
    return { errorType: typeof thrown, errorMessage: asOnAws(thrown.toString()), trace: [] };
  } catch {
    const errorMessage =
      "callback called with Error argument, but there was a problem while retrieving one or more of its message, " +
      "name, and stack";
    return { errorType: "handled", errorMessage };
  }
}

/** An error in a log of text: what its owner gave it, and the stack. */
function inText(_, value) {
  if (!(value instanceof Error)) {
    return value;
  }
  const { name, message, code } = value;
  const told = { errorType: name, errorMessage: asOnAws(message), code, ...value };
  return { ...told, ...(typeof value.stack === "string" ? { stack: stackLines(value) } : {}) };
}

/** Logs what was thrown, as https://github.com/aws/aws-lambda-nodejs-runtime-interface-client does. */
function logError(what, thrown) {
  const error = thrown instanceof Error ? thrown : new Error(thrown);
  if (current.json) {
    console.error(error);
    return;
  }
  let text;
  try {
    text = JSON.stringify(error, inText);
  } catch {
    text = JSON.stringify(answerOf(error));
  }
  console.error(what, `\t${text}`);
}

/** How an invocation, or the start before it, is told to have failed. */
export function failed(outcome, thrown, kind) {
  const start = current.node >= WITHOUT_CALLBACKS ? "Init Error" : "Uncaught Exception";
  logError(kind ?? (outcome === "InitFailed" ? start : "Invoke Error"), thrown);
  return { outcome, payload: JSON.stringify(answerOf(thrown)) };
}

/** What ends the process, whoever should have caught it: an error, or a promise's rejection with its reason. */
const CRASHES = {
  uncaughtException: { what: "Uncaught Exception", code: 129, error: (error) => error },
  unhandledRejection: {
    what: "Unhandled Promise Rejection",
    code: 128,
    error: (reason, promise) =>
      Object.assign(runtimeError("UnhandledPromiseRejection", reason), { reason, promise }),
  },
};

/**
 * What is told when the process ends by what nobody caught: of a start, of an invocation, or, where there is an answer
 * already (`answered`), of that. `code` is how the process ends.
 */
export function crashed(outcome, answered, kind, ...thrown) {
  const { what, code, error } = CRASHES[kind];
  const made = failed(outcome, error(...thrown), what);
  const told = answered ?? (current.stream === null ? made : { ...made, stream: current.stream });
  return { code, told: { ...told, code } };
}

/** `folder/index.handler` is the module `folder/index` and what it exports as `handler`. */
export function partsOf(name) {
  if (name.includes("..")) {
    const words =
      "is not a valid handler name. Use absolute paths when specifying root directories in handler names.";
    throw runtimeError("MalformedHandlerName", `'${name}' ${words}`);
  }
  const dot = name.indexOf(".", name.lastIndexOf("/") + 1);
  if (dot < 0) {
    throw runtimeError("MalformedHandlerName", "Bad handler");
  }
  return [name.slice(0, dot), name.slice(dot + 1)];
}

/** Marks a handler that streams, under the name that frameworks know. */
const STREAMING = Symbol.for("aws.lambda.runtime.handler.streaming");

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html#nodejs-handler-callback */
const NO_CALLBACKS =
  "ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. " +
  "You need to modify this function to use a supported handler signature to use Node.js 24 or later. " +
  "For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.";
const FEWER_CALLBACKS =
  "AWS Lambda plans to remove support for callback-based function handlers starting with Node.js 24. " +
  "You will need to update this function to use an async handler to use Node.js 24 or later. " +
  "For more information and to provide feedback on this change, see " +
  "https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/issues/137. " +
  "To disable this warning, set the AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING environment variable.";

const isAsync = (handler) => handler.constructor?.name === "AsyncFunction";

/** What a module exports under the handler's name. */
export function exportOf(module, env) {
  const name = env._HANDLER;
  const [, exported] = partsOf(name);
  const handler = exported.split(".").reduce((value, part) => value && value[part], module);
  if (!handler) {
    throw runtimeError("HandlerNotFound", `${name} is undefined or not exported`);
  }
  if (typeof handler !== "function") {
    throw runtimeError("HandlerNotFound", `${name} is not a function`);
  }
  if (handler.length === 3 && !isAsync(handler) && !handler[STREAMING]) {
    if (current.node >= WITHOUT_CALLBACKS) {
      throw runtimeError("CallbackHandlerDeprecated", NO_CALLBACKS);
    }
    if (env.AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING === undefined) {
      console.warn(FEWER_CALLBACKS);
    }
  }
  return handler;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
function aboutOf(job, env) {
  return {
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: job.client_context ?? undefined,
    identity: undefined,
    invokedFunctionArn: job.arn,
    awsRequestId: job.id,
    tenantId: undefined,
    getRemainingTimeInMillis: () => job.deadline_ms - Date.now(),
  };
}

/** The answer as JSON. */
function serialized(value) {
  try {
    return JSON.stringify(value) ?? "null";
  } catch {
    throw new Error("Unable to stringify response body");
  }
}

const AGAIN =
  "Invocation has already been reported as done. Cannot call complete more than once per invocation.";

/**
 * The ways to answer that handlers have up to Node.js 22: the callback, which waits until the event loop is empty unless
 * it is told not to, and the context's three, which do not wait. Only the first of them counts.
 */
function callbacksTo(answer) {
  let isComplete = false;
  let isFinished = false;
  let waits = true;
  const fails = (thrown) => answer(failed("Failed", thrown));
  const complete = (value) => {
    if (isComplete) {
      console.error(AGAIN);
      return;
    }
    isComplete = true;
    answer({ outcome: "Returned", payload: serialized(value) });
  };
  const settle = (thrown, value, then) => {
    loop.emptied = null;
    return (thrown ?? null) === null ? then(value) : fails(thrown);
  };
  const once = (way) =>
    function () {
      if (!isFinished) {
        way(...arguments);
        isFinished = true;
      }
    };
  const whenEmpty = (value) => {
    loop.emptied = () => complete(value);
  };
  const done = (thrown, value) => settle(thrown, value, complete);
  const context = {
    get callbackWaitsForEmptyEventLoop() {
      return waits;
    },
    set callbackWaitsForEmptyEventLoop(value) {
      waits = value;
    },
    succeed: once((value) => done(null, value)),
    fail: once((thrown) => done(thrown ?? "handled")),
    done: once(done),
  };
  const callback = once((thrown, value) => settle(thrown, value, waits ? whenEmpty : complete));
  return { callback, context, close: () => (isComplete = true) };
}

const UNSETTLED =
  "The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that " +
  "was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes";

const isPromise = (value) => typeof value?.then === "function";

/** What calls handlers. Its names are those of AWS's runtime, as they are in stacks. */
class Runtime {
  constructor(handler) {
    this.handler = handler;
  }

  /** Up to Node.js 22: a promise or a callback answers; what else is returned does not count. */
  handleOnceNonStreaming(job, env, answer) {
    const { callback, context, close } = callbacksTo(answer);
    loop.emptied = () => {
      close();
      const isWrong = isAsync(this.handler);
      const unsettled = () => failed("Failed", runtimeError("NodeJsExit", UNSETTLED));
      answer(isWrong ? unsettled() : { outcome: "Returned", payload: "null" });
    };
    try {
      const result = this.handler(
        JSON.parse(job.payload),
        Object.assign(context, aboutOf(job, env)),
        callback,
      );
      if (isPromise(result)) {
        result.then(context.succeed, context.fail).catch(context.fail);
      }
    } catch (error) {
      callback(error);
    }
  }

  /** From Node.js 24 on: what the handler returns, or what its promise comes to. */
  async processInvoke(job, env, answer) {
    // guess: as before. https://aws.amazon.com/blogs/compute/node-js-24-runtime-now-available-in-aws-lambda/
    loop.emptied = () => answer(failed("Failed", runtimeError("NodeJsExit", UNSETTLED)));
    try {
      const value = await this.handler(JSON.parse(job.payload), aboutOf(job, env));
      answer({ outcome: "Returned", payload: serialized(value) });
    } catch (error) {
      answer(failed("Failed", error));
    }
  }
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
async function stream(handler, job, env, writable) {
  const written = { Chunks: [] };
  current.stream = written;
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
      throw runtimeError("InvalidStreamingOperation", "Cannot set content-type, too late.");
    }
    written.ContentType = String(type);
  };
  const broken = new Promise((_, reject) => {
    response.on("error", reject);
  });
  broken.catch(() => {});
  try {
    const context = current.node >= WITHOUT_CALLBACKS ? {} : { callbackWaitsForEmptyEventLoop: true };
    const returned = handler(JSON.parse(job.payload), response, Object.assign(context, aboutOf(job, env)));
    if (!isPromise(returned)) {
      throw new Error("Streaming does not support non-async handlers.");
    }
    const value = await Promise.race([returned, broken]);
    if (value !== undefined) {
      console.warn("Streaming handlers ignore return values.");
    }
    await Promise.race([ended(response), broken]);
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
 * Calls the handler; the promise is what is told of it. `env` are the function's variables, `writable(write)` makes a
 * stream of Node.js's that writes by `write(chunk, encoding, done)`.
 */
export function run(handler, job, env, writable) {
  // The header of X-Ray: the runtime puts it into the variables before each invocation.
  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
  env._X_AMZN_TRACE_ID = job.trace;
  current.stream = null;
  loop.emptied = null;
  if (handler[STREAMING] === "response") {
    return stream(handler, job, env, writable);
  }
  const runtime = new Runtime(handler);
  return new Promise((answer) => {
    if (current.node >= WITHOUT_CALLBACKS) {
      runtime.processInvoke(job, env, answer);
    } else {
      runtime.handleOnceNonStreaming(job, env, answer);
    }
  }).finally(() => {
    loop.emptied = null;
  });
}
