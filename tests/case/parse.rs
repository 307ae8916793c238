//! Reading a `.case` file.

use serde_json::Value as Json;

use super::{CallStep, Case, Evidence, Expect, Stage, Step};

/// What is wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong.
    pub words: String,
}

fn wrong<T>(line: usize, words: impl Into<String>) -> Result<T, ParseError> {
    Err(ParseError { line, words: words.into() })
}

/// A line with those that continue it: lines that begin with a space belong to the one before.
struct Logical<'a> {
    line: usize,
    end: usize,
    mark: char,
    text: String,
    first: &'a str,
}

/// The cases of a file.
pub fn parse(text: &str) -> Result<Vec<Case>, ParseError> {
    let mut cases: Vec<Draft> = Vec::new();
    for logical in logical_lines(text)? {
        if logical.first.starts_with("---") {
            cases.push(header(&logical)?);
            continue;
        }
        match cases.last_mut() {
            Some(draft) => draft.add(&logical)?,
            None if logical.first.starts_with("//") => {}
            None => return wrong(logical.line, "a case begins with a line `--- name stages ---`"),
        }
    }
    let cases: Vec<Case> = cases.into_iter().map(Draft::finish).collect::<Result<_, _>>()?;
    for (index, case) in cases.iter().enumerate() {
        if cases.iter().take(index).any(|other| other.name == case.name) {
            return wrong(case.line, format!("a second case is called {}", case.name));
        }
    }
    Ok(cases)
}

fn logical_lines(text: &str) -> Result<Vec<Logical<'_>>, ParseError> {
    let mut lines: Vec<Logical<'_>> = Vec::new();
    for (index, first) in text.lines().enumerate() {
        let line = index + 1;
        if first.trim().is_empty() {
            continue;
        }
        if first.starts_with([' ', '\t']) {
            let Some(last) = lines.last_mut().filter(|last| ">< &!@".contains(last.mark)) else {
                return wrong(line, "nothing that this line could continue");
            };
            last.text.push('\n');
            last.text.push_str(first);
            last.end = line + 1;
            continue;
        }
        let mark = first.chars().next().unwrap_or(' ');
        let text = first.get(mark.len_utf8()..).unwrap_or_default().trim().to_owned();
        lines.push(Logical { line, end: line + 1, mark, text, first });
    }
    Ok(lines)
}

/// A case while its lines come in.
struct Draft {
    line: usize,
    name: String,
    stages: Vec<Stage>,
    known_failure: Option<String>,
    evidence: Option<Evidence>,
    steps: Vec<Step>,
}

fn header(logical: &Logical<'_>) -> Result<Draft, ParseError> {
    let line = logical.line;
    let inner = logical.first.trim().strip_prefix("---").and_then(|it| it.strip_suffix("---"));
    let Some(inner) = inner else {
        return wrong(line, "a case's first line ends with `---`");
    };
    let (inner, known_failure) = match inner.split_once("known-failure(") {
        None => (inner, None),
        Some((before, reason)) => match reason.trim().strip_suffix(')') {
            Some(reason) if !reason.trim().is_empty() => (before, Some(reason.trim().to_owned())),
            _ => return wrong(line, "known-failure needs its reason: known-failure(why)"),
        },
    };
    let mut words = inner.split_whitespace();
    let Some(name) = words.next() else { return wrong(line, "a case needs a name") };
    let mut stages = Vec::new();
    for word in words {
        match Stage::parse(word) {
            Some(stage) if stages.contains(&stage) => {
                return wrong(line, format!("stage {word} is named twice"));
            }
            Some(stage) => stages.push(stage),
            None => {
                let known = "core, wire, boto3 or browser";
                return wrong(line, format!("{word} is no stage: {known}"));
            }
        }
    }
    if stages.is_empty() {
        return wrong(line, "a case needs at least one stage: core, wire, boto3 or browser");
    }
    let name = name.to_owned();
    Ok(Draft { line, name, stages, known_failure, evidence: None, steps: Vec::new() })
}

impl Draft {
    fn add(&mut self, logical: &Logical<'_>) -> Result<(), ParseError> {
        match logical.mark {
            '/' if logical.first.starts_with("//") => self.comment(logical),
            '>' => {
                self.steps.push(Step::Call(Box::new(call(logical)?)));
                Ok(())
            }
            '<' => {
                let expected = json(logical, &logical.text)?;
                self.expect(logical, Expect::Output(expected))
            }
            '!' => self.expect(logical, refusal(logical)?),
            '&' => self.members(logical),
            '@' => {
                self.steps.push(directive(logical)?);
                Ok(())
            }
            _ => wrong(
                logical.line,
                "a line begins with `>` (call), `<` (output), `!` (refusal), `&` (members of the \
                 refusal), `@` (directive), `//` (comment) or `---` (next case)",
            ),
        }
    }

    fn comment(&mut self, logical: &Logical<'_>) -> Result<(), ParseError> {
        let comment = logical.first.trim_start_matches('/').trim();
        let Some(evidence) = comment.strip_prefix("evidence:") else { return Ok(()) };
        let (kind, rest) = evidence.trim().split_once(' ').unwrap_or((evidence.trim(), ""));
        let rest = rest.trim().to_owned();
        if rest.is_empty() {
            return wrong(
                logical.line,
                "evidence needs where it is to be seen, or why it is likely",
            );
        }
        self.evidence = Some(match kind {
            "doc" if rest.starts_with("https://") => Evidence::Doc(rest),
            "doc" => return wrong(logical.line, "evidence: doc needs an https:// address"),
            "recorded" => Evidence::Recorded(rest),
            "botocore" => Evidence::Botocore(rest),
            "guess" => Evidence::Guess(rest),
            _ => return wrong(logical.line, "evidence is doc, recorded, botocore or guess"),
        });
        Ok(())
    }

    fn last_call(&mut self, line: usize) -> Result<&mut CallStep, ParseError> {
        match self.steps.last_mut() {
            Some(Step::Call(call)) => Ok(call),
            _ => wrong(line, "an answer follows the call that it is about"),
        }
    }

    fn expect(&mut self, logical: &Logical<'_>, expect: Expect) -> Result<(), ParseError> {
        let call = self.last_call(logical.line)?;
        if call.expect != Expect::Success {
            return wrong(logical.line, "this call has an answer already");
        }
        call.expect = expect;
        call.expect_lines = (logical.line, logical.end);
        Ok(())
    }

    fn members(&mut self, logical: &Logical<'_>) -> Result<(), ParseError> {
        let sent = json(logical, &logical.text)?;
        let call = self.last_call(logical.line)?;
        call.expect_lines.1 = logical.end;
        match &mut call.expect {
            Expect::Refusal { members, .. } if members.is_none() => {
                *members = Some(sent);
                Ok(())
            }
            _ => wrong(logical.line, "`&` follows the `!` whose members it tells"),
        }
    }

    fn finish(self) -> Result<Case, ParseError> {
        let Self { line, name, stages, known_failure, evidence, steps } = self;
        let Some(evidence) = evidence else {
            return wrong(line, format!("case {name} has no line `// evidence: ...`"));
        };
        if !steps.iter().any(|step| matches!(step, Step::Call(_))) {
            return wrong(line, format!("case {name} calls nothing"));
        }
        let foreign = |step: &Step| matches!(step, Step::Account(_));
        if steps.iter().any(foreign) && stages.iter().any(|stage| *stage > Stage::Wire) {
            return wrong(line, "@ account is for stages core and wire only");
        }
        Ok(Case { name, line, stages, known_failure, evidence, steps })
    }
}

fn json(logical: &Logical<'_>, text: &str) -> Result<Json, ParseError> {
    let value: Json = serde_json::from_str(text).map_err(|error| ParseError {
        line: logical.line + error.line().saturating_sub(1),
        words: format!("this is no JSON: {error}"),
    })?;
    if value.is_object() { Ok(value) } else { wrong(logical.line, "this JSON is no object") }
}

fn call(logical: &Logical<'_>) -> Result<CallStep, ParseError> {
    let line = logical.line;
    let mut words = logical.text.splitn(3, char::is_whitespace);
    let (Some(service), Some(operation)) = (words.next(), words.next()) else {
        return wrong(line, "a call reads `> service Operation {\"Member\": ...}`");
    };
    let Some(model) = cloudarium_shape::model::service(service) else {
        return wrong(line, format!("there is no model of a service {service}"));
    };
    if model.operation(operation).is_none() {
        return wrong(line, format!("{service} has no operation {operation}"));
    }
    let input = match words.next().map(str::trim) {
        None | Some("") => Json::Object(serde_json::Map::new()),
        Some(text) => json(logical, text)?,
    };
    Ok(CallStep {
        line,
        service: service.to_owned(),
        operation: operation.to_owned(),
        input,
        expect: Expect::Success,
        expect_lines: (logical.end, logical.end),
    })
}

fn refusal(logical: &Logical<'_>) -> Result<Expect, ParseError> {
    let mut words = logical.text.splitn(3, ' ');
    let code = words.next().filter(|code| !code.is_empty());
    let status = words.next().and_then(|status| status.parse::<u16>().ok());
    let (Some(code), Some(status)) = (code, status) else {
        return wrong(logical.line, "a refusal reads `! Code Status Message`");
    };
    let message = words.next().unwrap_or_default().trim().to_owned();
    Ok(Expect::Refusal { code: code.to_owned(), status, message, members: None })
}

fn directive(logical: &Logical<'_>) -> Result<Step, ParseError> {
    let line = logical.line;
    if let Some(ended) = logical.text.strip_prefix("work ") {
        return json(logical, ended).map(Step::Work);
    }
    match logical.text.split_whitespace().collect::<Vec<_>>().as_slice() {
        ["advance", time] => match milliseconds(time) {
            Some(time) => Ok(Step::Advance(time)),
            None => wrong(line, "a time is a number and ms, s, m, h or d: `@ advance 2h`"),
        },
        ["account", account] => {
            if account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit()) {
                Ok(Step::Account((*account).to_owned()))
            } else {
                wrong(line, "an account has twelve digits")
            }
        }
        ["anonymous"] => Ok(Step::Account(String::new())),
        ["region", region] => Ok(Step::Region((*region).to_owned())),
        _ => wrong(
            line,
            "a directive is `@ advance TIME`, `@ account ID`, `@ anonymous`, `@ region NAME` or \
             `@ work {...}`",
        ),
    }
}

fn milliseconds(text: &str) -> Option<u64> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(digits);
    let unit = match unit {
        "ms" => 1,
        "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::{Expect, Step, milliseconds, parse};

    const GOOD: &str = r#"// About this file.
--- one core wire ---
// evidence: guess it is likely
> s3 PutObject {"Bucket": "b",
    "Key": "k"}
< {"ETag": "<any>"}
@ advance 2h
> s3 GetObject {"Bucket": "b", "Key": "k"}
! NoSuchKey 404 The specified key does not exist.
& {"Key": "k"}

--- two core known-failure(not yet) ---
// evidence: doc https://docs.aws.amazon.com/
> sts GetCallerIdentity
"#;

    #[test]
    fn what_a_file_says() {
        let cases = parse(GOOD).unwrap();
        assert_eq!(cases.len(), 2);
        assert_eq!(cases[0].steps.len(), 3);
        assert_eq!(cases[0].steps[1], Step::Advance(7_200_000));
        let Step::Call(call) = &cases[0].steps[2] else { panic!("a call") };
        assert_eq!((call.line, call.expect_lines), (8, (9, 11)));
        assert!(matches!(&call.expect, Expect::Refusal { status: 404, members: Some(_), .. }));
        assert_eq!(cases[1].known_failure.as_deref(), Some("not yet"));
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        let with = |body: &str| format!("--- a core ---\n// evidence: guess x\n{body}\n");
        for (text, line, words) in [
            ("> s3 X\n".to_owned(), 1, "begins with a line"),
            ("--- a ---\n".to_owned(), 1, "at least one stage"),
            ("--- a kore ---\n".to_owned(), 1, "kore is no stage"),
            ("--- a core\n".to_owned(), 1, "ends with"),
            ("--- a core known-failure() ---\n".to_owned(), 1, "reason"),
            ("--- a core ---\n> sts GetCallerIdentity\n".to_owned(), 1, "no line `// evidence"),
            (with(""), 1, "calls nothing"),
            (with("> s3 NoSuchThing {}"), 3, "no operation NoSuchThing"),
            (with("> nope X {}"), 3, "no model of a service nope"),
            (with("> s3 ListBuckets {\"a\": }"), 3, "no JSON"),
            (with("> s3 ListBuckets {\n  \"a\": }"), 4, "no JSON"),
            (with("> s3 ListBuckets []"), 3, "no object"),
            (with("< {}"), 3, "follows the call"),
            (with("> s3 ListBuckets\n< {}\n< {}"), 5, "has an answer already"),
            (with("> s3 ListBuckets\n! NoSuchBucket"), 4, "`! Code Status Message`"),
            (with("> s3 ListBuckets\n< {}\n& {}"), 5, "follows the `!`"),
            (with("@ advance soon"), 3, "a time is"),
            (with("@ account 12"), 3, "twelve digits"),
            (with("@ sing"), 3, "a directive is"),
            (with("? what"), 3, "a line begins with"),
            ("--- a core ---\n// evidence: doc here\n".to_owned(), 2, "https://"),
            ("--- a core ---\n// evidence: rumour x\n".to_owned(), 2, "evidence is"),
        ] {
            let error = parse(&text).unwrap_err();
            assert!(error.words.contains(words), "{text}: {}", error.words);
            assert_eq!(error.line, line, "{text}: {}", error.words);
        }
    }

    #[test]
    fn times() {
        assert_eq!(milliseconds("90d"), Some(7_776_000_000));
        assert_eq!(milliseconds("5ms"), Some(5));
        assert_eq!(milliseconds("5"), None);
        assert_eq!(milliseconds("h"), None);
    }
}
