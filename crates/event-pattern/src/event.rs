//! An event as matching sees it: paths, and what stands there.

use std::collections::BTreeMap;

use serde_json::Value as Json;

/// Which element of each list on its way a value lies in, by the list's number. Rules for several paths must be met
/// within the same elements.
pub type Membership = BTreeMap<usize, usize>;

/// A value and where it lies.
#[derive(Debug)]
pub struct Field<'a> {
    /// The value: no object, no list.
    pub value: &'a Json,
    /// The elements of lists that it lies in.
    pub membership: Membership,
}

/// All values, by their paths: names joined by points.
#[derive(Debug, Default)]
pub struct Fields<'a> {
    by_path: BTreeMap<String, Vec<Field<'a>>>,
    lists: usize,
}

impl<'a> Fields<'a> {
    /// Those of an event.
    pub fn of(event: &'a Json) -> Self {
        let mut fields = Self::default();
        fields.add("", event, &Membership::new());
        fields
    }

    /// The values at a path.
    pub fn at(&self, path: &str) -> &[Field<'a>] {
        self.by_path.get(path).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, path: &str, value: &'a Json, membership: &Membership) {
        match value {
            Json::Object(members) => {
                for (name, value) in members {
                    let below =
                        if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    self.add(&below, value, membership);
                }
            }
            Json::Array(items) => {
                let list = self.lists;
                self.lists += 1;
                for (index, item) in items.iter().enumerate() {
                    if item.is_object() || item.is_array() {
                        let mut within = membership.clone();
                        within.insert(list, index);
                        self.add(path, item, &within);
                    } else {
                        self.put(path, item, membership);
                    }
                }
            }
            leaf => self.put(path, leaf, membership),
        }
    }

    fn put(&mut self, path: &str, value: &'a Json, membership: &Membership) {
        let field = Field { value, membership: membership.clone() };
        self.by_path.entry(path.to_owned()).or_default().push(field);
    }
}
