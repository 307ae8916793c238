"""A pytest plugin for ceph/s3-tests: where a test waits for days, the simulated clock moves instead.

The suite was written for a server whose days can be made short (`lc_debug_interval`). Here a day is a day: the
configuration says that the interval has 86,400 seconds, and a sleep of an hour or more becomes a jump of the endpoint's
clock.
"""

import json
import os
import time
import urllib.request

LONG_S = 3600
_sleep = time.sleep


def sleep(seconds):
    if seconds < LONG_S:
        return _sleep(seconds)
    request = urllib.request.Request(
        os.environ["CLOUDARIUM_ENDPOINT"] + "/_cloudarium/clock",
        data=json.dumps({"advance_ms": int(seconds * 1000)}).encode(),
        method="POST",
    )
    urllib.request.urlopen(request).read()


time.sleep = sleep
