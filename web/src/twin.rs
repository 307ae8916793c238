//! AWS's names as Python and the command line write them. The code of a call itself comes from the worker, which has
//! the service models.

/// `PutObject` → `put_object`, `SSEKMSKeyId` → `ssekms_key_id`: as botocore's `xform_name` has it.
pub fn words(name: &str, joint: char) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let after = letters.get(at + 1);
        let starts = letter.is_uppercase()
            && before.is_some_and(|b| {
                b.is_lowercase() || b.is_ascii_digit() || after.is_some_and(|a| a.is_lowercase())
            });
        if starts {
            out.push(joint);
        }
        out.extend(letter.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_words_as_in_botocore() {
        let names =
            ["PutObject", "ListObjectsV2", "SSEKMSKeyId", "MaxKeys", "ETag", "MFA", "GetBucketACL"];
        let snake = names.map(|name| words(name, '_')).join(" ");
        assert_eq!(
            snake,
            "put_object list_objects_v2 ssekms_key_id max_keys e_tag mfa get_bucket_acl"
        );
    }
}
