import { HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";

const s3 = new S3Client({}); // once in an environment's life

export const handler = async (event) => {
  for (const { s3: { bucket, object } } of event.Records) {
    // Keys in events are encoded as in an address.
    const Key = decodeURIComponent(object.key.replaceAll("+", " "));
    const { ContentLength } = await s3.send(new HeadObjectCommand({ Bucket: bucket.name, Key }));
    console.log(`${Key} has come to ${bucket.name}: ${ContentLength} bytes`);
  }
  return { objects: event.Records.length };
};
