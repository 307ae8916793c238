// What stands here runs once, when an environment starts: a cold start.
await new Promise((resolve) => setTimeout(resolve, 1500));
const started = Date.now();

export const handler = async (event, context) => {
  console.log(`${context.getRemainingTimeInMillis()} ms are left`);
  return { "seconds since the start": (Date.now() - started) / 1000 };
};
