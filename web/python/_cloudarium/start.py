"""What happens before the learner's first line.

`prepare` is everything that a memory snapshot may hold; `attach` is what must be done anew in every
worker.
"""

import os
import random
import sys

from . import clock, host, imports, keyboard, models, network, source, threads, transport

# The learner's key pair is AWS's usual placeholder: nobody can spend money with it.
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "HOME": source.HOME,
    "USER": "learner",
    "LANG": "C.UTF-8",
    "TZ": "UTC",
}

AFTER_IMPORT = {
    "botocore.handlers": transport.install,
    "botocore.loaders": models.install,
    "socket": network.install_socket,
    "urllib.request": network.install_urllib,
    "urllib3.connectionpool": network.install_urllib3,
}


def prepare():
    """Makes Python ready for scripts; touches no JavaScript."""
    os.makedirs(source.HOME, exist_ok=True)
    os.environ.clear()
    os.environ.update(ENVIRONMENT)
    sys.dont_write_bytecode = True
    sys.meta_path.insert(0, imports.AfterImport(AFTER_IMPORT))
    for name, action in AFTER_IMPORT.items():
        if name in sys.modules:
            action(sys.modules[name])
    clock.install()
    threads.install()
    network.install()


def warm():
    """Imports and builds what nearly every script or function needs, for the memory snapshot.

    A client is made and thrown away: its models, rules and classes stay in their caches.
    """
    import csv  # noqa: F401
    import dataclasses  # noqa: F401
    import decimal  # noqa: F401
    import uuid  # noqa: F401

    import boto3
    import botocore.paginate
    import botocore.waiter  # noqa: F401
    import s3transfer.manager  # noqa: F401

    from . import function  # noqa: F401

    boto3.client("s3")
    boto3.resource("s3")
    boto3.DEFAULT_SESSION = None


def attach():
    """Connects to this worker. A restored memory repeats the same random numbers unless reseeded."""
    host.attach()
    random.seed()
    os.makedirs(source.HOME, exist_ok=True)
    os.chdir(source.HOME)
    keyboard.install()
    sys.stdout.reconfigure(line_buffering=True)
    sys.stderr.reconfigure(line_buffering=True)
