//! Receipt handles: they name a queue, a message, and which of its receives they are of. Nothing is kept of them.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::model::{Key, Queue};
use crate::name;

/// AWS's handles begin with these bytes, too (`AQEB`).
const BEGIN: [u8; 3] = [1, 1, 1];

/// What a handle names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// The message.
    pub number: u64,
    /// Which of its receives, from 1.
    pub receive: u32,
}

/// The queue, as handles name it: one of the same name that is made later is another.
fn of_queue(key: &Key, queue: &Queue) -> [u8; 32] {
    let made = queue.created.as_ms();
    Sha256::digest(format!("receipts of {} made at {made}", name::arn(key))).into()
}

/// A handle.
pub fn write(key: &Key, queue: &Queue, receipt: Receipt) -> String {
    let mut bytes = BEGIN.to_vec();
    bytes.extend(of_queue(key, queue));
    bytes.extend(receipt.number.to_be_bytes());
    bytes.extend(receipt.receive.to_be_bytes());
    bytes.extend(check(&bytes));
    STANDARD.encode(bytes)
}

/// Reads a handle: `None` if it was never given, or is of another queue.
pub fn read(key: &Key, queue: &Queue, handle: &str) -> Option<Receipt> {
    let bytes = STANDARD.decode(handle).ok()?;
    let (said, sum) = bytes.split_at_checked(bytes.len().checked_sub(32)?)?;
    let rest = said.strip_prefix(BEGIN.as_slice()).filter(|_| check(said) == sum)?;
    let (of, rest) = rest.split_at_checked(32)?;
    let (number, receive) = rest.split_at_checked(8)?;
    let number = u64::from_be_bytes(number.try_into().ok()?);
    let receive = u32::from_be_bytes(receive.try_into().ok()?);
    (of == of_queue(key, queue)).then_some(Receipt { number, receive })
}

fn check(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest([bytes, b" is a receipt handle"].concat()).into()
}

#[cfg(test)]
mod tests {
    use cloudarium_env::Timestamp;

    use super::*;

    #[test]
    fn handles_are_read_back_and_no_others() {
        let key = |name: &str| Key {
            account: "123456789012".to_owned(),
            region: "us-east-1".to_owned(),
            name: name.to_owned(),
        };
        let queue = Queue::new(Timestamp::from_ms(1_000), crate::attributes::usual(None));
        let receipt = Receipt { number: 7, receive: 2 };
        let handle = write(&key("a"), &queue, receipt);
        assert!(handle.starts_with("AQEB"), "{handle}");
        assert_eq!(read(&key("a"), &queue, &handle), Some(receipt));
        assert_eq!(read(&key("b"), &queue, &handle), None);
        for other in ["", "AQEB", "no handle", &handle.replacen('A', "B", 1)] {
            assert_eq!(read(&key("a"), &queue, other), None, "{other}");
        }
    }
}
