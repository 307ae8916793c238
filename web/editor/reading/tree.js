// Small helpers over a Lezer syntax tree. Nothing here knows Python's meaning.

export const children = (node) => {
  const found = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
};

export const textOf = (text, node) => text.slice(node.from, node.to);

/** The nodes between punctuation: `(a, b=1)` gives `[[a], [b, =, 1]]`. */
export const groups = (node, brackets = "()[]{},") => {
  const found = [];
  let group = [];
  for (const child of children(node)) {
    if (child.name === "," || child.name === "Comment") {
      if (group.length > 0) found.push(group);
      group = [];
    } else if (!brackets.includes(child.name) && !child.type.isError) {
      group.push(child);
    }
  }
  if (group.length > 0) found.push(group);
  return found;
};

const PREFIX = /^[a-z]{0,2}("""|'''|"|')/i;

/** Where a string's content begins and ends; the closing quote may be missing. */
export const stringRange = (text, node) => {
  const source = textOf(text, node);
  const [prefix, quote] = PREFIX.exec(source) ?? ["", ""];
  const from = node.from + prefix.length;
  const closed = source.length >= prefix.length + quote.length && source.endsWith(quote);
  const line = source.indexOf("\n", prefix.length);
  const open = quote.length === 1 && line !== -1 ? node.from + line : node.to;
  return { from, to: closed ? node.to - quote.length : open, quote, closed };
};

/** What a plain string literal says. Escapes are left as they are: names of buckets have none. */
export const stringContent = (text, node) => {
  const { from, to } = stringRange(text, node);
  return text.slice(from, to);
};

/** The nearest ancestor (or the node itself) with one of these names. */
export const closest = (node, ...names) => {
  for (let at = node; at; at = at.parent) if (names.includes(at.name)) return at;
  return null;
};

export const sameNode = (a, b) => a && b && a.from === b.from && a.to === b.to && a.name === b.name;
