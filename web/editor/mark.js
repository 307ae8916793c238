// The mark that a failed run leaves: its line, and in the line the call (or the place of a syntax error) itself.
import { ensureSyntaxTree } from "@codemirror/language";
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

const PARSE_MS_MAX = 50;
const setFailed = StateEffect.define();

/** `s3.get_object(...)` is marked at `get_object`: the name says what failed, the rest says with what. */
const narrowed = (state, from, to) => {
  const tree = ensureSyntaxTree(state, to, PARSE_MS_MAX);
  for (let node = tree?.resolveInner(from, 1); node; node = node.parent) {
    if (node.from !== from || node.to > to) return { from, to };
    const call = node.name === "AwaitExpression" ? node.lastChild : node;
    if (call.name !== "CallExpression" || node.to !== to) continue;
    const named =
      call.firstChild.name === "MemberExpression"
        ? call.firstChild.getChild("PropertyName")
        : call.firstChild;
    return named ? { from: named.from, to: named.to } : { from, to };
  }
  return { from, to };
};

const marksOf = (state, { line: number, column, end, words }) => {
  const { doc } = state;
  if (number < 1 || number > doc.lines) return Decoration.none;
  const line = doc.line(number);
  const marks = [
    Decoration.line({ class: "cm-failed", attributes: { "aria-description": words } }).range(line.from),
  ];
  if (column !== null) {
    const from = Math.min(line.from + column, line.to);
    const to = Math.min(end > column ? line.from + end : line.to, line.to);
    const at = narrowed(state, from, to);
    if (at.to > at.from) marks.push(Decoration.mark({ class: "cm-failed-at" }).range(at.from, at.to));
  }
  return Decoration.set(marks, true);
};

/** Whether a change reaches a line that is marked. */
const isTouched = (marks, change) => {
  let touched = false;
  marks.between(0, change.newDoc.length, (from) => {
    const line = change.newDoc.lineAt(from);
    change.changes.iterChangedRanges((_a, _b, start, end) => {
      if (start <= line.to && end >= line.from) touched = true;
    });
  });
  return touched;
};

export const failed = StateField.define({
  create: () => Decoration.none,
  update(marks, change) {
    for (const effect of change.effects) {
      if (effect.is(setFailed))
        return effect.value === null ? Decoration.none : marksOf(change.state, effect.value);
    }
    if (!change.docChanged) return marks;
    const kept = marks.map(change.changes);
    // The mark tells of the last run: it goes when its line is mended.
    return isTouched(kept, change) ? Decoration.none : kept;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Marks a place `{line, column, end, words}` (columns from 0, or null), or takes the mark away. */
export const mark = (place) => setFailed.of(place);
