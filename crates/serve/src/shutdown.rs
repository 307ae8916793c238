//! The word that goes round when the host is to end, and the count of connections it waits for.

use tokio::sync::watch;

/// Set once; never unset.
#[derive(Debug)]
pub struct Shutdown(watch::Sender<bool>);

impl Shutdown {
    /// Not set.
    pub fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    /// Sets it.
    pub fn set(&self) {
        self.0.send_replace(true);
    }

    /// Whether it is set.
    pub fn is_set(&self) -> bool {
        *self.0.borrow()
    }

    /// Returns when it is set.
    pub async fn wait(&self) {
        let mut word = self.0.subscribe();
        // The sender is `self`: it cannot go away meanwhile.
        let _ = word.wait_for(|set| *set).await;
    }
}
