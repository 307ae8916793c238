// Where in a JSON text a place is that AWS's diagnostics name: `/States/Ask/Catch[0]/Next`. The text may be wrong
// elsewhere: it is read as far as is needed.

const SPACE = /[\s,:]*/y;
const TOKEN = /"(?:[^"\\]|\\.)*"?|[{}[\]]|[^\s,:{}[\]"]+/y;

/** The next token from `at` on: its range and its text. */
const next = (text, at) => {
  SPACE.lastIndex = at;
  SPACE.exec(text);
  const from = SPACE.lastIndex;
  TOKEN.lastIndex = from;
  const found = TOKEN.exec(text);
  return found === null ? null : { from, to: TOKEN.lastIndex, text: found[0] };
};

/** What a key's token says. */
const said = (token) => {
  try {
    return JSON.parse(token);
  } catch {
    return token.replaceAll('"', "");
  }
};

/** The end of the value that begins with this token. */
const endOf = (text, first) => {
  let [token, depth] = [first, 0];
  while (token !== null) {
    if (token.text === "{" || token.text === "[") depth += 1;
    if (token.text === "}" || token.text === "]") depth -= 1;
    if (depth <= 0) return token.to;
    token = next(text, token.to);
  }
  return text.length;
};

/** What is left of a way once a key, or a place in a list, is gone; null if it leads elsewhere. */
const past = (way, step) => {
  if (!way.startsWith(step)) return null;
  const rest = way.slice(step.length);
  return rest === "" || rest.startsWith("/") || rest.startsWith("[") ? rest : null;
};

/** Looks in the value that begins with `first` for what `way` leads to; `named` is what names that value. */
const find = (text, first, way, named) => {
  const opens = first.text === "{" || first.text === "[";
  if (way === "") return opens ? named : { from: first.from, to: first.to };
  if (!opens) return null;
  let at = first.to;
  for (let count = 0; ; count += 1) {
    const key = next(text, at);
    if (key === null || key.text === "}" || key.text === "]") return null;
    const value = first.text === "{" ? next(text, key.to) : key;
    if (value === null) return null;
    const step = first.text === "{" ? `/${said(key.text)}` : `[${count}]`;
    const rest = past(way, step);
    // A name may hold a slash, so that two keys fit: the way that leads somewhere is taken.
    const found = rest === null ? null : find(text, value, rest, { from: key.from, to: key.to });
    if (found !== null) return found;
    at = endOf(text, value);
  }
};

/** The place that a text of JSON has for a location, or for `line:column` from 1; null if there is none. */
export const placeOf = (text, location) => {
  const position = /^(\d+):(\d+)$/.exec(location ?? "");
  if (position !== null) {
    const lines = text.split("\n");
    const line = Math.min(Number(position[1]), lines.length) - 1;
    const start = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
    const from = start + Math.min(Math.max(Number(position[2]) - 1, 0), lines[line].length);
    return { from, to: Math.min(from + 1, text.length) };
  }
  const first = next(text, 0);
  if (first === null) return null;
  const here = { from: first.from, to: first.to };
  const way = location ?? "";
  if (way === "" || way === "/") return here;
  // What is missing is told at what should have it.
  for (let shorter = way; shorter !== ""; shorter = shorter.replace(/(?:\/[^/[]*|\[\d+\])$/, "")) {
    const found = find(text, first, shorter, here);
    if (found !== null) return found;
    if (!/[/[]/.test(shorter)) break;
  }
  return here;
};
