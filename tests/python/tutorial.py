"""A first walk through Amazon S3 with boto3.

It runs unchanged with CPython against `cloudarium endpoint`, and in the page, and says the same
words everywhere: what differs from run to run (dates, request ids, addresses) is not printed.
"""

import io
import json
import os
import tempfile
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError, ParamValidationError, WaiterError


def title(words):
    print(f"\n== {words}")


def refusal(action, *arguments, **members):
    """Calls `action`, which is to be refused, and says how."""
    try:
        action(*arguments, **members)
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        return f"{error.operation_name}: {error.response['Error']['Code']} ({status})"
    return "was not refused"


title("Who am I?")
identity = boto3.client("sts").get_caller_identity()
print("account", identity["Account"])
print("arn", identity["Arn"].rsplit(":", 1)[0])

title("Buckets")
s3 = boto3.client("s3", region_name="us-east-1")
created = s3.create_bucket(Bucket="tutorial-photos")
print("created", created["Location"], created["ResponseMetadata"]["HTTPStatusCode"])
s3.get_waiter("bucket_exists").wait(Bucket="tutorial-photos")
print("create again in us-east-1:", s3.create_bucket(Bucket="tutorial-photos")["Location"])
europe = boto3.client("s3", region_name="eu-west-1")
europe.create_bucket(
    Bucket="tutorial-archive",
    CreateBucketConfiguration={"LocationConstraint": "eu-west-1"},
)
print("photos are in", s3.get_bucket_location(Bucket="tutorial-photos")["LocationConstraint"])
print("archive is in", s3.get_bucket_location(Bucket="tutorial-archive")["LocationConstraint"])
print("region header", s3.head_bucket(Bucket="tutorial-photos")["BucketRegion"])
ours = [b for b in s3.list_buckets()["Buckets"] if b["Name"].startswith("tutorial-")]
print("buckets", [bucket["Name"] for bucket in ours])
print("created at a moment:", all(isinstance(b["CreationDate"], datetime) for b in ours))
print(refusal(s3.create_bucket, Bucket="Not_A_Bucket_Name"))
print(refusal(s3.head_bucket, Bucket="tutorial-nowhere"))

title("Objects")
put = s3.put_object(
    Bucket="tutorial-photos",
    Key="notes/hello.txt",
    Body=b"Hello, cloud!",
    ContentType="text/plain",
    Metadata={"Author": "learner", "mood": "sunny"},
)
print("put", put["ETag"], put["ServerSideEncryption"])
got = s3.get_object(Bucket="tutorial-photos", Key="notes/hello.txt")
print("got", got["Body"].read(), got["ContentType"], got["ContentLength"], got["Metadata"])
part = s3.get_object(Bucket="tutorial-photos", Key="notes/hello.txt", Range="bytes=7-11")
print("part", part["Body"].read(), part["ContentRange"], part["ResponseMetadata"]["HTTPStatusCode"])
head = s3.head_object(Bucket="tutorial-photos", Key="notes/hello.txt")
print("head", head["ContentLength"], head["ETag"], isinstance(head["LastModified"], datetime))
print(
    "lines",
    [
        line.decode()
        for line in s3.get_object(Bucket="tutorial-photos", Key="notes/hello.txt")[
            "Body"
        ].iter_lines()
    ],
)
s3.put_object(Bucket="tutorial-photos", Key="notes/größe & mehr/ü+1.txt", Body="schön".encode())
odd = s3.get_object(Bucket="tutorial-photos", Key="notes/größe & mehr/ü+1.txt")
print("odd key", odd["Body"].read().decode(), odd["ContentType"])
s3.put_object(Bucket="tutorial-photos", Key="../up//there", Body=b"")
print("empty", s3.head_object(Bucket="tutorial-photos", Key="../up//there")["ContentLength"])
document = {"stars": [1, 2, 3], "name": "Vega"}
s3.put_object(Bucket="tutorial-photos", Key="star.json", Body=json.dumps(document))
loaded = json.load(s3.get_object(Bucket="tutorial-photos", Key="star.json")["Body"])
print("json", loaded == document)

title("What can go wrong")
try:
    s3.get_object(Bucket="tutorial-photos", Key="missing.txt")
except s3.exceptions.NoSuchKey as error:
    print(error.response["Error"]["Code"], "-", error.response["Error"]["Message"])
print(refusal(s3.get_object, Bucket="tutorial-nowhere", Key="k"))
print(refusal(s3.head_object, Bucket="tutorial-photos", Key="missing.txt"))
print(refusal(s3.delete_bucket, Bucket="tutorial-photos"))
print(refusal(s3.get_object, Bucket="tutorial-photos", Key="notes/hello.txt", Range="bytes=99-"))
print(
    refusal(s3.get_object, Bucket="tutorial-photos", Key="notes/hello.txt", IfNoneMatch=put["ETag"])
)
print(
    refusal(
        s3.put_object, Bucket="tutorial-photos", Key="notes/hello.txt", Body=b"", IfNoneMatch="*"
    )
)
try:
    s3.put_object(Bucket="tutorial-photos")
except ParamValidationError as error:
    print("boto3 itself:", str(error).splitlines()[-1])

title("Many objects, page by page")
for number in range(25):
    s3.put_object(Bucket="tutorial-photos", Key=f"album/{number:03}.jpg", Body=bytes(number))
paginator = s3.get_paginator("list_objects_v2")
pages = paginator.paginate(
    Bucket="tutorial-photos", Prefix="album/", PaginationConfig={"PageSize": 10}
)
print("page sizes", [page["KeyCount"] for page in pages])
pages = paginator.paginate(Bucket="tutorial-photos", Prefix="album/")
print("bytes", sum(item["Size"] for page in pages for item in page["Contents"]))
listing = s3.list_objects_v2(Bucket="tutorial-photos", Delimiter="/")
print("folders", [folder["Prefix"] for folder in listing["CommonPrefixes"]])
print("at the top", [item["Key"] for item in listing["Contents"]])
largest = paginator.paginate(Bucket="tutorial-photos").search("Contents[?Size > `22`].Key")
print("largest", list(largest))
after = s3.list_objects_v2(Bucket="tutorial-photos", StartAfter="album/022.jpg", MaxKeys=2)
print("after", [item["Key"] for item in after["Contents"]], after["IsTruncated"])
first = s3.list_objects(Bucket="tutorial-photos", Prefix="album/", MaxKeys=2)
print(
    "first version of the call", [item["Key"] for item in first["Contents"]], first["Marker"] == ""
)

title("Copy and delete")
copied = s3.copy_object(
    Bucket="tutorial-photos",
    Key="copy.txt",
    CopySource={"Bucket": "tutorial-photos", "Key": "notes/hello.txt"},
)
print("copied", copied["CopyObjectResult"]["ETag"])
print("copy has", s3.head_object(Bucket="tutorial-photos", Key="copy.txt")["Metadata"])
s3.delete_object(Bucket="tutorial-photos", Key="copy.txt")
s3.get_waiter("object_not_exists").wait(Bucket="tutorial-photos", Key="copy.txt")
print(
    "deleted twice",
    s3.delete_object(Bucket="tutorial-photos", Key="copy.txt")["ResponseMetadata"][
        "HTTPStatusCode"
    ],
)
gone = s3.delete_objects(
    Bucket="tutorial-photos",
    Delete={"Objects": [{"Key": "album/000.jpg"}, {"Key": "album/001.jpg"}, {"Key": "never"}]},
)
print("deleted", sorted(item["Key"] for item in gone["Deleted"]))

title("Waiters")
waiter = s3.get_waiter("object_exists")
waiter.wait(Bucket="tutorial-photos", Key="star.json")
print("star.json is there")
try:
    waiter.wait(
        Bucket="tutorial-photos",
        Key="never.json",
        WaiterConfig={"Delay": 1, "MaxAttempts": 2},
    )
except WaiterError as error:
    print("gave up:", str(error))

title("Files")
with tempfile.TemporaryDirectory() as folder:
    small, large = os.path.join(folder, "small.bin"), os.path.join(folder, "large.bin")
    with open(small, "wb") as file:
        file.write(b"0123456789" * 100)
    with open(large, "wb") as file:
        file.write(bytes(range(256)) * 4096 * 20)
    s3.upload_file(small, "tutorial-photos", "files/small.bin")
    seen = []
    s3.upload_file(
        large,
        "tutorial-photos",
        "files/large.bin",
        ExtraArgs={"ContentType": "application/x-large", "Metadata": {"from": "file"}},
        Callback=seen.append,
    )
    print("sent", sum(seen))
    whole = TransferConfig(multipart_threshold=64 * 1024 * 1024)
    s3.upload_file(large, "tutorial-photos", "files/whole.bin", Config=whole)
    for key in ("files/large.bin", "files/whole.bin"):
        sent = s3.head_object(Bucket="tutorial-photos", Key=key)
        print(key, sent["ContentLength"], sent["ETag"])
    back = os.path.join(folder, "back.bin")
    s3.download_file("tutorial-photos", "files/small.bin", back)
    with open(back, "rb") as file:
        print("small is the same:", file.read() == b"0123456789" * 100)
    s3.download_file("tutorial-photos", "files/large.bin", back)
    with open(back, "rb") as file, open(large, "rb") as original:
        print("large is the same:", file.read() == original.read())
    print(refusal(s3.download_file, "tutorial-photos", "files/none.bin", back))
buffer = io.BytesIO()
s3.upload_fileobj(io.BytesIO(b"from memory"), "tutorial-photos", "files/memory.bin")
s3.download_fileobj("tutorial-photos", "files/memory.bin", buffer)
print("memory", buffer.getvalue())

title("The resource API")
resource = boto3.resource("s3", region_name="us-east-1")
bucket = resource.Bucket("tutorial-photos")
print("files", [item.key for item in bucket.objects.filter(Prefix="files/")])
item = bucket.Object("files/large.bin")
print("item", item.content_length, item.content_type, item.metadata)
bucket.put_object(Key="resource.txt", Body=b"made by a resource")
print("text", resource.Object("tutorial-photos", "resource.txt").get()["Body"].read())
resource.Object("tutorial-photos", "copied.txt").copy_from(
    CopySource="tutorial-photos/resource.txt"
)
print("copied", resource.ObjectSummary("tutorial-photos", "copied.txt").size)

title("Presigned links")
signer = boto3.client("s3", region_name="us-east-1", config=Config(signature_version="s3v4"))
link = signer.generate_presigned_url(
    "get_object",
    Params={"Bucket": "tutorial-photos", "Key": "notes/hello.txt"},
    ExpiresIn=900,
)
parts = urlsplit(link)
query = parse_qs(parts.query)
print("for", parts.path.split("/", 1)[1].removeprefix("tutorial-photos/"))
print("members", sorted(query))
print("expires in", query["X-Amz-Expires"], "signed", query["X-Amz-SignedHeaders"])
post = signer.generate_presigned_post("tutorial-photos", "form/${filename}", ExpiresIn=60)
print("form fields", sorted(post["fields"]))

title("Cleaning up")
bucket.objects.all().delete()
print("left", s3.list_objects_v2(Bucket="tutorial-photos")["KeyCount"])
bucket.delete()
bucket.wait_until_not_exists()
europe.delete_bucket(Bucket="tutorial-archive")
left = [b["Name"] for b in s3.list_buckets()["Buckets"] if b["Name"].startswith("tutorial-")]
print("buckets", left)
print("\nThat was the tour.")
