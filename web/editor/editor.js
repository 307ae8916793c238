// The editor of the Python tab: CodeMirror 6 with what a script needs and no more. A bundle of its own, loaded when first shown.
// Its colours are the page's own CSS variables, so it follows light and dark by itself.
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags as t } from "@lezer/highlight";
import { StyleModule } from "style-mod";

// CodeMirror would put its rules into a <style> element, which the page's content security policy refuses (style-src 'self').
// Constructed style sheets are allowed: the same rules, in the same order.
const sheets = new Map();
StyleModule.mount = (root, modules) => {
  const target = root.adoptedStyleSheets ? root : document;
  for (const module of [modules].flat()) {
    if (sheets.has(module)) continue;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(module.getRules());
    sheets.set(module, sheet);
  }
  const ours = new Set(sheets.values());
  const others = target.adoptedStyleSheets.filter((sheet) => !ours.has(sheet));
  target.adoptedStyleSheets = [...others, ...ours];
};

const colours = HighlightStyle.define([
  { tag: [t.keyword, t.operatorKeyword, t.modifier, t.self, t.bool, t.null], color: "var(--t-k)" },
  { tag: [t.string, t.special(t.string), t.regexp], color: "var(--t-s)" },
  {
    tag: [
      t.function(t.variableName),
      t.function(t.propertyName),
      t.definition(t.function(t.variableName)),
      t.className,
    ],
    color: "var(--t-f)",
  },
  { tag: [t.number], color: "var(--t-n)" },
  { tag: [t.comment], color: "var(--t-c)", fontStyle: "italic" },
  { tag: [t.invalid], color: "var(--bad)" },
]);

const look = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--sunken)", fontSize: "12.5px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: "var(--mono)",
    lineHeight: "1.62",
    fontVariantLigatures: "none",
    scrollbarWidth: "thin",
  },
  ".cm-content": { padding: "8px 0", caretColor: "var(--zenith)" },
  ".cm-line": { padding: "0 16px 0 10px" },
  ".cm-gutters": { backgroundColor: "var(--sunken)", color: "var(--ink-3)", border: "none", fontSize: "11px" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "36px", padding: "0 6px 0 0", lineHeight: "20.25px" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "var(--code-line)" },
  "&.cm-focused .cm-activeLineGutter": { color: "var(--ink)", backgroundColor: "var(--code-line)" },
  ".cm-cursor": { borderLeftColor: "var(--zenith)", borderLeftWidth: "2px" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    backgroundColor: "var(--code-selection)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--zenith-soft)", outline: "1px solid var(--edge)" },
  ".cm-line.cm-failed": { backgroundColor: "var(--bad-soft) !important", boxShadow: "inset 3px 0 0 var(--bad)" },
});

const setFailed = StateEffect.define();
const failed = StateField.define({
  create: () => Decoration.none,
  update(marks, change) {
    for (const effect of change.effects) {
      if (!effect.is(setFailed)) continue;
      const { doc } = change.state;
      if (effect.value < 1 || effect.value > doc.lines) return Decoration.none;
      const { from } = doc.line(effect.value);
      return Decoration.set([
        Decoration.line({ class: "cm-failed", attributes: { "aria-description": "The script failed here" } }).range(
          from,
        ),
      ]);
    }
    // The mark tells of the last run: it goes when its line is mended.
    if (!change.docChanged) return marks;
    const kept = marks.map(change.changes);
    let touched = false;
    kept.between(0, change.newDoc.length, (from) => {
      const line = change.newDoc.lineAt(from);
      change.changes.iterChangedRanges((_a, _b, start, end) => {
        if (start <= line.to && end >= line.from) touched = true;
      });
    });
    return touched ? Decoration.none : kept;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * Puts an editor into an element.
 * @param {HTMLElement} parent
 * @param {{text: string, label: string, onChange(text: string): void, onRun(): void, onStop(): void}} options
 */
export const createEditor = (parent, options) => {
  // Tab indents, as everyone expects in an editor. Escape first, and Tab leaves: said in the label.
  let leaving = false;
  const run = () => (options.onRun(), true);
  const tab = (indent) => (view) => {
    if (leaving) return false;
    return indent(view);
  };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        Prec.highest(
          keymap.of([
            { key: "Mod-Enter", run },
            { key: "Mod-.", run: () => (options.onStop(), true) },
            { key: "Tab", run: tab(indentMore), shift: tab(indentLess) },
          ]),
        ),
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        indentUnit.of("    "),
        bracketMatching(),
        closeBrackets(),
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap]),
        pythonLanguage,
        syntaxHighlighting(colours),
        look,
        failed,
        EditorView.contentAttributes.of({
          "aria-label": options.label,
          spellcheck: "false",
          tabindex: "0",
          autocapitalize: "off",
          autocorrect: "off",
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onChange(update.state.doc.toString());
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
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    setText: (text) =>
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 } }),
    markLine: (line) => view.dispatch({ effects: setFailed.of(line) }),
    goTo: (line) => {
      const { from } = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
      view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
      view.focus();
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
};
