//! Server-sent events for an author's page: what has changed on disk.
//! <https://html.spec.whatwg.org/multipage/server-sent-events.html>

use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// The path, below the site's prefix, at which pages listen.
pub const PATH: &str = "__live__";

/// A silent connection is told so often that it still lives; a client that has gone is then found.
const BREATH: Duration = Duration::from_secs(5);

/// What has changed so far; every page that listens is told of what comes after it began.
#[derive(Debug, Clone, Default)]
pub struct Live(Arc<(Mutex<Vec<String>>, Condvar)>);

impl Live {
    /// Tells all pages that listen. `what` is one line.
    pub fn tell(&self, what: &str) {
        let (told, news) = &*self.0;
        // A thread that broke down while it held the list has left the list whole.
        told.lock().unwrap_or_else(PoisonError::into_inner).push(what.replace('\n', " "));
        news.notify_all();
    }

    /// Streams events to one page until it goes.
    pub(crate) fn stream(&self, mut to: impl Write) -> io::Result<()> {
        write!(
            to,
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
             Connection: close\r\nCross-Origin-Resource-Policy: same-origin\r\n\r\n: hello\n\n"
        )?;
        let (told, news) = &*self.0;
        let mut list = told.lock().unwrap_or_else(PoisonError::into_inner);
        let mut next = list.len();
        loop {
            to.flush()?;
            let waited = news.wait_timeout(list, BREATH).unwrap_or_else(PoisonError::into_inner);
            list = waited.0;
            let fresh: Vec<String> = list.iter().skip(next).cloned().collect();
            next = list.len();
            // Writing may take long: others must be able to tell meanwhile.
            drop(list);
            if fresh.is_empty() {
                write!(to, ": still here\n\n")?;
            }
            for what in fresh {
                write!(to, "data: {what}\n\n")?;
            }
            list = told.lock().unwrap_or_else(PoisonError::into_inner);
        }
    }
}
