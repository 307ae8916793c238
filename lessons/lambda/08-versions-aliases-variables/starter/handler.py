import os


def handler(event, context):
    return f"Hm, {event['name']}!"
