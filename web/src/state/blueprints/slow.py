import time

# What stands here runs once, when an environment starts: a cold start.
time.sleep(1.5)
started = time.time()


def handler(event, context):
    age = time.time() - started
    print(f"{context.get_remaining_time_in_millis()} ms are left")
    return {"seconds since the start": round(age, 2)}
