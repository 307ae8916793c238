//! JSONata's words for what is wrong, as its reference implementation has them.
//!
//! <https://github.com/jsonata-js/jsonata/blob/master/src/jsonata.js>

use jsonata_core::parser::{self, ParserError};

/// A message without JSONata's code before it.
pub(crate) fn without_code(message: &str) -> &str {
    split_code(message).map_or(message, |(_, rest)| rest)
}

/// A message's code, and what follows it.
fn split_code(message: &str) -> Option<(&str, &str)> {
    let (code, rest) = message.split_once(": ")?;
    let mut chars = code.chars();
    let letter = chars.next().is_some_and(|c| "SDTU".contains(c));
    (letter && code.len() == 5 && chars.all(|c| c.is_ascii_digit())).then_some((code, rest))
}

/// What the parser says of `text`.
pub(super) fn of_parser(text: &str, error: &ParserError) -> String {
    match error {
        ParserError::Expected { expected, found } if expected != "parameter name" => {
            let expected = quoted(expected);
            if found == "Eof" {
                format!("S0203: Expected {expected} before end of expression")
            } else {
                format!("S0202: Expected {expected}, got {}", quoted(found))
            }
        }
        ParserError::UnexpectedToken(token) if token != "Eof" => {
            if token.chars().next().is_some_and(char::is_alphabetic) {
                format!("S0211: The symbol {} cannot be used as a unary operator", quoted(token))
            } else {
                format!("S0204: Unknown operator: {}", quoted(token))
            }
        }
        ParserError::UnclosedString if is_open_regex(text) => {
            "S0302: No terminating / in regular expression".to_owned()
        }
        ParserError::UnclosedComment => "S0106: Comment has no closing tag".to_owned(),
        ParserError::InvalidNumber(inner) | ParserError::InvalidSyntax(inner) => {
            match inner.strip_prefix("S0201: Syntax error: ") {
                Some(token) => format!("S0201: Syntax error: {}", quoted(token)),
                None => inner.clone(),
            }
        }
        other => other.to_string(),
    }
}

/// Whether what `text` does not close is a regular expression: a slash then closes it.
fn is_open_regex(text: &str) -> bool {
    !matches!(parser::parse(&format!("{text}/")), Err(ParserError::UnclosedString))
}

/// The parser's name of a token as it is written, in quotes unless it is a number.
fn quoted(token: &str) -> String {
    const SYMBOLS: &[(&str, &str)] = &[
        ("Plus", "+"),
        ("Minus", "-"),
        ("Star", "*"),
        ("StarStar", "**"),
        ("Slash", "/"),
        ("Percent", "%"),
        ("Equal", "="),
        ("NotEqual", "!="),
        ("LessThan", "<"),
        ("LessThanOrEqual", "<="),
        ("GreaterThan", ">"),
        ("GreaterThanOrEqual", ">="),
        ("And", "and"),
        ("Or", "or"),
        ("In", "in"),
        ("Ampersand", "&"),
        ("Dot", "."),
        ("DotDot", ".."),
        ("Question", "?"),
        ("QuestionQuestion", "??"),
        ("QuestionColon", "?:"),
        ("Colon", ":"),
        ("ColonEqual", ":="),
        ("TildeArrow", "~>"),
        ("LeftParen", "("),
        ("RightParen", ")"),
        ("LeftBracket", "["),
        ("RightBracket", "]"),
        ("LeftBrace", "{"),
        ("RightBrace", "}"),
        ("Comma", ","),
        ("Semicolon", ";"),
        ("Caret", "^"),
        ("Pipe", "|"),
        ("Hash", "#"),
        ("At", "@"),
        ("Eof", "(end)"),
    ];
    if let Some((_, symbol)) = SYMBOLS.iter().find(|(name, _)| *name == token) {
        return format!("\"{symbol}\"");
    }
    match token {
        "True" => return "true".to_owned(),
        "False" => return "false".to_owned(),
        "Null" => return "null".to_owned(),
        _ => {}
    }
    let inner = token.strip_suffix(')').and_then(|token| token.split_once('('));
    match inner {
        Some(("Number", number)) => number.strip_suffix(".0").unwrap_or(number).to_owned(),
        // The parser's quotes and escapes are those of JSON.
        Some(("String" | "Identifier" | "Variable" | "Function" | "ParentVariable", text)) => {
            text.to_owned()
        }
        _ => format!("\"{token}\""),
    }
}

/// What AWS adds to its sentence on an expression that failed: JSONata's code and words, or its own
/// words for what its evaluator does not go on with.
pub(crate) fn after_sentence(message: &str) -> String {
    let own = match split_code(message).map(|(code, _)| code) {
        Some("D2014" | "D2015") => {
            "Expression evaluation memory limit exceeded: Check for excessive memory usage"
        }
        Some("U1001") => {
            "Stack overflow error: Check for non-terminating recursive function. Consider \
             rewriting as tail-recursive."
        }
        Some("D1012") => "Expression evaluation timeout: Check for infinite loop",
        _ => return format!(". {message}"),
    };
    format!(": {own}")
}

/// What the evaluator says of an expression that calls these functions.
pub(super) fn of_evaluator(message: &str, functions: &[String]) -> String {
    let Some((code, rest)) = split_code(message) else { return message.to_owned() };
    let told = match code {
        // JSONata's own code for a stack that is too deep; the evaluator has another for its limit.
        "D1011" => return message.replacen("D1011", "U1001", 1),
        "D1002" => {
            rest.replace("Cannot negate non-number value", "Cannot negate a non-numeric value")
        }
        "D3010" => "Second argument of replace function cannot be an empty string".to_owned(),
        "D3030" => no_number(rest),
        "T1006" => "Attempted to invoke a non-function".to_owned(),
        "T2001" | "T2002" => operator(rest),
        "T2003" => {
            "The left side of the range operator (..) must evaluate to an integer".to_owned()
        }
        "T2004" => {
            "The right side of the range operator (..) must evaluate to an integer".to_owned()
        }
        "T0410" | "T0412" => argument(code, rest, functions).unwrap_or_else(|| rest.to_owned()),
        _ => return message.to_owned(),
    };
    format!("{code}: {told}")
}

/// `Cannot convert 'x' to number`
fn no_number(rest: &str) -> String {
    let value = rest.strip_prefix("Cannot convert ").and_then(|it| it.strip_suffix(" to number"));
    let text = value.and_then(|value| value.strip_prefix('\'')?.strip_suffix('\''));
    match (text, value) {
        (Some(text), _) => {
            format!("Unable to cast value to a number: {}", serde_json::Value::from(text))
        }
        (None, Some(value)) => format!("Unable to cast value to a number: {value}"),
        _ => rest.to_owned(),
    }
}

/// `The left side of the + operator must evaluate to a number`
fn operator(rest: &str) -> String {
    let parts = rest.split_once(" of the ").zip(rest.split_once(" operator "));
    match parts {
        Some(((before, _), (middle, after))) => {
            let symbol = middle.rsplit(' ').next().unwrap_or_default();
            format!("{before} of the \"{}\" operator {after}", symbol.trim_matches('"'))
        }
        None => rest.to_owned(),
    }
}

/// What a function says of an argument. The evaluator does not tell which it was: it is told if only
/// one can have been.
fn argument(code: &str, rest: &str, functions: &[String]) -> Option<String> {
    let (index, expected) = if let Some(counts) = rest.strip_prefix("Argument count mismatch: ") {
        let mut counts = counts.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty());
        let mut next = || counts.next()?.parse::<usize>().ok();
        (next()?.min(next()?) + 1, "")
    } else {
        let (index, said) = rest.strip_prefix("Argument ")?.split_once(' ')?;
        let said = said.strip_prefix("must be ")?;
        (index.parse().ok()?, said.strip_prefix("an array of ").unwrap_or(said))
    };
    let takes: &[&str] = match (code, expected) {
        ("T0412", "Number") => &["sum", "max", "min", "average"],
        ("T0412", "String") => &["join"],
        ("T0412", "Object") => &["merge"],
        _ => &[],
    };
    let mut able =
        functions.iter().filter(|name| takes.is_empty() || takes.contains(&name.as_str()));
    let name = able.next().filter(|_| able.next().is_none());
    let of = name.map_or(String::new(), |name| format!(" of function \"{name}\""));
    Some(if code == "T0412" {
        let kinds = format!("{}s", expected.to_ascii_lowercase());
        format!("Argument {index}{of} must be an array of \"{kinds}\"")
    } else {
        format!("Argument {index}{of} does not match function signature")
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Expression, Surroundings};

    fn evaluate(text: &str) -> String {
        let expression = match Expression::compile(text) {
            Ok(expression) => expression,
            Err(error) => return error.0,
        };
        let variable = |_: &str| None;
        let mut random = || 42;
        let mut around = Surroundings { variable: &variable, now_ms: 0, random: &mut random };
        match expression.evaluate(&mut around) {
            Ok(value) => value.unwrap_or_default().to_string(),
            Err(error) => error.0,
        }
    }

    /// What `ValidateStateMachineDefinition` says of these, after JSONata's code.
    #[test]
    fn the_parser_speaks_as_the_reference_does() {
        for (text, expected) in [
            ("a[1,2)", "S0202: Expected \"]\", got \",\""),
            ("\"unterminated", "S0101: String literal must be terminated by a matching quote"),
            ("1 +", "S0207: Unexpected end of expression"),
            ("{\"a\":}", "S0211: The symbol \"}\" cannot be used as a unary operator"),
            ("$match(\"a\", /abc", "S0302: No terminating / in regular expression"),
            ("phone %.other", "S0211: The symbol \".\" cannot be used as a unary operator"),
            ("", "S0207: Unexpected end of expression"),
            ("[1 \"zz\"]", "S0202: Expected \"]\", got \"zz\""),
            ("(1", "S0203: Expected \")\" before end of expression"),
            ("1 2", "S0201: Syntax error: 2"),
        ] {
            assert_eq!(evaluate(text), expected, "{text}");
        }
        assert_eq!(super::without_code("S0201: Syntax error: 2"), "Syntax error: 2");
        assert_eq!(super::without_code("Some: thing"), "Some: thing");
    }

    #[test]
    fn the_evaluator_speaks_as_the_reference_does() {
        for (text, expected) in [
            (
                "$sum(['a'])",
                "T0412: Argument 1 of function \"sum\" must be an array of \"numbers\"",
            ),
            (
                "$sum($map([1], function($x){'a'}))",
                "T0412: Argument 1 of function \"sum\" must be an array of \"numbers\"",
            ),
            (
                "$abs('x')",
                "T0410: Argument 1 of function \"abs\" does not match function signature",
            ),
            (
                "$exists()",
                "T0410: Argument 1 of function \"exists\" does not match function signature",
            ),
            ("'a'+1", "T2001: The left side of the \"+\" operator must evaluate to a number"),
            ("1-'a'", "T2002: The right side of the \"-\" operator must evaluate to a number"),
            ("$number('x')", "D3030: Unable to cast value to a number: \"x\""),
            ("$foo()", "T1006: Attempted to invoke a non-function"),
            ("$eval('1+1')", "T1006: Attempted to invoke a non-function"),
        ] {
            assert_eq!(evaluate(text), expected, "{text}");
        }
    }

    /// Values that AWS's evaluator gave.
    #[test]
    fn values_are_those_of_java() {
        for (text, expected) in [
            ("$random(42)", "0.7275636800328681"),
            ("[1/0]", "[\"Infinity\"]"),
            ("{'k': 1/0}", "{\"k\":\"Infinity\"}"),
            ("$count([1..873782])", "873782"),
        ] {
            assert_eq!(evaluate(text), expected, "{text}");
        }
        assert!(evaluate("$count([1..873783])").starts_with("D2015"));
    }
}
