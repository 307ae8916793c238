//! Prose as a typed tree: `CommonMark` in, no HTML out.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag};
use serde::{Deserialize, Serialize};

use crate::error::{Mistakes, position};
use crate::template::{self, Vars};

/// A block of prose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// What it says.
        inlines: Vec<Inline>,
    },
    /// A heading below the step's own.
    Heading {
        /// 3 to 6.
        level: u8,
        /// What it says.
        inlines: Vec<Inline>,
    },
    /// Code or output in lines.
    Code {
        /// `python`, `json`; empty when none is named.
        language: String,
        /// The lines.
        text: String,
    },
    /// A list.
    List {
        /// Whether its items are numbered, from 1.
        ordered: bool,
        /// The items.
        items: Vec<Vec<Block>>,
    },
    /// Somebody else's words.
    Quote {
        /// The words.
        blocks: Vec<Block>,
    },
    /// A table.
    Table {
        /// The cells of its head.
        head: Vec<Vec<Inline>>,
        /// The cells of its rows.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A drawing among the lesson's own files.
    Figure {
        /// Its path below the folder of all lessons: `s3/04-prefixes/figures/keys.svg`.
        src: String,
        /// What it shows, for who does not see it.
        alt: String,
        /// What is said below it; may be empty.
        caption: Vec<Block>,
    },
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Inline {
    /// Words.
    Text {
        /// The words.
        text: String,
    },
    /// What AWS or Python says.
    Code {
        /// Its characters.
        text: String,
    },
    /// Strong words.
    Strong {
        /// The words.
        inlines: Vec<Inline>,
    },
    /// Stressed words.
    Emphasis {
        /// The words.
        inlines: Vec<Inline>,
    },
    /// A link.
    Link {
        /// `https://...`, `#step` or `lesson:id`.
        href: String,
        /// Its words.
        inlines: Vec<Inline>,
    },
    /// A line ends here.
    Break,
}

/// A link in prose, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FoundLink {
    pub(crate) href: String,
    /// Line and column.
    pub(crate) at: (usize, usize),
}

/// Blocks inside blocks deeper than this are refused.
const DEPTH_MAX: usize = 12;

/// Reads prose that begins at `line` of `file`.
pub(crate) fn parse(
    text: &str,
    (file, line): (&str, usize),
    mistakes: &mut Mistakes,
    links: &mut Vec<FoundLink>,
) -> Vec<Block> {
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter();
    let mut reader = Reader {
        events: events.map(|(event, range)| (event, range.start)).collect::<Vec<_>>().into_iter(),
        place: Place { text, file, line },
        mistakes,
        links,
        at: 0,
        depth: 0,
    };
    reader.blocks()
}

/// Reads one line: a title, a message. It may stand in TOML, so what is wrong in it is told where
/// it begins.
pub(crate) fn parse_line(
    text: &str,
    (file, at): (&str, (usize, usize)),
    mistakes: &mut Mistakes,
    links: &mut Vec<FoundLink>,
) -> Vec<Inline> {
    let mut own = Mistakes::default();
    let mut blocks = parse(text, (file, at.0), &mut own, links);
    for mistake in own.into_sorted() {
        mistakes.add((file, at), mistake.sentence, mistake.remedy);
    }
    match (blocks.pop(), blocks.is_empty()) {
        (None, _) => Vec::new(),
        (Some(Block::Paragraph { inlines }), true) => inlines,
        _ => {
            mistakes.add(
                (file, at),
                "This is more than one paragraph of plain words.",
                "Write a sentence or two without lists, headings or tables.",
            );
            Vec::new()
        }
    }
}

struct Place<'t> {
    text: &'t str,
    file: &'t str,
    line: usize,
}

struct Reader<'t, 'm> {
    events: std::vec::IntoIter<(Event<'t>, usize)>,
    place: Place<'t>,
    mistakes: &'m mut Mistakes,
    links: &'m mut Vec<FoundLink>,
    at: usize,
    depth: usize,
}

impl<'t> Reader<'t, '_> {
    fn next(&mut self) -> Option<Event<'t>> {
        let (event, at) = self.events.next()?;
        self.at = at;
        Some(event)
    }

    /// Line and column.
    fn here(&self) -> (usize, usize) {
        let (line, column) = position(self.place.text, self.at);
        (self.place.line + line - 1, column)
    }

    fn mistake(&mut self, sentence: &str, remedy: &str) {
        let here = self.here();
        self.mistakes.add((self.place.file, here), sentence, remedy);
    }

    /// Goes one level down, unless that is too deep: then what is there is passed over.
    fn deeper<T: Default>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        if self.depth >= DEPTH_MAX {
            self.mistake("This is nested too deeply.", "Write it as plainer prose.");
            self.skip();
            return T::default();
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// Passes over what is left of the element that has just begun.
    fn skip(&mut self) {
        let mut open = 1_usize;
        while open > 0 {
            match self.next() {
                Some(Event::Start(_)) => open += 1,
                Some(Event::End(_)) => open -= 1,
                Some(_) => {}
                None => return,
            }
        }
    }

    /// Blocks up to the end of the element they stand in.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        // A tight list's items hold words without a paragraph around them.
        let mut loose: Vec<Inline> = Vec::new();
        while let Some(event) = self.next() {
            match event {
                Event::End(_) => break,
                Event::Start(tag) if !is_inline(&tag) => {
                    flush(&mut loose, &mut blocks);
                    blocks.extend(self.deeper(|reader| reader.block(tag)));
                }
                Event::Rule => {
                    self.mistake("A lesson has no rules.", "Start a new step instead.");
                }
                other => self.inline(other, &mut loose),
            }
        }
        flush(&mut loose, &mut blocks);
        blocks
    }

    fn block(&mut self, tag: Tag<'t>) -> Option<Block> {
        match tag {
            Tag::Paragraph => Some(Block::Paragraph { inlines: self.inlines() }),
            Tag::Heading { level, .. } => Some(self.heading(level)),
            Tag::BlockQuote(_) => Some(Block::Quote { blocks: self.blocks() }),
            Tag::CodeBlock(kind) => Some(self.code(&kind)),
            Tag::List(start) => {
                let mut items = Vec::new();
                while let Some(Event::Start(_)) = self.next() {
                    items.push(self.deeper(Self::blocks));
                }
                Some(Block::List { ordered: start.is_some(), items })
            }
            Tag::Table(_) => Some(self.table()),
            Tag::HtmlBlock => {
                self.html();
                self.skip();
                None
            }
            _ => {
                self.mistake("This is no CommonMark that a lesson may use.", "Write plain prose.");
                self.skip();
                None
            }
        }
    }

    fn heading(&mut self, level: HeadingLevel) -> Block {
        if level < HeadingLevel::H3 {
            self.mistake(
                "A heading of the first or second level stands inside a step.",
                "A step begins with `## Title {#id}`; headings within it are `###`.",
            );
        }
        Block::Heading { level: level as u8, inlines: self.inlines() }
    }

    fn code(&mut self, kind: &CodeBlockKind<'_>) -> Block {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.to_string(),
            CodeBlockKind::Indented => String::new(),
        };
        let mut text = String::new();
        while let Some(event) = self.next() {
            match event {
                Event::Text(more) => text.push_str(&more),
                _ => break,
            }
        }
        self.check_template(&text);
        Block::Code { language, text }
    }

    fn table(&mut self) -> Block {
        let mut head = Vec::new();
        let mut rows = Vec::new();
        while let Some(Event::Start(tag)) = self.next() {
            let mut cells = Vec::new();
            while let Some(Event::Start(_)) = self.next() {
                cells.push(self.inlines());
            }
            match tag {
                Tag::TableHead => head = cells,
                _ => rows.push(cells),
            }
        }
        Block::Table { head, rows }
    }

    /// Words up to the end of the element they stand in.
    fn inlines(&mut self) -> Vec<Inline> {
        let mut inlines = Vec::new();
        while let Some(event) = self.next() {
            if matches!(event, Event::End(_)) {
                break;
            }
            self.inline(event, &mut inlines);
        }
        for inline in &inlines {
            if let Inline::Text { text } = inline {
                self.check_template(text);
            }
        }
        inlines
    }

    fn inline(&mut self, event: Event<'t>, into: &mut Vec<Inline>) {
        match event {
            Event::Text(text) => push_text(into, &text),
            Event::SoftBreak => push_text(into, " "),
            Event::HardBreak => into.push(Inline::Break),
            Event::Code(text) => {
                self.check_template(&text);
                into.push(Inline::Code { text: text.to_string() });
            }
            Event::Html(_) | Event::InlineHtml(_) => self.html(),
            Event::Start(Tag::Strong) => {
                let inlines = self.deeper(Self::inlines);
                into.push(Inline::Strong { inlines });
            }
            Event::Start(Tag::Emphasis) => {
                let inlines = self.deeper(Self::inlines);
                into.push(Inline::Emphasis { inlines });
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let href = dest_url.to_string();
                self.links.push(FoundLink { href: href.clone(), at: self.here() });
                let inlines = self.deeper(Self::inlines);
                into.push(Inline::Link { href, inlines });
            }
            Event::Start(Tag::Image { .. }) => {
                self.mistake(
                    "Pictures in prose are not supported.",
                    "Draw it as an SVG in figures/, and show it by `:::figure{name=\"..\" alt=\"..\"}`.",
                );
                self.skip();
            }
            _ => self.mistake("This is no CommonMark that a lesson may use.", "Write plain prose."),
        }
    }

    fn html(&mut self) {
        self.mistake(
            "A lesson holds no HTML.",
            "Write CommonMark; put `<` in backticks if you mean the character.",
        );
    }

    fn check_template(&mut self, text: &str) {
        if let Err(inside) = template::pieces(text) {
            let shown: String = inside.chars().take(40).collect();
            self.mistake(
                &format!("`{{{{{shown}` is no placeholder."),
                "Write `{{name}}` with a variable's name, or `{{asked: Key}}` in a message.",
            );
        }
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Strong | Tag::Emphasis | Tag::Link { .. } | Tag::Image { .. })
}

fn flush(loose: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
    if !loose.is_empty() {
        blocks.push(Block::Paragraph { inlines: std::mem::take(loose) });
    }
}

fn push_text(into: &mut Vec<Inline>, more: &str) {
    if let Some(Inline::Text { text }) = into.last_mut() {
        text.push_str(more);
    } else {
        into.push(Inline::Text { text: more.to_owned() });
    }
}

/// Every text in `blocks`, changed by `change`.
pub(crate) fn map_blocks(blocks: &[Block], change: &dyn Fn(&str) -> String) -> Vec<Block> {
    blocks.iter().map(|block| map_block(block, change)).collect()
}

fn map_block(block: &Block, change: &dyn Fn(&str) -> String) -> Block {
    let cells = |row: &Vec<Vec<Inline>>| row.iter().map(|c| map_inlines(c, change)).collect();
    match block {
        Block::Paragraph { inlines } => Block::Paragraph { inlines: map_inlines(inlines, change) },
        Block::Heading { level, inlines } => {
            Block::Heading { level: *level, inlines: map_inlines(inlines, change) }
        }
        Block::Code { language, text } => {
            Block::Code { language: language.clone(), text: change(text) }
        }
        Block::List { ordered, items } => Block::List {
            ordered: *ordered,
            items: items.iter().map(|item| map_blocks(item, change)).collect(),
        },
        Block::Quote { blocks } => Block::Quote { blocks: map_blocks(blocks, change) },
        Block::Table { head, rows } => {
            Block::Table { head: cells(head), rows: rows.iter().map(cells).collect() }
        }
        Block::Figure { src, alt, caption } => Block::Figure {
            src: src.clone(),
            alt: change(alt),
            caption: map_blocks(caption, change),
        },
    }
}

/// Every text in `inlines`, changed by `change`.
pub(crate) fn map_inlines(inlines: &[Inline], change: &dyn Fn(&str) -> String) -> Vec<Inline> {
    let one = |inline: &Inline| match inline {
        Inline::Text { text } => Inline::Text { text: change(text) },
        Inline::Code { text } => Inline::Code { text: change(text) },
        Inline::Strong { inlines } => Inline::Strong { inlines: map_inlines(inlines, change) },
        Inline::Emphasis { inlines } => Inline::Emphasis { inlines: map_inlines(inlines, change) },
        Inline::Link { href, inlines } => {
            Inline::Link { href: change(href), inlines: map_inlines(inlines, change) }
        }
        Inline::Break => Inline::Break,
    };
    inlines.iter().map(one).collect()
}

/// Blocks with the variables put in.
pub(crate) fn fill_blocks(blocks: &[Block], vars: &Vars) -> Vec<Block> {
    map_blocks(blocks, &|text| template::fill(text, vars))
}

/// Whether a variable stands somewhere in the block.
pub(crate) fn has_variables(block: &Block) -> bool {
    let found = std::cell::Cell::new(false);
    map_blocks(std::slice::from_ref(block), &|text| {
        found.set(found.get() || text.contains("{{"));
        text.to_owned()
    });
    found.get()
}

/// Words with the variables put in.
pub(crate) fn fill_inlines(inlines: &[Inline], vars: &Vars) -> Vec<Inline> {
    map_inlines(inlines, &|text| template::fill(text, vars))
}

/// Words as plain text, code in backticks: what `expect.toml` and terminals show.
pub fn plain(inlines: &[Inline]) -> String {
    let one = |inline: &Inline| match inline {
        Inline::Text { text } => text.clone(),
        Inline::Code { text } => format!("`{text}`"),
        Inline::Strong { inlines }
        | Inline::Emphasis { inlines }
        | Inline::Link { inlines, .. } => plain(inlines),
        Inline::Break => "\n".to_owned(),
    };
    inlines.iter().map(one).collect()
}

/// Every text in `blocks`, in order.
pub(crate) fn texts_of_blocks(blocks: &[Block], visit: &mut dyn FnMut(&str)) {
    // `map` with a visitor in place of a change keeps one walk over the tree.
    let seen = std::cell::RefCell::new(visit);
    map_blocks(blocks, &|text| {
        (seen.borrow_mut())(text);
        String::new()
    });
}

/// Every text in `inlines`, in order.
pub(crate) fn texts_of_inlines(inlines: &[Inline], visit: &mut dyn FnMut(&str)) {
    let seen = std::cell::RefCell::new(visit);
    map_inlines(inlines, &|text| {
        (seen.borrow_mut())(text);
        String::new()
    });
}
