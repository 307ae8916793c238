//! AWS's names as botocore writes them in Python and on the command line.

/// `PutObject` → `put_object`, `SSEKMSKeyId` → `ssekms_key_id`, `OptionalObjectARNs` →
/// `optional_object_arns`: `botocore.xform_name`, pass by pass.
pub fn words(name: &str, joint: char) -> String {
    if name.contains(joint) {
        return name.to_owned();
    }
    let letters: Vec<char> = before_plural(name, joint).chars().collect();
    end_caps(&first_caps(&letters, joint), joint).into_iter().flat_map(char::to_lowercase).collect()
}

/// Capitals and an `s` at the end, as in `ARNs`, are one word.
fn before_plural(name: &str, joint: char) -> String {
    let Some(start) = name.strip_suffix('s') else { return name.to_owned() };
    let capitals = start.chars().rev().take_while(char::is_ascii_uppercase).count();
    if capitals < 2 {
        return name.to_owned();
    }
    let (head, plural) = name.split_at(start.len() - capitals);
    format!("{head}{joint}{}", plural.to_lowercase())
}

/// `(.)([A-Z][a-z]+)` gets the joint between.
fn first_caps(letters: &[char], joint: char) -> Vec<char> {
    let mut out = Vec::with_capacity(letters.len() + 4);
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        out.push(*letter);
        at += 1;
        let capital = letters.get(at).is_some_and(char::is_ascii_uppercase);
        let rest = letters.get(at + 1..).unwrap_or_default();
        let small = rest.iter().take_while(|c| c.is_ascii_lowercase()).count();
        if capital && small > 0 {
            out.push(joint);
            out.extend(letters.get(at..=at + small).unwrap_or_default());
            at += small + 1;
        }
    }
    out
}

/// `([a-z0-9])([A-Z])` gets the joint between.
fn end_caps(letters: &[char], joint: char) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(letters.len() + 4);
    for letter in letters {
        let ends = out.last().is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        if ends && letter.is_ascii_uppercase() {
            out.push(joint);
        }
        out.push(*letter);
    }
    out
}
