//! One comparison: `= "text*"`, `>= 400`.

use super::regex::Expression;
use super::{Reader, Wrong};

/// How two things are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// What something is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// A number.
    Number(f64),
    /// A text, in which `*` stands for any characters.
    Text(String),
    /// A regular expression.
    Regex(Expression),
}

impl Relation {
    /// Reads one; `None`: there is none here.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        const WRITTEN: [(&str, Relation); 6] = [
            ("!=", Relation::Unequal),
            (">=", Relation::AtLeast),
            ("<=", Relation::AtMost),
            ("=", Relation::Equal),
            (">", Relation::Greater),
            ("<", Relation::Less),
        ];
        WRITTEN.iter().find(|(text, _)| reader.eat(text)).map(|(_, relation)| *relation)
    }

    fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::Unequal => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }

    /// Whether `number` stands so to the operand. A number never equals a text.
    pub(super) fn of_number(self, number: f64, operand: &Operand) -> bool {
        match operand {
            Operand::Number(other) => {
                number.partial_cmp(other).is_some_and(|order| self.holds(order))
            }
            Operand::Text(pattern) if pattern == "*" => self == Self::Equal,
            Operand::Text(_) => self == Self::Unequal,
            Operand::Regex(_) => self.of_text(&number.to_string(), operand),
        }
    }

    /// Whether `text` stands so to the operand; texts are equal or not, and nothing between.
    pub(super) fn of_text(self, text: &str, operand: &Operand) -> bool {
        let equal = match operand {
            Operand::Number(_) => false,
            Operand::Text(pattern) => is_like(text, pattern),
            Operand::Regex(expression) => expression.is_in(text),
        };
        match self {
            Self::Equal => equal,
            Self::Unequal => !equal,
            _ => false,
        }
    }
}

/// Reads what comes after a relation, up to where `ends` says that a bare word ends.
pub(super) fn operand(
    reader: &mut Reader<'_>,
    ends: impl Fn(char) -> bool,
) -> Result<Operand, Wrong> {
    reader.skip_space();
    match reader.rest.chars().next() {
        Some('"') => reader.quoted().map(Operand::Text),
        Some('%') => Expression::read(reader).map(Operand::Regex),
        _ => {
            let word = reader.take_while(|next| !ends(next)).trim_end();
            match word.parse::<f64>().ok().filter(|number| number.is_finite()) {
                Some(number) => Ok(Operand::Number(number)),
                None if word.is_empty() => Err(Wrong::Syntax),
                None => Ok(Operand::Text(word.to_owned())),
            }
        }
    }
}

/// Whether a text fits a pattern with `*`. Every star but the last takes as little as it can.
fn is_like(text: &str, pattern: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|head| text.strip_prefix(head)) else {
        return false;
    };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        let Some((_, after)) = rest.split_once(piece).filter(|_| !piece.is_empty()) else {
            if piece.is_empty() {
                continue;
            }
            return false;
        };
        rest = after;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::is_like;

    #[test]
    fn a_star_stands_for_any_characters() {
        for (text, pattern) in
            [("abc", "abc"), ("abc", "a*"), ("abc", "*c"), ("abc", "*"), ("", "*")]
        {
            assert!(is_like(text, pattern), "{text} {pattern}");
        }
        assert!(is_like("a-b-c", "a*b*c") && is_like("aXbXc", "a**c"));
        for (text, pattern) in [("abc", "ab"), ("abc", "b*"), ("abc", "*b"), ("ab", "a*bb*")] {
            assert!(!is_like(text, pattern), "{text} {pattern}");
        }
    }
}
