// The editor of a state machine's definition: CodeMirror with JSON's colours, and what is wrong underlined where it is wrong.
// A bundle of its own, loaded when a definition is first edited.
import { StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { editing } from "./editing.js";
import { colours } from "./look.js";
import { placeOf } from "./pointer.js";

/** JSON as the editor colours it; a name is told from a text by the colon after it. */
const json = StreamLanguage.define({
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match(/^"(?:[^"\\]|\\.)*"/)) return stream.match(/^\s*:/, false) ? "name" : "string";
    if (stream.match(/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/)) return "number";
    if (stream.match(/^(?:true|false|null)\b/)) return "bool";
    stream.next();
    return null;
  },
  languageData: { closeBrackets: { brackets: ["[", "{", '"'] } },
  tokenTable: { name: tags.function(tags.propertyName) },
});

const setProblems = StateEffect.define();

/** What is wrong, as lines and places that are marked; it moves along as the text is changed. */
const problems = StateField.define({
  create: () => Decoration.none,
  update(marks, change) {
    for (const effect of change.effects) {
      if (effect.is(setProblems)) return marksOf(change.state, effect.value);
    }
    return marks.map(change.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function marksOf(state, found) {
  const text = state.doc.toString();
  const marks = [];
  const lines = new Set();
  for (const { message, location, severity } of found) {
    const place = placeOf(text, location);
    if (place === null) continue;
    const error = severity === "ERROR";
    const line = state.doc.lineAt(place.from);
    if (error && !lines.has(line.from)) {
      lines.add(line.from);
      marks.push(Decoration.line({ class: "cm-failed" }).range(line.from));
    }
    const to = Math.min(place.to, line.to);
    const mark = Decoration.mark({ class: "cm-failed-at", attributes: { title: message } });
    if (to > place.from) marks.push(mark.range(place.from, to));
  }
  return Decoration.set(marks, true);
}

/** The keys of undo and redo, where the text is not all that is edited: what was done is known elsewhere. */
const historyOf = (tell) => {
  const say = (back) => () => {
    tell(back);
    return true;
  };
  const keys = [
    { key: "Mod-z", run: say(true), preventDefault: true },
    { key: "Mod-Shift-z", run: say(false), preventDefault: true },
    { key: "Mod-y", run: say(false), preventDefault: true },
  ];
  return Prec.highest(keymap.of(keys));
};

/**
 * Puts an editor into an element.
 * @param {HTMLElement} parent
 * @param {{ text: string, label: string, readOnly: boolean, onChange(text: string): void,
 *   onHistory?(back: boolean): void }} options `onHistory` takes back and does again in the editor's stead
 */
export const createAslEditor = (parent, options) => {
  const state = EditorState.create({
    doc: options.text,
    extensions: [
      options.onHistory === undefined ? [] : historyOf(options.onHistory),
      editing()(options.label, "  "),
      json,
      syntaxHighlighting(colours),
      problems,
      EditorState.readOnly.of(options.readOnly),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) options.onChange(update.state.doc.toString());
      }),
    ],
  });
  const view = new EditorView({ parent, state });
  const text = () => view.state.doc.toString();
  return {
    /** Changes no more than what differs, so that cursor and undo stay. */
    setText: (next) => {
      const now = text();
      if (now === next) return;
      let start = 0;
      while (start < now.length && now[start] === next[start]) start += 1;
      let end = 0;
      const most = Math.min(now.length, next.length) - start;
      while (end < most && now[now.length - 1 - end] === next[next.length - 1 - end]) end += 1;
      view.dispatch({
        changes: { from: start, to: now.length - end, insert: next.slice(start, next.length - end) },
      });
    },
    setProblems: (found) => view.dispatch({ effects: setProblems.of(JSON.parse(found)) }),
    /** Goes to a place of the definition, as diagnostics name it. */
    goTo: (location) => {
      const place = placeOf(text(), location);
      if (place === null) return;
      view.dispatch({
        selection: { anchor: place.from, head: place.to },
        effects: EditorView.scrollIntoView(place.from, { y: "center" }),
      });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
};
