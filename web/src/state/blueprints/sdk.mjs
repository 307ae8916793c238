import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";

const s3 = new S3Client({}); // once in an environment's life
let calls = 0;

export const handler = async () => {
  calls += 1; // stays while the environment is warm
  const { Buckets } = await s3.send(new ListBucketsCommand({}));
  console.log(`Call ${calls} here sees ${Buckets.length} buckets`);
  return { buckets: Buckets.map(({ Name }) => Name), calls };
};
