import time


def prices():
    """What everything costs. It comes from afar, so it takes its time."""
    time.sleep(0.3)
    return {"tea": 4, "milk": 2}


calls = 0


def handler(event, context):
    global calls
    calls += 1
    return {"calls": calls, "price": prices()[event["item"]]}
