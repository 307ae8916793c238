// Completion and description in the editor: what `reading/` finds, drawn by CodeMirror. Comes after the editor itself.
import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionStatus,
  startCompletion,
} from "../node_modules/@codemirror/autocomplete/dist/index.js";
import { ensureSyntaxTree } from "@codemirror/language";
import { Prec, StateEffect, StateField } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, showTooltip } from "@codemirror/view";
import { assistLook } from "./assist-look.js";
import { Data } from "./data.js";
import { descriptionView, optionInfo, spoken } from "./describe-view.js";
import { completionsAt, descriptionAt } from "./reading/index.js";

const PARSE_MS_MAX = 100;
const HOVER_MS = 400;
const OPTIONS_MAX = 60;
/** In a list: what must be given first, the learner's own names, and last what would only answer NotImplemented. */
const BOOST = { required: 30, parameter: 15, near: 10, keyword: -5, off: -20 };

const treeOf = (state, to) => ensureSyntaxTree(state, to, PARSE_MS_MAX);

/** Text put in the place of what was typed, and where the cursor then is. */
const apply = (view, from, to, insert, cursor) =>
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + cursor },
    userEvent: "input.complete",
    scrollIntoView: true,
  });

const appliers = {
  call:
    ({ label, takes }) =>
    (view, _completion, from, to) => {
      const called = view.state.sliceDoc(to, to + 1) === "(";
      apply(
        view,
        from,
        to,
        called ? label : `${label}()`,
        label.length + (called || takes ? (called ? 0 : 1) : 2),
      );
      if (!called && takes) startCompletion(view);
    },
  argument:
    ({ label }) =>
    (view, _completion, from, to) => {
      const given = view.state.sliceDoc(to, to + 1) === "=";
      apply(view, from, to, given ? label : `${label}=`, label.length + 1);
      if (!given) startCompletion(view);
    },
  string:
    ({ label }) =>
    (view, _completion, from, to) =>
      apply(view, from, to, `"${label}"`, label.length + 2),
  text: ({ label }) => label,
};

const boostOf = (option) =>
  (option.required ? BOOST.required : 0) +
  (option.insert === "argument" ? BOOST.parameter : 0) +
  (option.near ? BOOST.near : 0) +
  (option.kind === "keyword" ? BOOST.keyword : 0) +
  (option.off ? BOOST.off : 0);

const toCompletion = (option, words) => ({
  label: option.label,
  type: option.kind,
  option,
  boost: boostOf(option),
  apply: (appliers[option.insert] ?? appliers.text)(option),
  info: () => optionInfo(option, words),
});

/** Beside the name: that it must be given, or is not simulated, and its type. */
const beside = (words) => (completion) => {
  const { required, off, detail } = completion.option;
  const place = document.createElement("span");
  place.className = "cm-beside";
  const said = [off ? words.notHere : required ? words.required : "", detail].filter((word) => word);
  for (const word of said) {
    const part = document.createElement("span");
    part.className = word === words.notHere ? "cm-beside-off" : "";
    part.textContent = word;
    place.append(part);
  }
  return place;
};

const sourceFor = (data, words) => async (context) => {
  const { state, pos, explicit } = context;
  const tree = treeOf(state, pos);
  if (tree === null) return null;
  const found = await completionsAt({ text: state.doc.toString(), tree, data }, pos, explicit);
  if (found === null || context.aborted) return null;
  const inString =
    found.options.some(({ insert }) => insert === "text") &&
    /["']/.test(state.sliceDoc(found.from - 1, found.from));
  return {
    from: found.from,
    to: found.to > pos ? found.to : undefined,
    options: found.options.map((option) => toCompletion(option, words)),
    validFor: inString ? /^[^"'\n]*$/ : /^[\p{L}\p{N}_]*$/u,
  };
};

const describe = async (view, data, at) => {
  const tree = treeOf(view.state, at);
  return tree && descriptionAt({ text: view.state.doc.toString(), tree, data }, at);
};

// The description at the cursor, for the keyboard. Moving on, or Escape, puts it away.

const setShown = StateEffect.define();
const shown = StateField.define({
  create: () => null,
  update(value, change) {
    for (const effect of change.effects) if (effect.is(setShown)) return effect.value;
    return change.docChanged || change.selection ? null : value;
  },
  provide: (field) => showTooltip.from(field),
});

const showAtCursor = (data, words) => (view) => {
  const at = view.state.selection.main.head;
  describe(view, data, at).then((found) => {
    if (view.state.selection.main.head !== at) return;
    const said = found ? spoken(found, words) : words.nothing;
    const tooltip = found && {
      pos: found.from,
      above: true,
      create: () => ({ dom: descriptionView(found, words) }),
    };
    view.dispatch({ effects: [setShown.of(tooltip), EditorView.announce.of(said)] });
  });
  return true;
};

const hide = (view) => {
  if (view.state.field(shown) === null) return false;
  view.dispatch({ effects: setShown.of(null) });
  return true;
};

/** A list that is just coming must not turn Tab into an indentation. */
const takeOption = (view) => acceptCompletion(view) || completionStatus(view.state) === "active";

/** The extensions that help to write. */
export const assistFor = ({ words, view, files }) => {
  const data = new Data({ view, files });
  const hover = async (editor, at) => {
    const found = await describe(editor, data, at);
    return (
      found && {
        pos: found.from,
        end: found.to,
        above: true,
        create: () => ({ dom: descriptionView(found, words) }),
      }
    );
  };
  return [
    closeBrackets(),
    keymap.of(closeBracketsKeymap),
    autocompletion({
      override: [sourceFor(data, words)],
      addToOptions: [{ render: beside(words), position: 80 }],
      maxRenderedOptions: OPTIONS_MAX,
      icons: false,
      optionClass: ({ option }) => (option?.off ? "cm-off" : ""),
    }),
    hoverTooltip(hover, { hoverTime: HOVER_MS }),
    shown,
    assistLook,
    Prec.highest(
      keymap.of([
        { key: "Tab", run: takeOption },
        { key: "Mod-i", run: showAtCursor(data, words), preventDefault: true },
        { key: "Escape", run: (editor) => closeCompletion(editor) || hide(editor) },
      ]),
    ),
  ];
};
