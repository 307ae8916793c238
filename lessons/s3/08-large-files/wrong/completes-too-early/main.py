import io

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

s3 = boto3.client("s3")
bucket = "{{cinema}}"
MB = 1024 * 1024
film = bytes(6 * MB)

# Step 1: begin an upload of film.mp4, and send two parts
upload = s3.create_multipart_upload(Bucket=bucket, Key="film.mp4")
done = []
for number, piece in [(1, film[: 5 * MB]), (2, film[5 * MB :])]:
    part = s3.upload_part(
        Bucket=bucket,
        Key="film.mp4",
        UploadId=upload["UploadId"],
        PartNumber=number,
        Body=piece,
    )
    done.append({"PartNumber": number, "ETag": part["ETag"]})

# Step 2: print the keys of all objects, then of all uploads

# Step 3: complete the upload, and print the ETag
whole = s3.complete_multipart_upload(
    Bucket=bucket,
    Key="film.mp4",
    UploadId=upload["UploadId"],
    MultipartUpload={"Parts": done},
)
print("ETag:", whole["ETag"])
objects = s3.list_objects_v2(Bucket=bucket)
print("objects:", [item["Key"] for item in objects["Contents"]])
uploads = s3.list_multipart_uploads(Bucket=bucket)
print("uploads:", [item["Key"] for item in uploads.get("Uploads", [])])

# Step 4: send trailer.mp4 in parts that are too small, and clean up
upload = s3.create_multipart_upload(Bucket=bucket, Key="trailer.mp4")
done = []
for number in [1, 2]:
    part = s3.upload_part(
        Bucket=bucket,
        Key="trailer.mp4",
        UploadId=upload["UploadId"],
        PartNumber=number,
        Body=film[:MB],
    )
    done.append({"PartNumber": number, "ETag": part["ETag"]})
try:
    s3.complete_multipart_upload(
        Bucket=bucket,
        Key="trailer.mp4",
        UploadId=upload["UploadId"],
        MultipartUpload={"Parts": done},
    )
except ClientError as error:
    print("refused:", error.response["Error"]["Code"])
s3.abort_multipart_upload(Bucket=bucket, Key="trailer.mp4", UploadId=upload["UploadId"])

# Step 5: let boto3 upload it as again.mp4, in parts of 5 MB, and print its ETag
config = TransferConfig(multipart_threshold=5 * MB, multipart_chunksize=5 * MB)
s3.upload_fileobj(io.BytesIO(film), bucket, "again.mp4", Config=config)
print("again:", s3.head_object(Bucket=bucket, Key="again.mp4")["ETag"])
