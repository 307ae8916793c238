"""What stands between the learner's Python and the simulated cloud.

Nothing of boto3 or botocore is changed: requests leave botocore by its own `before-send` event, and
models come in by a loader of its own class. Start in `start` (what happens before the learner's
first line), then `transport` (a request's way out) and `run` (one run of a script).

Must never know: AWS. Requests are bytes here.
"""
