// Values as Node.js shows them in a log: `{ a: 1, b: [ 'x' ] }`.
// https://nodejs.org/api/util.html#utilinspectobject-options

const DEPTH_MAX = 2;
const LINE_LENGTH_MAX = 72;
const ITEMS_MAX = 100;

/** A value as it is shown in another; `depth` counts the values around it. */
export function inspect(value, depth = 0, around = []) {
  switch (typeof value) {
    case "string":
      return quoted(value);
    case "bigint":
      return `${value}n`;
    case "function":
      return value.name === "" ? "[Function (anonymous)]" : `[Function: ${value.name}]`;
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "object":
      return value === null ? "null" : inspectObject(value, depth, around);
    default:
      return String(value);
  }
}

function quoted(text) {
  const quote = ["'", '"', "`"].find((one) => !text.includes(one)) ?? "'";
  const escaped = text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\t", "\\t");
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

function inspectObject(value, depth, around) {
  if (around.includes(value)) {
    return "[Circular *1]";
  }
  if (value instanceof Error) {
    return value.stack ?? `${value.name}: ${value.message}`;
  }
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  }
  if (value instanceof RegExp) {
    return String(value);
  }
  if (value instanceof Promise) {
    return "Promise { <pending> }";
  }
  const name = Object.getPrototypeOf(value)?.constructor?.name ?? "[Object: null prototype]";
  if (depth > DEPTH_MAX) {
    return Array.isArray(value) ? "[Array]" : `[${name}]`;
  }
  const show = (one) => inspect(one, depth + 1, [...around, value]);
  const [prefix, [open, close], items] = partsOf(value, name, show);
  return joined(prefix, [open, close], items);
}

/** What stands before the brackets, the brackets, and what is shown between them. */
function partsOf(value, name, show) {
  const own = Object.entries(value).map(([key, one]) => `${keyed(key)}: ${show(one)}`);
  if (Array.isArray(value)) {
    return ["", "[]", shortened(value, show)];
  }
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return [`${name}(${value.length}) `, "[]", shortened([...value.subarray(0, ITEMS_MAX + 1)], show)];
  }
  if (value instanceof Map) {
    const items = [...value].map(([key, one]) => `${show(key)} => ${show(one)}`);
    return [`Map(${value.size}) `, "{}", items];
  }
  if (value instanceof Set) {
    return [`Set(${value.size}) `, "{}", [...value].map(show)];
  }
  return [name === "Object" ? "" : `${name} `, "{}", own];
}

function shortened(items, show) {
  const shown = items.slice(0, ITEMS_MAX).map(show);
  const more = items.length - ITEMS_MAX;
  return more > 0 ? [...shown, `... ${more} more item${more > 1 ? "s" : ""}`] : shown;
}

const keyed = (key) => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key));

function joined(prefix, [open, close], items) {
  if (items.length === 0) {
    return `${prefix}${open}${close}`;
  }
  const line = `${prefix}${open} ${items.join(", ")} ${close}`;
  if (line.length <= LINE_LENGTH_MAX && !line.includes("\n")) {
    return line;
  }
  const inner = items.map((item) => `  ${item.replaceAll("\n", "\n  ")}`).join(",\n");
  return `${prefix}${open}\n${inner}\n${close}`;
}

/** What `console.log` writes: a pattern with its values, and all others after it. */
export function format(...parts) {
  const [first, ...rest] = parts;
  if (typeof first !== "string") {
    return parts.map(shown).join(" ");
  }
  const text = first.replaceAll(/%[sdifjoOc%]/g, (mark) => {
    if (mark === "%%") {
      return "%";
    }
    return rest.length === 0 ? mark : formatted(mark, rest.shift());
  });
  return [text, ...rest.map(shown)].join(" ");
}

const shown = (value) => (typeof value === "string" ? value : inspect(value));

function formatted(mark, value) {
  switch (mark) {
    case "%s":
      return typeof value === "object" && value !== null ? inspect(value, DEPTH_MAX) : String(value);
    case "%d":
      return typeof value === "bigint" ? `${value}n` : String(Number(value));
    case "%i":
      return String(Number.parseInt(value, 10));
    case "%f":
      return String(Number.parseFloat(value));
    case "%j":
      return JSON.stringify(value);
    case "%c":
      return "";
    default:
      return inspect(value);
  }
}
