//! A row of the file tree.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::parts::terminal::files_tree::{Node, icon};
use crate::state::sizes;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub node: Node,
    /// Folders that are open.
    pub open: Rc<BTreeSet<String>>,
    pub chosen: Option<AttrValue>,
    /// A folder or a file was pressed.
    pub press: Callback<(String, bool)>,
}

/// The row, and those below it.
#[component]
pub fn FileRow(props: &Props) -> Html {
    let entry = &props.node.entry;
    let name = entry.name().to_owned();
    let open = entry.folder && props.open.contains(&entry.path);
    let chosen = props.chosen.as_deref() == Some(entry.path.as_str());
    let onclick = {
        let (path, folder) = (entry.path.clone(), entry.folder);
        props.press.reform(move |_| (path.clone(), folder))
    };
    let size = if entry.folder {
        words::folder_files(props.node.files())
    } else {
        sizes::of_float(entry.bytes)
    };
    let class = classes!(chosen.then_some("on"));
    html! {
        <li>
            <button {class} {onclick} aria-expanded={entry.folder.then(|| open.to_string())} aria-pressed={(!entry.folder).then(|| chosen.to_string())}>
                if entry.folder {
                    <Icon name={if open { "chev" } else { "chevr" }} class="sm" /><Icon name="folder" class="sm" />
                } else {
                    <Icon name={icon(&name)} class="sm" />
                }
                <span>{ name }</span>
                if !open { <small>{ size }</small> }
            </button>
            if open {
                <ul>
                    { for props.node.children.iter().map(|node| html! {
                        <FileRow key={node.entry.path.clone()} node={node.clone()} open={props.open.clone()} chosen={props.chosen.clone()} press={props.press.clone()} />
                    }) }
                </ul>
            }
        </li>
    }
}
