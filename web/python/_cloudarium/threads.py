"""Threads where there are none: what a thread would do is done at once, in its place.

s3transfer (upload_file, download_file) and most scripts never notice. Two threads that wait for each
other cannot work; instead of hanging, a wait that nothing could ever end raises `RuntimeError`.
"""

import concurrent.futures
import concurrent.futures.thread
import sys
import threading
import time

# Threads that loop on a queue which is filled later: they run when they are waited for. The AWS CLI has one.
RUN_AT_JOIN = {"ResultProcessor"}


class InlineExecutor(concurrent.futures.Executor):
    """A `ThreadPoolExecutor` that runs each task as it is submitted."""

    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=()):
        if initializer is not None:
            initializer(*initargs)

    def submit(self, fn, /, *args, **kwargs):
        future = concurrent.futures.Future()
        future.set_running_or_notify_cancel()
        try:
            future.set_result(fn(*args, **kwargs))
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            future.set_exception(error)
        return future


def run_thread(thread):
    """Runs a thread's work here and now, reporting its failure as a thread would."""
    thread._cloudarium_waits = False
    try:
        thread.run()
    except SystemExit:
        pass
    except KeyboardInterrupt:
        raise
    except BaseException:
        threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), thread)))


def start(self):
    """`Thread.start`"""
    if self._started.is_set():
        raise RuntimeError("threads can only be started once")
    self._started.set()
    if type(self).__name__ in RUN_AT_JOIN:
        self._cloudarium_waits = True
    else:
        run_thread(self)


def join(self, timeout=None):
    """`Thread.join`"""
    if not self._started.is_set():
        raise RuntimeError("cannot join thread before it is started")
    if getattr(self, "_cloudarium_waits", False):
        run_thread(self)


def is_alive(self):
    """`Thread.is_alive`"""
    return getattr(self, "_cloudarium_waits", False)


def wait(self, timeout=None):
    """`Condition.wait`, on which events and queues are built: nobody else can notify."""
    if timeout is None:
        raise RuntimeError("Python in the browser has one thread: this would wait for ever")
    if timeout > 0:
        time.sleep(timeout)
    return False


def install():
    """Replaces what starts threads or waits for them."""
    concurrent.futures.ThreadPoolExecutor = InlineExecutor
    concurrent.futures.thread.ThreadPoolExecutor = InlineExecutor
    threading.Thread.start = start
    threading.Thread.join = join
    threading.Thread.is_alive = is_alive
    threading.Condition.wait = wait
