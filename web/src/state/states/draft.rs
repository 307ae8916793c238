//! What was written or drawn of a machine and not saved: kept by the browser with every change, so that it is there again
//! after a reload; and the data that its states are looked at with. Where the browser keeps nothing, or has no room, the page holds it as long as it is open, and says so.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Machine;
use super::session::Data;
use crate::state::prefs;

/// Data longer than this, in bytes, is not kept: there is little room, and drafts need it.
const DATA_MAX: usize = 100_000;
/// What the name ends with under which a machine's data is kept.
const DATA: &str = "#data";

/// A definition that is not saved.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Draft {
    /// What the definition was that it began with: [`digest`].
    pub base: u64,
    pub text: String,
}

/// Where the draft of a machine is kept: by its cloud, its ARN, and when it was made. One that was made anew by the same name
/// has none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    machine: String,
    made: String,
}

thread_local! {
    /// What the browser would not keep.
    static HELD: RefCell<BTreeMap<String, Draft>> = const { RefCell::new(BTreeMap::new()) };
}

impl Place {
    /// The place for a machine; `home` names the cloud.
    pub fn of(home: &str, machine: &Machine) -> Self {
        let row = &machine.row;
        Self { machine: format!("{}{}@", prefix(home), row.arn), made: row.created.to_string() }
    }

    fn name(&self) -> String {
        format!("{}{}", self.machine, self.made)
    }

    /// What is kept there.
    pub fn read(&self) -> Option<Draft> {
        let held = HELD.with_borrow(|held| held.get(&self.name()).cloned());
        held.or_else(|| serde_json::from_str(&prefs::read(&self.name())?).ok())
    }

    /// Keeps a draft, or takes away what there was. Says whether it outlives this page.
    pub fn keep(&self, draft: Option<&Draft>) -> bool {
        let name = self.name();
        let Some(draft) = draft else {
            HELD.with_borrow_mut(|held| held.remove(&name));
            prefs::forget(&name);
            return true;
        };
        // Nothing leads to what was drawn of a machine that is gone.
        for other in prefs::names(&self.machine)
            .into_iter()
            .filter(|made| made.trim_end_matches(DATA) != self.made)
        {
            prefs::forget(&format!("{}{other}", self.machine));
        }
        let written = serde_json::to_string(draft).unwrap_or_default();
        let kept = prefs::write(&name, &written);
        HELD.with_borrow_mut(|held| {
            if kept {
                held.remove(&name)
            } else {
                held.insert(name, draft.clone())
            };
        });
        kept
    }

    /// The data that states were looked at with, if that was kept.
    pub fn read_data(&self) -> Option<Data> {
        serde_json::from_str(&prefs::read(&format!("{}{DATA}", self.name()))?).ok()
    }

    /// Keeps that, unless it is what one begins with.
    pub fn keep_data(&self, data: &Data, first: &Data) {
        let name = format!("{}{DATA}", self.name());
        let written = serde_json::to_string(data).unwrap_or_default();
        if written.len() > DATA_MAX || data.is_as(first) {
            prefs::forget(&name);
        } else {
            prefs::write(&name, &written);
        }
    }
}

/// Forgets all drafts of a cloud: it begins anew.
pub fn forget_all(home: &str) {
    let prefix = prefix(home);
    HELD.with_borrow_mut(|held| held.retain(|name, _| !name.starts_with(&prefix)));
    for name in prefs::names(&prefix) {
        prefs::forget(&format!("{prefix}{name}"));
    }
}

fn prefix(home: &str) -> String {
    format!("machine-draft.{home}.")
}

/// A number that tells a text from another: FNV-1a, <https://www.rfc-editor.org/rfc/rfc9923.html>.
pub fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_apart() {
        // The published vectors of FNV-1a, 64 bits.
        assert_eq!(digest(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(digest("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(digest("foobar"), 0x8594_4171_f739_67e8);
    }
}
