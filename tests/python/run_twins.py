"""Runs the code that the page gives for calls: each statement of Python, each line of the shell, in a folder of its own,
against the endpoint. Reads a JSON list from standard input; what happened is asked of the endpoint afterwards.
"""

import json
import os
import subprocess
import sys
import tempfile

import boto3
import botocore.exceptions

twins = json.load(sys.stdin)
s3 = boto3.client("s3")
s3.create_bucket(Bucket="twins")
s3.put_object(Bucket="twins", Key="k", Body=b"there")
os.chdir(tempfile.mkdtemp())
# `aws` is this Python's.
shell = {**os.environ, "PATH": os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]}

for twin in twins:
    print(twin["boto3"])
    if twin["file"]:
        with open(twin["file"], "wb") as file:
            file.write(twin["content"].encode("latin-1"))
    scope = {"boto3": boto3}
    exec(compile(twin["setup"], "setup", "exec"), scope)
    for statement in (twin["boto3"], twin["boto3_line"]):
        try:
            exec(compile(statement, "twin", "exec"), scope)
        except botocore.exceptions.ClientError as error:
            print("   ", error.response["Error"].get("Code"))
    line = twin["cli"]
    print("   ", line)
    done = subprocess.run(["bash", "-c", line], env=shell, capture_output=True, text=True)
    # 254: the service refused it (aws s3api of version 1 says 254 or 255).
    if done.returncode not in (0, 254, 255) or "Unknown options" in done.stderr:
        sys.exit(f"{line}\nended with {done.returncode}: {done.stderr}")
    if done.returncode:
        print("   ", done.stderr.strip())
    if any(words in done.stderr for words in ("argument", "Parameter validation", "Error parsing")):
        sys.exit(f"{line}\nwas not understood: {done.stderr}")
