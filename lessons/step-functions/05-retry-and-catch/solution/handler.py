class Busy(Exception):
    """Too much to do just now."""


tries = 0


def handler(event, context):
    global tries
    if event["order"] == 0:
        raise ValueError("there is no order 0")
    tries += 1
    if tries % 3 != 0:
        raise Busy("try again in a moment")
    return {"paid": event["order"]}
