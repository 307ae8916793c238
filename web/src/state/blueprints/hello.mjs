export const handler = async (event, context) => {
  console.log(`Request ${context.awsRequestId}`, event);
  return { message: `Hello, ${event.name ?? "world"}!` };
};
