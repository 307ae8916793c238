//! Pages of events, and the tokens that lead from one to the next.

use std::ops::Bound;

use imbl::OrdMap;

use crate::error::Error;
use crate::limits::{PAGE_BYTES_MAX, PAGE_EVENTS_MAX};
use crate::model::{Event, Position};

/// A place between two events of a stream, and which way a reader goes from it.
///
/// `f/` and 56 digits and `/s`: forward from just before that event; `b/`: backward from there.
/// AWS's tokens look so, too; what their digits say is AWS's own matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Whether the reader goes towards later events.
    pub forward: bool,
    /// The first event after the place.
    pub at: Position,
}

/// Before all events.
pub const START: Position = Position { timestamp_ms: 0, sequence: 0 };

/// Decimal digits of the two halves of a token.
const HALVES: (usize, usize) = (26, 30);

impl Token {
    /// The token as it is sent.
    pub fn text(self) -> String {
        let way = if self.forward { 'f' } else { 'b' };
        let Position { timestamp_ms, sequence } = self.at;
        let timestamp_ms = timestamp_ms.max(0);
        format!("{way}/{timestamp_ms:026}{sequence:030}/s")
    }

    /// Reads what [`Token::text`] wrote.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::read(text).ok_or_else(|| Error::parameter("The specified nextToken is invalid."))
    }

    fn read(text: &str) -> Option<Self> {
        let (way, rest) = text.split_once('/')?;
        let digits = rest.strip_suffix("/s")?;
        let whole = digits.len() == HALVES.0 + HALVES.1;
        let whole = whole && digits.bytes().all(|byte| byte.is_ascii_digit());
        let (timestamp_ms, sequence) = digits.split_at_checked(HALVES.0).filter(|_| whole)?;
        let at =
            Position { timestamp_ms: timestamp_ms.parse().ok()?, sequence: sequence.parse().ok()? };
        match way {
            "f" => Some(Self { forward: true, at }),
            "b" => Some(Self { forward: false, at }),
            _ => None,
        }
    }
}

/// The instants that a reader asks for.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    /// The first, in milliseconds.
    pub from_ms: i64,
    /// The first that is too late.
    pub until_ms: i64,
}

/// How much fits into one answer.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    events: usize,
    bytes: u64,
}

impl Room {
    /// For `limit` events at most.
    pub fn new(limit: Option<i64>) -> Self {
        let limit = limit.and_then(|limit| usize::try_from(limit).ok());
        Self { events: limit.unwrap_or(PAGE_EVENTS_MAX), bytes: PAGE_BYTES_MAX }
    }

    /// Whether one more event fits, which is then taken in. One always does.
    pub fn take(&mut self, message: &str, taken: usize) -> bool {
        let bytes = crate::billing::event_bytes(message);
        if taken > 0 && (taken >= self.events || bytes > self.bytes) {
            return false;
        }
        self.bytes = self.bytes.saturating_sub(bytes);
        true
    }
}

/// Events in the order of time, and the tokens of either way on from them.
pub struct Page<'a> {
    /// The events.
    pub events: Vec<(Position, &'a Event)>,
    /// To later events.
    pub forward: Token,
    /// To earlier ones.
    pub backward: Token,
}

/// Cuts a page out of a stream. A reader that comes to an end gets its own token back.
pub fn cut(
    events: &OrdMap<Position, Event>,
    span: Span,
    token: Option<Token>,
    (from_head, mut room): (bool, Room),
) -> Page<'_> {
    let edge = |timestamp_ms| Position { timestamp_ms, sequence: 0 };
    let (mut low, mut high) = (edge(span.from_ms), edge(span.until_ms));
    let forward = token.map_or(from_head, |token| token.forward);
    match token {
        Some(Token { forward: true, at }) => low = low.max(at),
        Some(Token { forward: false, at }) => high = high.min(at),
        None => {}
    }
    let mut found: Vec<(Position, &Event)> = Vec::new();
    if low < high {
        let mut range = events.range((Bound::Included(low), Bound::Excluded(high)));
        let mut next = || if forward { range.next() } else { range.next_back() };
        while let Some((position, event)) = next() {
            if !room.take(&event.message, found.len()) {
                break;
            }
            found.push((*position, event));
        }
    }
    if !forward {
        found.reverse();
    }
    let here = token.map_or(if forward { START } else { high.min(after_all(events)) }, |it| it.at);
    let first = found.first().map_or(here, |(position, _)| *position);
    let last = found.last().map_or(here, |(position, _)| after(*position));
    Page {
        events: found,
        forward: Token { forward: true, at: last },
        backward: Token { forward: false, at: first },
    }
}

fn after(position: Position) -> Position {
    Position { sequence: position.sequence + 1, ..position }
}

fn after_all(events: &OrdMap<Position, Event>) -> Position {
    events.get_max().map_or(START, |(position, _)| after(*position))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use cloudarium_env::Timestamp;

    use super::*;

    fn stream(count: u64) -> OrdMap<Position, Event> {
        let event = Event { ingested: Timestamp::default(), message: Arc::from("m") };
        let at = |sequence: u64| Position { timestamp_ms: 100, sequence };
        (1..=count).map(|sequence| (at(sequence), event.clone())).collect()
    }

    fn sequences(page: &Page<'_>) -> Vec<u64> {
        page.events.iter().map(|(position, _)| position.sequence).collect()
    }

    const ALL: Span = Span { from_ms: 0, until_ms: i64::MAX };

    #[test]
    fn forward_pages_meet_and_end_in_their_own_token() {
        let events = stream(5);
        let first = cut(&events, ALL, None, (true, Room::new(Some(2))));
        let second = cut(&events, ALL, Some(first.forward), (true, Room::new(Some(2))));
        let third = cut(&events, ALL, Some(second.forward), (true, Room::new(Some(2))));
        let fourth = cut(&events, ALL, Some(third.forward), (true, Room::new(Some(2))));
        let seen = [&first, &second, &third, &fourth].map(sequences);
        assert_eq!(seen, [vec![1, 2], vec![3, 4], vec![5], vec![]]);
        assert_eq!(fourth.forward, third.forward);
        let back = cut(&events, ALL, Some(third.backward), (true, Room::new(Some(3))));
        assert_eq!(sequences(&back), [2, 3, 4]);
    }

    #[test]
    fn without_a_token_the_latest_come_in_the_order_of_time() {
        let events = stream(5);
        let latest = cut(&events, ALL, None, (false, Room::new(Some(2))));
        assert_eq!(sequences(&latest), [4, 5]);
        let earlier = cut(&events, ALL, Some(latest.backward), (false, Room::new(None)));
        assert_eq!(sequences(&earlier), [1, 2, 3]);
        let none = cut(&events, ALL, Some(earlier.backward), (false, Room::new(None)));
        assert_eq!((sequences(&none), none.backward), (vec![], earlier.backward));
    }

    #[test]
    fn a_token_is_read_back_and_nothing_else_is() {
        let token = Token { forward: true, at: Position { timestamp_ms: 7, sequence: 9 } };
        assert_eq!(Token::parse(&token.text()), Ok(token));
        assert_eq!(token.text().len(), 60);
        for text in ["", "f/1/s", "x/00000000000000000000000000000000000000000000000000000001/s"] {
            assert!(Token::parse(text).is_err(), "{text}");
        }
    }
}
