//! Prose, drawn from its typed tree. Data never becomes HTML.

use yew::prelude::*;

use crate::state::lesson::{Block, Inline};

/// Draws blocks one below the other.
pub fn blocks(blocks: &[Block]) -> Html {
    html! { { for blocks.iter().map(block) } }
}

/// Draws words in a line.
pub fn inlines(inlines: &[Inline]) -> Html {
    html! { { for inlines.iter().map(inline) } }
}

/// The same words without their looks.
pub fn plain(inlines: &[Inline]) -> String {
    let one = |inline: &Inline| match inline {
        Inline::Text { text } | Inline::Code { text } => text.clone(),
        Inline::Strong { inlines }
        | Inline::Emphasis { inlines }
        | Inline::Link { inlines, .. } => plain(inlines),
        Inline::Break => " ".into(),
    };
    inlines.iter().map(one).collect()
}

fn block(block: &Block) -> Html {
    match block {
        Block::Paragraph { inlines: words } => html! { <p>{ inlines(words) }</p> },
        // The step's own title is a level 3: what is inside it goes below.
        Block::Heading { inlines: words, .. } => html! { <h4>{ inlines(words) }</h4> },
        Block::Code { text, .. } => html! {
            <pre class="code plain wrapped prose-code" tabindex="0"><code>{ text.trim_end_matches('\n') }</code></pre>
        },
        Block::List { ordered: true, items } => {
            html! { <ol class="bullets">{ for items.iter().map(|item| self::item(item)) }</ol> }
        }
        Block::List { items, .. } => {
            html! { <ul class="bullets">{ for items.iter().map(|item| self::item(item)) }</ul> }
        }
        Block::Quote { blocks: inner } => html! { <blockquote>{ blocks(inner) }</blockquote> },
        Block::Table { head, rows } => table(head, rows),
        Block::Figure { src, alt, caption } => figure(src, alt, caption),
    }
}

/// A drawing of the lesson's own: the browser shows it as a picture, and runs nothing in it.
fn figure(src: &str, alt: &str, caption: &[Block]) -> Html {
    html! {
        <figure class="figure">
            <img src={format!("lessons/{src}")} alt={alt.to_owned()} loading="lazy" />
            if !caption.is_empty() { <figcaption class="small dim2">{ blocks(caption) }</figcaption> }
        </figure>
    }
}

fn item(inner: &[Block]) -> Html {
    match inner {
        [Block::Paragraph { inlines: words }] => html! { <li>{ inlines(words) }</li> },
        _ => html! { <li>{ blocks(inner) }</li> },
    }
}

fn table(head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> Html {
    html! {
        <div class="framed" tabindex="0"><table>
            <thead><tr>{ for head.iter().map(|cell| html! { <th scope="col">{ inlines(cell) }</th> }) }</tr></thead>
            <tbody>{ for rows.iter().map(|row| html! {
                <tr>{ for row.iter().map(|cell| html! { <td>{ inlines(cell) }</td> }) }</tr>
            }) }</tbody>
        </table></div>
    }
}

fn inline(inline: &Inline) -> Html {
    match inline {
        Inline::Text { text } => html! { { text } },
        Inline::Code { text } => html! { <code>{ text }</code> },
        Inline::Strong { inlines: words } => html! { <b>{ inlines(words) }</b> },
        Inline::Emphasis { inlines: words } => html! { <em>{ inlines(words) }</em> },
        Inline::Link { href, inlines: words } => link(href, words),
        Inline::Break => html! { <br /> },
    }
}

/// Links lead within the page or to AWS's documentation on the web; anything else is shown as words.
fn link(href: &str, words: &[Inline]) -> Html {
    if href.starts_with("#/") {
        html! { <a href={href.to_owned()}>{ inlines(words) }</a> }
    } else if href.starts_with("https://") {
        html! { <a href={href.to_owned()} target="_blank" rel="noopener noreferrer">{ inlines(words) }</a> }
    } else {
        inlines(words)
    }
}
