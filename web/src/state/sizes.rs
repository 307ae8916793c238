//! Sizes and counts in words.

/// `0 B`, `48.2 KB`, `201 KB`: three figures at most, thousands of bytes.
pub fn bytes(count: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "three figures are shown")]
    let mut size = count as f64;
    if count < 1000 {
        return format!("{count} B");
    }
    for unit in ["KB", "MB", "GB"] {
        size /= 1000.0;
        if size < 999.5 {
            return if size < 99.95 {
                format!("{size:.1} {unit}")
            } else {
                format!("{size:.0} {unit}")
            };
        }
    }
    format!("{:.1} TB", size / 1000.0)
}

/// A count that came as a number of JavaScript's.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "no file has more than 2^53 bytes, nor fewer than none"
)]
pub fn whole(count: f64) -> u64 {
    count.max(0.0) as u64
}

/// The size of a file.
pub fn of_float(count: f64) -> String {
    bytes(whole(count))
}

/// `48,212`
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 object`, `7 objects`
pub fn counted(count: usize, one: &str, many: &str) -> String {
    let word = if count == 1 { one } else { many };
    format!("{} {word}", grouped(count as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units_and_three_figures() {
        let sizes = [0, 999, 1000, 48_212, 201_340, 999_499, 999_999, 12_345_678, 5_000_000_000];
        let words = sizes.map(bytes).join(" · ");
        assert_eq!(
            words,
            "0 B · 999 B · 1.0 KB · 48.2 KB · 201 KB · 999 KB · 1.0 MB · 12.3 MB · 5.0 GB"
        );
    }

    #[test]
    fn counts_are_grouped_by_thousands() {
        assert_eq!([1, 999, 1000, 1_234_567].map(grouped).join(" "), "1 999 1,000 1,234,567");
        assert_eq!(counted(1, "object", "objects"), "1 object");
        assert_eq!(counted(0, "object", "objects"), "0 objects");
    }
}
