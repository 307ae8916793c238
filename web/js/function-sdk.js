// The AWS SDK for JavaScript as functions in the tab have it: the clients of the services that are simulated here.
// On AWS it comes with the runtime, too. A script of its own, which a function's worker loads when a handler imports it.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as lambda from "@aws-sdk/client-lambda";
import * as s3 from "@aws-sdk/client-s3";
import * as sfn from "@aws-sdk/client-sfn";
import * as sqs from "@aws-sdk/client-sqs";
import * as sts from "@aws-sdk/client-sts";

const CLIENTS = {
  "@aws-sdk/client-cloudwatch-logs": logs,
  "@aws-sdk/client-lambda": lambda,
  "@aws-sdk/client-s3": s3,
  "@aws-sdk/client-sfn": sfn,
  "@aws-sdk/client-sqs": sqs,
  "@aws-sdk/client-sts": sts,
};

const isClient = (value) => typeof value?.prototype?.send === "function";

/** A client that finds Region and credentials where Node.js's does: in the environment. */
function atHome(Client, env) {
  return class extends Client {
    constructor(config = {}) {
      const credentials = {
        accessKeyId: env.AWS_ACCESS_KEY_ID,
        secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
        sessionToken: env.AWS_SESSION_TOKEN,
      };
      super({ region: env.AWS_REGION, credentials, ...config });
    }
  };
}

/** The package of that name, or undefined; `env` are the function's variables. */
globalThis.__cloudariumSdk = (name, env) => {
  if (!Object.hasOwn(CLIENTS, name)) {
    return undefined;
  }
  const members = Object.entries(CLIENTS[name]);
  return Object.fromEntries(
    members.map(([member, value]) => [member, isClient(value) ? atHome(value, env) : value]),
  );
};
