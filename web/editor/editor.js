// The editor of the Python tab: CodeMirror 6 with what a script needs and no more. A bundle of its own, loaded when first shown;
// completion and closing brackets (`assist.js`) come after it.
import { pythonLanguage } from "@codemirror/lang-python";
import { indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { editing } from "./editing.js";
import { colours } from "./look.js";
import { failed, mark } from "./mark.js";

/** So soon after a key the page hears of it: the key is drawn before all that follows from it. */
const TOLD_AFTER_MS = 50;

/** Other files (data, text) are edited without Python's colours. */
const languageOf = (name) => (name.endsWith(".py") ? [pythonLanguage, syntaxHighlighting(colours)] : []);

/**
 * Puts an editor into an element.
 * @param {HTMLElement} parent
 * @param {{
 *   file: string, text: string, words: object,
 *   onChange(file: string, text: string): void, onRun(): void, onStop(): void,
 *   view(name: string, params: object): Promise<any>, files(): object,
 * }} options `words` are those of the page (web/src/words.rs); `view` asks the cloud for a picture; `files` gives the texts of all files
 */
export const createEditor = (parent, options) => {
  const { words } = options;
  let shown = options.file;
  /** The files that are not shown, each with its own undo and cursor. */
  const others = new Map();
  const assistance = new Compartment();
  let assist = [];
  const editingAs = editing();
  let untold;
  const tell = () => {
    clearTimeout(untold);
    if (untold) options.onChange(shown, view.state.doc.toString());
    untold = 0;
  };
  const run = () => (tell(), options.onRun(), true);
  const stateOf = (name, text) =>
    EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(
          keymap.of([
            { key: "Mod-Enter", run },
            { key: "Mod-.", run: () => (options.onStop(), true) },
          ]),
        ),
        assistance.of(name.endsWith(".py") ? assist : []),
        editingAs(words.label.replace("{file}", name), "    "),
        indentOnInput(),
        languageOf(name),
        failed,
        EditorView.updateListener.of((update) => {
          if (update.docChanged) untold ||= setTimeout(tell, TOLD_AFTER_MS);
        }),
      ],
    });
  const view = new EditorView({ parent, state: stateOf(shown, options.text) });
  // Nobody who goes on elsewhere, or leaves, finds the page a key behind.
  const gone = new AbortController();
  for (const leave of ["pointerdown", "focusout", "pagehide"])
    addEventListener(leave, tell, { capture: true, signal: gone.signal });
  const useAssist = ({ assistFor }) => {
    assist = assistFor({ ...options, file: () => shown });
    if (shown.endsWith(".py")) view.dispatch({ effects: assistance.reconfigure(assist) });
    parent.dataset.assist = "ready";
  };
  // Without it (no network, say) the editor still edits.
  import("./assist.js").then(useAssist, () => {});
  return {
    text: () => view.state.doc.toString(),
    /** Shows another file; its undo and cursor are as they were left. */
    show: (name, text) => {
      if (name === shown) return;
      tell();
      others.set(shown, { state: view.state, top: view.scrollDOM.scrollTop });
      const kept = others.get(name);
      others.delete(name);
      shown = name;
      const same = kept !== undefined && kept.state.doc.toString() === text;
      view.setState(same ? kept.state : stateOf(name, text));
      view.dispatch({ effects: assistance.reconfigure(name.endsWith(".py") ? assist : []) });
      if (same) requestAnimationFrame(() => (view.scrollDOM.scrollTop = kept.top));
    },
    setText: (text) => {
      // What has just been typed is not known where the text comes from: it stays.
      if (untold) return tell();
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        selection: { anchor: 0 },
      });
    },
    /** Marks where the run failed: a line from 1, columns from 0 or negative for the whole line; line 0 for nothing. */
    markLine: (line, column, end) => {
      const place = { line, column: column < 0 ? null : column, end, words: words.failed };
      view.dispatch({ effects: mark(line > 0 ? place : null) });
    },
    goTo: (line) => {
      const { from } = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
      view.dispatch({
        selection: { anchor: from },
        effects: EditorView.scrollIntoView(from, { y: "center" }),
      });
      view.focus();
    },
    destroy: () => {
      tell();
      gone.abort();
      view.destroy();
    },
  };
};
