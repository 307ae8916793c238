// What every editor here has: lines with numbers, undo, brackets, an indenting Tab, the look.
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from "@codemirror/commands";
import { bracketMatching, indentUnit } from "@codemirror/language";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { look } from "./look.js";

/** Gives the extensions of an editor, by its label and what one step of indentation is. */
export const editing = () => {
  // Tab indents, as everyone expects in an editor. Escape first, and Tab leaves: said in the label.
  let leaving = false;
  const tab = (indent) => (view) => (leaving ? false : indent(view));
  return (label, indent) => [
    keymap.of([{ key: "Tab", run: tab(indentMore), shift: tab(indentLess) }]),
    lineNumbers(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    history(),
    drawSelection(),
    indentUnit.of(indent),
    bracketMatching(),
    keymap.of([...defaultKeymap, ...historyKeymap]),
    look,
    EditorView.contentAttributes.of({
      "aria-label": label,
      spellcheck: "false",
      tabindex: "0",
      autocapitalize: "off",
      autocorrect: "off",
    }),
    EditorView.domEventObservers({
      keydown: (event) => {
        if (event.key === "Escape") leaving = true;
        else if (event.key !== "Tab" && event.key !== "Shift") leaving = false;
      },
      blur: () => {
        leaving = false;
      },
    }),
  ];
};
