//! Completing: what the worker offers, and buckets and keys, which the page looks up without a call.

use serde_json::{Value, json};

use crate::hooks::desk::Desk;
use crate::state::cloud;
use crate::state::completions::{Completions, Item, Resources};
use crate::state::terminal;

/// What could stand at `point` (in characters).
pub async fn completions(desk: &Desk, line: &str, point: usize) -> Option<Completions> {
    let home = desk.home();
    let point = u32::try_from(point).ok()?;
    let session = &desk.terminal.session;
    let mut found = terminal::complete(line, point, session, (&desk.region, &home)).await?;
    if let Some(resources) = found.resources.take() {
        let items = look_up(desk, &resources).await;
        found.total += items.len();
        found.items.extend(items);
    }
    Some(found)
}

async fn look_up(desk: &Desk, wanted: &Resources) -> Vec<Item> {
    let name = if wanted.kind == "bucket" { "buckets" } else { "below" };
    let params = json!({ "Bucket": wanted.bucket, "Prefix": wanted.prefix });
    let Ok(rows) = cloud::view_of("s3", name, &desk.region, &params).await else { return vec![] };
    let empty = vec![];
    let rows = rows.as_array().unwrap_or(&empty);
    rows.iter().filter_map(|row| item(row, wanted)).collect()
}

fn item(row: &Value, wanted: &Resources) -> Option<Item> {
    let of_bucket = wanted.kind == "bucket";
    let name = if of_bucket { row.get("Name")?.as_str()? } else { row.as_str()? };
    if !name.starts_with(&wanted.prefix) {
        return None;
    }
    let goes_on = (of_bucket && wanted.lead.starts_with("s3://")) || name.ends_with('/');
    let slash = if of_bucket && goes_on { "/" } else { "" };
    let text = quoted(&format!("{}{name}{slash}", wanted.lead));
    let end = if goes_on { "" } else { " " };
    Some(Item { text, end: end.into(), ..Item::default() })
}

/// A name as it can be typed.
fn quoted(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "._-/:=@%+,".contains(c);
    let mut typed = String::new();
    for character in name.chars() {
        if !plain(character) {
            typed.push('\\');
        }
        typed.push(character);
    }
    typed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_typed_as_the_shell_reads_them() {
        assert_eq!(quoted("s3://b/a b'c.txt"), "s3://b/a\\ b\\'c.txt");
    }
}
