//! How messages come into a queue, come to be received, and go. Pure: each transition is told what time it is.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::Duration;

use cloudarium_env::Timestamp;
use imbl::{OrdMap, OrdSet};

use crate::limits::DEDUPLICATION_S;
use crate::model::{Content, Message, Queue, Sent, Settings, Stand};

/// FIFO numbers are as long as AWS's: 20 digits.
const SEQUENCE_BEGIN: u128 = 18_849_496_460_467_696_128;
const SEQUENCE_STEP: u128 = 256;

/// How many messages there are of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Those that can be received.
    pub ready: u64,
    /// Those that are in flight.
    pub in_flight: u64,
    /// Those that are delayed.
    pub delayed: u64,
}

/// The sequence number of the message with this number.
pub fn sequence(number: u64) -> String {
    (SEQUENCE_BEGIN + u128::from(number) * SEQUENCE_STEP).to_string()
}

/// This moment and so many seconds.
pub fn after(now: Timestamp, seconds: u32) -> Timestamp {
    now.plus(Duration::from_secs(seconds.into()))
}

impl Message {
    /// How often it was received "across all queues but not deleted":
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html#SQS-ReceiveMessage-request-MessageSystemAttributeNames>
    pub fn receives_in_all(&self) -> u32 {
        self.receives.saturating_add(self.receives_before)
    }
}

impl Queue {
    /// An empty queue.
    pub fn new(now: Timestamp, settings: Settings) -> Self {
        Self {
            created: now,
            modified: now,
            settings: Rc::new(settings),
            tags: BTreeMap::new(),
            purged: None,
            next: 1,
            messages: OrdMap::new(),
            ready: OrdSet::new(),
            later: OrdSet::new(),
            by_age: OrdSet::new(),
            in_flight: 0,
            groups: OrdMap::new(),
            sent: OrdMap::new(),
            sent_by_age: OrdSet::new(),
            attempts: OrdMap::new(),
            waiters: Vec::new(),
            wake: None,
        }
    }

    /// Whether it is a FIFO queue.
    pub fn is_fifo(&self) -> bool {
        self.settings.fifo.is_some()
    }

    /// Does what time has done: what was hidden can be received, what is too old is gone.
    pub fn settle(&mut self, now: Timestamp) {
        while let Some((due, number)) = self.later.get_min().copied().filter(|(due, _)| *due <= now)
        {
            self.later.remove(&(due, number));
            self.stand(number, Stand::Ready);
        }
        let kept = Duration::from_secs(self.settings.retention_s.into());
        let is_old = |(sent, _): &(Timestamp, u64)| sent.plus(kept) <= now;
        while let Some((_, number)) = self.by_age.get_min().copied().filter(is_old) {
            self.remove(number);
        }
        let forgotten = Duration::from_secs(DEDUPLICATION_S);
        while let Some((at, id)) = self.sent_by_age.get_min().cloned() {
            if at.plus(forgotten) > now {
                break;
            }
            self.sent_by_age.remove(&(at, id.clone()));
            self.sent.remove(&id);
        }
        if self.attempts.values().any(|attempt| attempt.at.plus(forgotten) <= now) {
            let kept = self.attempts.iter().filter(|(_, it)| it.at.plus(forgotten) > now);
            self.attempts = kept.map(|(id, it)| (id.clone(), it.clone())).collect();
        }
    }

    /// How many messages there are. A copy is settled, so that looking changes nothing.
    pub fn counts(&self, now: Timestamp) -> Counts {
        let mut settled = self.clone();
        settled.settle(now);
        let ready = settled.ready.len() as u64;
        let all = settled.messages.len() as u64;
        let in_flight = settled.in_flight;
        Counts { ready, in_flight, delayed: all.saturating_sub(ready + in_flight) }
    }

    /// Puts a message in.
    pub fn put(&mut self, message: Message) -> u64 {
        let number = self.next;
        self.next += 1;
        self.by_age.insert((message.sent, number));
        if let Some(group) = message.content.group.as_ref().filter(|_| self.settings.fifo.is_some())
        {
            self.groups.entry(group.clone()).or_default().messages.insert(number);
        }
        match message.stand {
            Stand::Ready => {
                self.ready.insert(number);
            }
            Stand::Delayed(until) | Stand::InFlight(until) => {
                self.later.insert((until, number));
            }
        }
        self.messages.insert(number, message);
        number
    }

    /// A new message, delayed by so much.
    pub fn send(&mut self, now: Timestamp, (id, content): (String, Content), delay_s: u32) -> u64 {
        let stand = if delay_s == 0 { Stand::Ready } else { Stand::Delayed(after(now, delay_s)) };
        self.put(Message {
            content: Rc::new(content),
            id,
            sent: now,
            first_received: None,
            last_received: None,
            receives: 0,
            stand,
            dead_letter_source: None,
            receives_before: 0,
        })
    }

    /// Remembers that a message with this deduplication id was sent.
    pub fn remember(&mut self, id: (String, String), sent: Sent) {
        self.sent_by_age.insert((sent.at, id.clone()));
        self.sent.insert(id, sent);
    }

    /// Takes a message out, wherever it stands.
    pub fn remove(&mut self, number: u64) -> Option<Message> {
        let message = self.messages.remove(&number)?;
        self.by_age.remove(&(message.sent, number));
        self.leave(number, &message);
        if let Some(name) = message.content.group.as_ref().filter(|_| self.settings.fifo.is_some())
            && let Some(group) = self.groups.get_mut(name)
        {
            group.messages.remove(&number);
            if group.messages.is_empty() {
                self.groups.remove(name);
            }
        }
        Some(message)
    }

    /// Puts a message where it stands from now on.
    pub fn stand(&mut self, number: u64, stand: Stand) {
        let Some(message) = self.messages.get(&number).cloned() else { return };
        self.leave(number, &message);
        match stand {
            Stand::Ready => {
                self.ready.insert(number);
            }
            Stand::Delayed(until) => {
                self.later.insert((until, number));
            }
            Stand::InFlight(until) => {
                self.later.insert((until, number));
                self.count_in_flight(&message.content, 1);
            }
        }
        self.messages.insert(number, Message { stand, ..message });
    }

    fn leave(&mut self, number: u64, message: &Message) {
        match message.stand {
            Stand::Ready => {
                self.ready.remove(&number);
            }
            Stand::Delayed(until) => {
                self.later.remove(&(until, number));
            }
            Stand::InFlight(until) => {
                self.later.remove(&(until, number));
                self.count_in_flight(&message.content, -1);
            }
        }
    }

    fn count_in_flight(&mut self, content: &Content, by: i64) {
        self.in_flight = self.in_flight.saturating_add_signed(by);
        let name = content.group.as_ref().filter(|_| self.settings.fifo.is_some());
        if let Some(group) = name.and_then(|name| self.groups.get_mut(name)) {
            group.in_flight = group.in_flight.saturating_add_signed(by);
        }
    }

    /// Receives a message: hides it for so long.
    pub fn receive(&mut self, now: Timestamp, number: u64, visibility_s: u32) {
        if let Some(message) = self.messages.get_mut(&number) {
            message.receives += 1;
            message.first_received.get_or_insert(now);
            message.last_received = Some(now);
        }
        if visibility_s > 0 {
            self.stand(number, Stand::InFlight(after(now, visibility_s)));
        }
    }

    /// Which messages can be received next, the oldest first. Of a FIFO queue: those of one group as far as there are,
    /// then those of the next; of a group of which one is in flight or delayed, none.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html>
    pub fn next_ready(&self, most: usize) -> Vec<u64> {
        if self.settings.fifo.is_none() {
            return self.ready.iter().copied().take(most).collect();
        }
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        for number in &self.ready {
            if found.len() >= most {
                break;
            }
            let message = self.messages.get(number);
            let Some(name) = message.and_then(|it| it.content.group.as_deref()) else { continue };
            if !seen.insert(name) {
                continue;
            }
            let Some(group) = self.groups.get(name).filter(|group| group.in_flight == 0) else {
                continue;
            };
            let in_order = group.messages.iter().take_while(|it| self.ready.contains(*it));
            found.extend(in_order.copied().take(most - found.len()));
        }
        found
    }

    /// Forgets all messages.
    pub fn purge(&mut self, now: Timestamp) {
        self.purged = Some(now);
        self.messages = OrdMap::new();
        self.ready = OrdSet::new();
        self.later = OrdSet::new();
        self.by_age = OrdSet::new();
        self.groups = OrdMap::new();
        self.attempts = OrdMap::new();
        self.in_flight = 0;
    }
}
