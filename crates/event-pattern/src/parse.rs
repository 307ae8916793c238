//! Reads patterns. The order of checks is that of AWS's own reader, so that of several mistakes the same one is told.

use crate::Invalid;
use crate::ip::Block;
use crate::pattern::Alternative;
use crate::rule::{Rule, Wildcard};
use crate::token::{Reader, Token};

const OR: &str = "$or";
const ONE_KEY: &str = "Only one key allowed in match expression";
const TOO_MANY: &str = "Too many elements in numeric expression";
const IGNORE_CASE: &str = "equals-ignore-case";

/// Alternatives that a pattern may come to.
/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-complex-example-or>
const ALTERNATIVES_MAX: usize = 1_000;

/// Names that mean something, and so cannot be members within `$or`.
const RESERVED: [&str; 24] = [
    "exactly",
    IGNORE_CASE,
    "prefix",
    "suffix",
    "anything-but",
    "exists",
    "wildcard",
    "numeric",
    "cidr",
    "=",
    "<",
    "<=",
    ">",
    ">=",
    "regex",
    "not-wildcard",
    "not-equals-ignore-case",
    "date-after",
    "date-on-or-after",
    "date-before",
    "date-on-or-before",
    "in-date-range",
    "ip-address-in-range",
    "ip-address-not-in-range",
];

/// The alternatives that a pattern comes to.
pub fn alternatives(text: &str) -> Result<Vec<Alternative>, Invalid> {
    let mut reader = Reader::new(text);
    if reader.next()? != Token::ObjectStart {
        return reader.refuse("Filter is not an object");
    }
    let mut all = Vec::new();
    object(&mut reader, &mut all, "", false)?;
    Ok(all)
}

/// The members of an object, up to its end.
fn object(
    reader: &mut Reader<'_>,
    all: &mut Vec<Alternative>,
    path: &str,
    within_or: bool,
) -> Result<(), Invalid> {
    let mut is_empty = true;
    loop {
        let name = match reader.next()? {
            Token::Name(name) => name,
            _ if is_empty => return reader.refuse("Empty objects are not allowed"),
            _ => return Ok(()),
        };
        is_empty = false;
        if name == OR {
            or(reader, all, path)?;
            continue;
        }
        if within_or && RESERVED.contains(&name.as_str()) {
            return reader.refuse(format!(
                "{name} is Ruler reserved fieldName which cannot be used inside {OR}."
            ));
        }
        let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        match reader.next()? {
            Token::ObjectStart => object(reader, all, &below, within_or)?,
            Token::ListStart => {
                let rules = rules(reader)?;
                if all.is_empty() {
                    all.push(Alternative::new());
                }
                for alternative in all.iter_mut() {
                    alternative.insert(below.clone(), rules.clone());
                }
            }
            _ => return reader.refuse(format!("\"{name}\" must be an object or an array")),
        }
    }
}

/// The objects of `$or`: what is there so far, once with each of them.
fn or(reader: &mut Reader<'_>, all: &mut Vec<Alternative>, path: &str) -> Result<(), Invalid> {
    let mut before = std::mem::take(all);
    if before.is_empty() {
        before.push(Alternative::new());
    }
    if reader.next()? != Token::ListStart {
        return reader.refuse(format!("It must be an Array followed with {OR}."));
    }
    let mut count = 0;
    loop {
        match reader.next()? {
            Token::ListEnd => break,
            Token::ObjectStart => {
                count += 1;
                let mut more = before.clone();
                object(reader, &mut more, path, true)?;
                all.extend(more);
                if all.len() > ALTERNATIVES_MAX {
                    // guess: AWS tells the limit, and no words.
                    return Err(Invalid::new("Too many combinations of $or"));
                }
            }
            _ => {
                return reader
                    .refuse(format!("Only JSON object is allowed in array of {OR} relationship."));
            }
        }
    }
    if count < 2 {
        return reader.refuse(format!("There must have at least 2 Objects in {OR} relationship."));
    }
    Ok(())
}

/// The rules of a list, up to its end.
fn rules(reader: &mut Reader<'_>) -> Result<Vec<Rule>, Invalid> {
    let mut rules = Vec::new();
    loop {
        let rule = match reader.next()? {
            Token::ListEnd if rules.is_empty() => {
                return reader.refuse("Empty arrays are not allowed");
            }
            Token::ListEnd => return Ok(rules),
            Token::ObjectStart => expression(reader)?,
            Token::Text(text) => Rule::Text(text),
            Token::Number(number) => Rule::Number(number),
            Token::Null => Rule::Word(serde_json::Value::Null),
            Token::True => Rule::Word(true.into()),
            Token::False => Rule::Word(false.into()),
            _ => {
                return reader.refuse("Match value must be String, number, true, false, or null");
            }
        };
        rules.push(rule);
    }
}

/// `{"prefix": "a"}`, from behind its first brace to its end.
fn expression(reader: &mut Reader<'_>) -> Result<Rule, Invalid> {
    let Token::Name(name) = reader.next()? else {
        return reader.refuse("Match expression name not found");
    };
    match name.as_str() {
        "exactly" => text_rule(reader, "exact match pattern must be a string", Rule::Text),
        "prefix" => affix(reader, "prefix", (Rule::Prefix, Rule::PrefixIgnoreCase)),
        "suffix" => affix(reader, "suffix", (Rule::Suffix, Rule::SuffixIgnoreCase)),
        "numeric" => {
            if reader.next()? != Token::ListStart {
                return reader.refuse("Value of numeric must be an array.");
            }
            let rule = numeric(reader)?;
            end(reader, TOO_MANY)?;
            Ok(rule)
        }
        "anything-but" => anything_but(reader),
        "exists" => {
            let rule = match reader.next()? {
                Token::True => Rule::Exists(true),
                Token::False => Rule::Exists(false),
                _ => return reader.refuse("exists match pattern must be either true or false."),
            };
            end(reader, ONE_KEY)?;
            Ok(rule)
        }
        "cidr" => {
            // The words are AWS's.
            let block = text(reader, "prefix match pattern must be a string")?;
            let rule = Rule::Cidr(Block::parse(&block)?);
            end(reader, ONE_KEY)?;
            Ok(rule)
        }
        IGNORE_CASE => {
            text_rule(reader, "equals-ignore-case match pattern must be a string", Rule::IgnoreCase)
        }
        "wildcard" => {
            let text = text(reader, "wildcard match pattern must be a string")?;
            let rule = wildcard(&text).map_err(|wrong| reader.locate(wrong))?;
            end(reader, ONE_KEY)?;
            Ok(rule)
        }
        other => reader.refuse(format!("Unrecognized match type {other}")),
    }
}

fn end(reader: &mut Reader<'_>, words: &str) -> Result<(), Invalid> {
    if reader.next()? == Token::ObjectEnd { Ok(()) } else { reader.refuse(words) }
}

fn text(reader: &mut Reader<'_>, words: &str) -> Result<String, Invalid> {
    let Token::Text(text) = reader.next()? else { return reader.refuse(words) };
    reader.looked();
    Ok(text)
}

fn text_rule(
    reader: &mut Reader<'_>,
    words: &str,
    rule: fn(String) -> Rule,
) -> Result<Rule, Invalid> {
    let text = text(reader, words)?;
    end(reader, ONE_KEY)?;
    Ok(rule(text))
}

/// A rule about a text.
type OfText = fn(String) -> Rule;

/// A beginning or an end, which may be asked for however its letters are cased.
fn affix(
    reader: &mut Reader<'_>,
    name: &str,
    (cased, ignoring): (OfText, OfText),
) -> Result<Rule, Invalid> {
    match reader.next()? {
        Token::Text(text) => {
            end(reader, ONE_KEY)?;
            Ok(cased(text))
        }
        Token::ObjectStart => {
            let Token::Name(operator) = reader.next()? else {
                let (first, rest) = name.split_at(1);
                let name = first.to_uppercase() + rest;
                return reader.refuse(format!("{name} expression name not found"));
            };
            if operator != IGNORE_CASE {
                return reader.refuse(format!("Unsupported {name} pattern: {operator}"));
            }
            let text = text(reader, "equals-ignore-case match pattern must be a string")?;
            end(reader, ONE_KEY)?;
            end(reader, ONE_KEY)?;
            Ok(ignoring(text))
        }
        _ => reader.refuse(format!("{name} match pattern must be a string")),
    }
}

/// `">", 0, "<=", 5`, from behind the bracket to the one that ends it.
fn numeric(reader: &mut Reader<'_>) -> Result<Rule, Invalid> {
    let Token::Text(operator) = reader.next()? else {
        return reader.refuse("Invalid member in numeric match: ");
    };
    reader.looked();
    let next = reader.next()?;
    let name = if operator == "=" { "equals" } else { &operator };
    if !matches!(operator.as_str(), "=" | "<" | "<=" | ">" | ">=") {
        return reader.refuse(format!("Unrecognized numeric range operator: {operator}"));
    }
    let Token::Number(number) = next else {
        return reader.refuse(format!("Value of {name} must be numeric"));
    };
    let itself = operator.ends_with('=');
    let (bottom, top) = match operator.as_str() {
        "=" => (Some((number, true)), Some((number, true))),
        "<" | "<=" => (None, Some((number, itself))),
        _ => {
            return match reader.next()? {
                Token::ListEnd => Ok(Rule::Numeric { bottom: Some((number, itself)), top: None }),
                next => range(reader, next, (number, itself)),
            };
        }
    };
    if reader.next()? != Token::ListEnd {
        return reader.refuse(TOO_MANY);
    }
    Ok(Rule::Numeric { bottom, top })
}

/// The second half of a range.
fn range(reader: &mut Reader<'_>, next: Token, bottom: (f64, bool)) -> Result<Rule, Invalid> {
    let Token::Text(operator) = next else {
        return reader.refuse("Bad value in numeric range: ");
    };
    reader.looked();
    if !matches!(operator.as_str(), "<" | "<=") {
        return reader.refuse(format!("Bad numeric range operator: {operator}"));
    }
    let Token::Number(number) = reader.next()? else {
        return reader.refuse(format!("Value of {operator} must be numeric"));
    };
    if reader.next()? != Token::ListEnd {
        return reader.refuse("Too many terms in numeric range expression");
    }
    // guess: AWS's own reader says so without a place.
    if bottom.0 > number || (bottom.0 >= number && !(bottom.1 && operator == "<=")) {
        return reader.refuse("Bottom must be less than top");
    }
    Ok(Rule::Numeric { bottom: Some(bottom), top: Some((number, operator == "<=")) })
}

/// What `anything-but` says of each of its values.
#[derive(Clone, Copy, PartialEq)]
enum But {
    Itself,
    IgnoreCase,
    Prefix,
    Suffix,
    Wildcard,
}

fn anything_but(reader: &mut Reader<'_>) -> Result<Rule, Invalid> {
    let mut but = But::Itself;
    let mut next = reader.next()?;
    if next == Token::ObjectStart {
        let Token::Name(operator) = reader.next()? else {
            return reader.refuse("Anything-But expression name not found");
        };
        but = match operator.as_str() {
            IGNORE_CASE => But::IgnoreCase,
            "prefix" => But::Prefix,
            "suffix" => But::Suffix,
            "wildcard" => But::Wildcard,
            other => return reader.refuse(format!("Unsupported anything-but pattern: {other}")),
        };
        next = reader.next()?;
    }
    let rules = match next {
        Token::ListStart => but_each(reader, but)?,
        Token::Text(_) | Token::Number(_) => vec![but_one(reader, but, next)?],
        _ => {
            return reader
                .refuse("Value of anything-but must be an array or single string/number value.");
        }
    };
    end(reader, TOO_MANY)?;
    if but != But::Itself {
        end(reader, TOO_MANY)?;
    }
    Ok(Rule::AnythingBut(rules))
}

/// The values of a list. AWS tells the place of what is wrong with one of them twice.
fn but_each(reader: &mut Reader<'_>, but: But) -> Result<Vec<Rule>, Invalid> {
    let mut rules = Vec::new();
    loop {
        let next = reader.next().map_err(|wrong| reader.locate(wrong))?;
        if next == Token::ListEnd {
            break;
        }
        rules.push(but_one(reader, but, next).map_err(|wrong| reader.locate(wrong))?);
    }
    let numbers = rules.iter().filter(|rule| matches!(rule, Rule::Number(_))).count();
    if but == But::Itself && (rules.is_empty() || (numbers != 0 && numbers != rules.len())) {
        return reader.refuse(
            "Inside anything but list, either all values are number or string, mixed type is not \
             supported",
        );
    }
    Ok(rules)
}

fn but_one(reader: &mut Reader<'_>, but: But, token: Token) -> Result<Rule, Invalid> {
    let text = match (but, token) {
        (But::Itself, Token::Number(number)) => return Ok(Rule::Number(number)),
        (_, Token::Text(text)) => text,
        (But::Itself, _) => {
            return reader.refuse("Inside anything but list, start|null|boolean is not supported.");
        }
        (But::IgnoreCase, _) => {
            return reader.refuse(
                "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not \
                 supported.",
            );
        }
        (But::Wildcard, _) => return reader.refuse("wildcard match pattern must be a string"),
        _ => return reader.refuse("prefix/suffix match pattern must be a string"),
    };
    reader.looked();
    match but {
        But::Itself => Ok(Rule::Text(text)),
        But::IgnoreCase => Ok(Rule::IgnoreCase(text)),
        But::Wildcard => wildcard(&text).map_err(|wrong| reader.locate(wrong)),
        But::Prefix | But::Suffix if text.is_empty() => {
            reader.refuse("Null prefix/suffix not allowed")
        }
        But::Prefix => Ok(Rule::Prefix(text)),
        But::Suffix => Ok(Rule::Suffix(text)),
    }
}

/// A text in which `*` stands for anything, and `\` before it (or before itself) for the character.
fn wildcard(text: &str) -> Result<Rule, Invalid> {
    let (mut pieces, mut piece) = (Vec::new(), String::new());
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        // AWS counts the quote before the text.
        let at = at + 1;
        let next = letters.peek().map(|(_, next)| *next);
        match (letter, next) {
            ('*', Some('*')) => {
                return Err(Invalid::new(format!("Consecutive wildcard characters at pos {at}")));
            }
            ('*', _) => pieces.push(std::mem::take(&mut piece)),
            ('\\', Some(escaped @ ('*' | '\\'))) => {
                letters.next();
                piece.push(escaped);
            }
            ('\\', _) => {
                return Err(Invalid::new(format!("Invalid escape character at pos {at}")));
            }
            _ => piece.push(letter),
        }
    }
    pieces.push(piece);
    Ok(Rule::Wildcard(Wildcard(pieces)))
}
