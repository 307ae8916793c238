import time


def handler(event, context):
    time.sleep(0.5)
    return "done"
