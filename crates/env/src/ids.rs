//! Ids in the shapes that AWS gives them.

use crate::Rng;

const UPPER_ALPHANUMERIC: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const BASE_32: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BASE_64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// S3's `x-amz-request-id`: 16 upper-case letters and digits, `C3D13FE58DE4C810`.
pub fn s3_request_id(rng: &mut Rng) -> String {
    rng.text(UPPER_ALPHANUMERIC, 16)
}

/// S3's `x-amz-id-2`, which names the server that answered: 56 bytes in base 64, as S3's are.
pub fn s3_host_id(rng: &mut Rng) -> String {
    let mut id = rng.text(BASE_64, 75);
    id.push('=');
    id
}

/// IAM's unique ids: `prefix` (`AIDA` for a user, `AROA` for a role) and 17 characters.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>
pub fn iam_id(rng: &mut Rng, prefix: &str) -> String {
    format!("{prefix}{}", rng.text(BASE_32, 17))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_the_shapes_of_aws() {
        let mut rng = Rng::new(1, "ids");
        let request = s3_request_id(&mut rng);
        assert_eq!(request.len(), 16);
        assert!(request.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()));
        assert_eq!(s3_host_id(&mut rng).len(), 76);
        let user = iam_id(&mut rng, "AIDA");
        assert!(user.starts_with("AIDA") && user.len() == 21, "{user}");
    }

    #[test]
    fn the_same_seed_gives_the_same_ids_and_another_stream_others() {
        let ids = |seed, stream: &str| {
            let mut rng = Rng::new(seed, stream);
            (s3_request_id(&mut rng), s3_host_id(&mut rng), rng.uuid())
        };
        assert_eq!(ids(7, "s3"), ids(7, "s3"));
        assert_ne!(ids(7, "s3"), ids(8, "s3"));
        assert_ne!(ids(7, "s3"), ids(7, "sqs"));
    }

    #[test]
    fn a_uuid_is_version_4() {
        let uuid = Rng::new(3, "x").uuid();
        let parts: Vec<&str> = uuid.split('-').collect();
        assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
        assert!(parts[2].starts_with('4'));
        assert!(parts[3].starts_with(['8', '9', 'a', 'b']), "{uuid}");
    }
}
