def handler(event, context):
    print("event:", event)
    print("function:", context.function_name, context.memory_limit_in_mb, "MB")
    print("in time:", context.get_remaining_time_in_millis() <= 3000)
    print({"city": event["city"], "warmest": max(event["degrees"])})
