// How the editor looks. Its colours are the page's own CSS variables, so it follows light and dark by itself.
import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
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

export const colours = HighlightStyle.define([
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

export const look = EditorView.theme({
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
  ".cm-gutters": {
    backgroundColor: "var(--sunken)",
    color: "var(--ink-3)",
    border: "none",
    fontSize: "11px",
  },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "36px", padding: "0 6px 0 0", lineHeight: "20.25px" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "var(--code-line)" },
  "&.cm-focused .cm-activeLineGutter": { color: "var(--ink)", backgroundColor: "var(--code-line)" },
  ".cm-cursor": { borderLeftColor: "var(--zenith)", borderLeftWidth: "2px" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    backgroundColor: "var(--code-selection)",
  },
  "&.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--zenith-soft)",
    outline: "1px solid var(--edge)",
  },
  ".cm-line.cm-failed": {
    backgroundColor: "var(--bad-soft) !important",
    boxShadow: "inset 3px 0 0 var(--bad)",
  },
  ".cm-failed-at": { textDecoration: "underline wavy var(--bad) 1.5px", textUnderlineOffset: "3px" },
});
