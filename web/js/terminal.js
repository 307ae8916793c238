// The Terminal: the AWS CLI in a Python worker of its own (web/python/_terminal).
import { PythonHost, supported } from "./python-host.js";

const host = new PythonHost({
  kind: "terminal",
  archives: ["boto3.zip"],
  unpacked: ["awscli.zip"],
});

export { supported };

/** Where output and status go: `onOutput(stream, text)`, `onStatus({phase, done, total, words})`. */
export const configure = (listeners) => host.listen(listeners);

/** Starts the worker, unless it was started already. */
export const start = () => host.start();

/** The same for whoever cannot wait: what goes wrong comes as a status. */
export function startSoon() {
  host.start().catch(() => {});
}

/** Runs a line in the home of that name. `session` is what the last line ended with (session.py). */
export const run = (line, session, home) => host.run("command", { ...session, line }, home);

/** What could stand at `point` of the line; null while something runs. */
export async function complete(line, point, session, home) {
  if (host.isRunning) {
    return null;
  }
  return host.run("complete", { ...session, line, point }, home);
}

/** Ends the running command. */
export const stop = () => host.stop();

// As in cloud.js: for the developer tools and for tests.
globalThis.cloudarium.terminal = { configure, start, run, complete, stop };
