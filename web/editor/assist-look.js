// How completion and descriptions look: the page's menu, in CodeMirror's classes.
import { EditorView } from "@codemirror/view";

const BOX = {
  backgroundColor: "var(--raised)",
  border: "1px solid var(--edge)",
  borderRadius: "10px",
  boxShadow: "var(--shadow)",
  color: "var(--ink)",
};

export const assistLook = EditorView.theme({
  ".cm-tooltip": BOX,
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--mono)",
    fontSize: "12px",
    padding: "4px",
    maxHeight: "15em",
    maxWidth: "min(560px, 92vw)",
    minWidth: "min(280px, 92vw)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    display: "flex",
    gap: "12px",
    alignItems: "baseline",
    padding: "3px 8px",
    lineHeight: "1.6",
    borderRadius: "6px",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    background: "var(--zenith-soft)",
    boxShadow: "inset 3px 0 0 var(--zenith)",
    color: "var(--ink)",
  },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700", color: "var(--zenith)" },
  ".cm-off .cm-completionLabel": {
    color: "var(--ink-3)",
    textDecoration: "line-through",
    textDecorationThickness: "1px",
  },
  ".cm-beside": {
    marginLeft: "auto",
    display: "flex",
    gap: "8px",
    fontFamily: "var(--sans)",
    color: "var(--ink-2)",
    whiteSpace: "nowrap",
  },
  ".cm-beside-off": { color: "var(--warn)" },
  ".cm-tooltip.cm-completionInfo": {
    padding: "0",
    maxWidth: "min(380px, 92vw)",
    whiteSpace: "normal",
    margin: "0 6px",
  },
  ".cm-described": {
    display: "grid",
    gap: "6px",
    padding: "9px 12px 10px",
    maxWidth: "min(460px, 92vw)",
    maxHeight: "min(320px, 50vh)",
    overflow: "auto",
    font: "13px/1.5 var(--sans)",
  },
  ".cm-described p, .cm-described dl, .cm-described dd": { margin: "0" },
  ".cm-described .cm-title": { font: "600 12px/1.5 var(--mono)", overflowWrap: "anywhere" },
  ".cm-rows > div": { display: "grid", gridTemplateColumns: "auto minmax(0, 1fr)", gap: "0 10px" },
  ".cm-rows dt": { font: "12px/1.65 var(--mono)", color: "var(--ink-2)" },
  ".cm-rows dt b": { fontWeight: "600", color: "var(--ink)" },
  ".cm-more": { color: "var(--ink-2)", fontSize: "12px" },
  ".cm-state": { fontSize: "12px", fontWeight: "600" },
  ".cm-state.simulated": { color: "var(--good)" },
  ".cm-state.not-simulated": { color: "var(--warn)" },
});
