// Stands for @codemirror/autocomplete where @codemirror/lang-python asks for it (see crates/xtask/src/site.rs): its own completions
// are not used here, and without this their whole package would be loaded with the editor instead of with `assist.js`.
const unused = () => null;

export { unused as completeFromList, unused as ifNotIn, unused as snippetCompletion };
