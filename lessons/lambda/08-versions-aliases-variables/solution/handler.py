import os


def handler(event, context):
    greeting = os.environ.get("GREETING", "Hm")
    return f"{greeting}, {event['name']}!"
