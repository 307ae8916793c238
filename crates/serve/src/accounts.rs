//! The `--accounts` file: who there is, and with which keys.
//!
//! ```toml
//! [[user]]
//! account = "111122223333"
//! name = "alice"
//! access_key_id = "AKIAIOSFODNN7EXAMPLE"
//! secret_access_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
//! root = true # the account's root user; without this line, an IAM user
//! ```

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use cloudarium_cloud::User;
use serde::Deserialize;
use toml::Spanned;

/// How many characters AWS gives an access key id at most.
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKey.html>
const ACCESS_KEY_ID_CHARS_MAX: usize = 128;
/// How many characters a user's name has at most.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
const USER_NAME_CHARS_MAX: usize = 64;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    user: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    account: Spanned<String>,
    name: Spanned<String>,
    #[serde(default)]
    root: bool,
    access_key_id: Spanned<String>,
    secret_access_key: Spanned<String>,
}

/// What is wrong with an accounts file: where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct Mistake {
    /// The file, as it was given.
    pub file: String,
    /// Counts from 1.
    pub line: usize,
    /// What is wrong, and what to write instead.
    pub what: String,
}

/// Reads the users of an accounts file.
pub fn read(path: &Path) -> Result<Vec<User>, Mistake> {
    let file = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => parse(&file, &text),
        Err(error) => Err(Mistake {
            file,
            line: 1,
            what: format!(
                "the file cannot be read ({error}); give --accounts a readable TOML file"
            ),
        }),
    }
}

/// The users in `text`, which stands in `file`.
pub fn parse(file: &str, text: &str) -> Result<Vec<User>, Mistake> {
    let mistake = |at: usize, what: String| Mistake {
        file: file.to_owned(),
        line: text.get(..at).unwrap_or(text).matches('\n').count() + 1,
        what,
    };
    let parsed: File = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        mistake(at, format!("{}; {EXPECTED}", error.message().replace('\n', " ")))
    })?;
    if parsed.user.is_empty() {
        return Err(mistake(0, format!("there is no user in it; {EXPECTED}")));
    }
    let mut keys: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in &parsed.user {
        check(entry).map_err(|(span, what)| mistake(span.start, what))?;
        let at = entry.access_key_id.span().start;
        let line = text.get(..at).unwrap_or(text).matches('\n').count() + 1;
        if let Some(first) = keys.insert(entry.access_key_id.get_ref(), line) {
            let key = entry.access_key_id.get_ref();
            let what = format!(
                "the access_key_id {key:?} is already used in line {first}; give every user one of its own"
            );
            return Err(mistake(at, what));
        }
    }
    Ok(parsed.user.into_iter().map(user).collect())
}

const EXPECTED: &str = "write [[user]] with account, name, access_key_id and secret_access_key";

fn user(entry: Entry) -> User {
    User {
        account: entry.account.into_inner(),
        name: entry.name.into_inner(),
        root: entry.root,
        access_key_id: entry.access_key_id.into_inner(),
        secret_access_key: entry.secret_access_key.into_inner(),
    }
}

fn check(entry: &Entry) -> Result<(), (Range<usize>, String)> {
    let account = entry.account.get_ref();
    if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
        let what = format!(
            "the account {account:?} is not twelve digits; write for example account = \"111122223333\""
        );
        return Err((entry.account.span(), what));
    }
    let name = entry.name.get_ref();
    let in_name = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
    if name.is_empty() || name.len() > USER_NAME_CHARS_MAX || !name.chars().all(in_name) {
        let what = format!(
            "the name {name:?} is no IAM user name; use 1 to {USER_NAME_CHARS_MAX} letters, digits and _+=,.@-"
        );
        return Err((entry.name.span(), what));
    }
    let key = entry.access_key_id.get_ref();
    let in_key = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if key.is_empty() || key.len() > ACCESS_KEY_ID_CHARS_MAX || !key.chars().all(in_key) {
        let what = format!(
            "the access_key_id {key:?} cannot be signed with; use 1 to {ACCESS_KEY_ID_CHARS_MAX} letters, digits, _ and -"
        );
        return Err((entry.access_key_id.span(), what));
    }
    if entry.secret_access_key.get_ref().is_empty() {
        let what = "the secret_access_key is empty; write the user's secret".to_owned();
        return Err((entry.secret_access_key.span(), what));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALICE: &str = "[[user]]\naccount = \"111122223333\"\nname = \"alice\"\naccess_key_id = \"AKIDALICE\"\nsecret_access_key = \"a\"\n";

    fn refused(text: &str) -> String {
        parse("a.toml", text).unwrap_err().to_string()
    }

    #[test]
    fn two_users_are_read_in_order() {
        let text =
            format!("# class\n{ALICE}{}", ALICE.replace("ALICE", "BOB").replace("alice", "bob"));
        let users = parse("a.toml", &text).unwrap();
        assert_eq!(users[1].access_key_id, "AKIDBOB");
        assert_eq!((users.len(), users[0].name.as_str()), (2, "alice"));
    }

    #[test]
    fn each_mistake_names_its_line_and_what_to_do() {
        let cases = [
            ("", "a.toml:1: there is no user in it; write [[user]] with"),
            (
                &*ALICE.replace("111122223333", "1234"),
                "a.toml:2: the account \"1234\" is not twelve digits; write",
            ),
            (
                &*ALICE.replace("\"alice\"", "\"al ice\""),
                "a.toml:3: the name \"al ice\" is no IAM user name",
            ),
            (
                &*ALICE.replace("AKIDALICE", "A/B"),
                "a.toml:4: the access_key_id \"A/B\" cannot be signed with",
            ),
            (&*ALICE.replace("\"a\"", "\"\""), "a.toml:5: the secret_access_key is empty"),
            (
                &*format!("{ALICE}{ALICE}"),
                "a.toml:9: the access_key_id \"AKIDALICE\" is already used in line 4",
            ),
            (&*ALICE.replace("secret_access_key", "secret"), "a.toml:5: unknown field `secret`"),
            (&*ALICE.replace("name = \"alice\"\n", ""), "missing field `name`"),
            (&*ALICE.replace("= \"alice\"", "= \"alice"), "a.toml:3: "),
        ];
        for (text, expected) in cases {
            let said = refused(text);
            assert!(said.contains(expected), "{said}\ndoes not say\n{expected}");
        }
    }

    #[test]
    fn a_missing_file_is_named() {
        let said = read(Path::new("/nowhere/a.toml")).unwrap_err().to_string();
        assert!(said.starts_with("/nowhere/a.toml:1: the file cannot be read"), "{said}");
    }
}
