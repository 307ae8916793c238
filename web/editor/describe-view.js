// Draws what `reading/describe.js` tells. Text alone goes in: nothing here makes HTML of data.

const VALUES_SHOWN_MAX = 12;

const element = (name, className, ...content) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content.filter((part) => part !== null));
  return made;
};

const stateWords = ({ state }, words) =>
  ({ simulated: words.simulated, "not-simulated": words.notSimulated })[state] ?? "";

const rowsView = ({ rows, more }, words) => {
  if (rows.length === 0 && !more) return null;
  const list = element("dl", "cm-rows");
  for (const { name, type, doc } of rows) {
    const term = element("dt", "", element("b", "", name), type ? ` ${type}` : "");
    list.append(element("div", "", term, element("dd", "", doc)));
  }
  const rest = more > 0 ? element("p", "cm-more", words.more.replace("{n}", String(more))) : null;
  const head = rows.length > 0 ? element("p", "cm-more", words.mustBeGiven) : null;
  return element("div", "", head, list, rest);
};

const valuesView = ({ values = [] }, words) => {
  if (values.length === 0) return null;
  const shown = values.slice(0, VALUES_SHOWN_MAX).join(", ");
  return element(
    "p",
    "cm-more",
    `${words.oneOf} `,
    element("code", "", values.length > VALUES_SHOWN_MAX ? `${shown}, …` : shown),
  );
};

export const descriptionView = (found, words) =>
  element(
    "div",
    "cm-described",
    element("p", "cm-title", found.title),
    found.doc ? element("p", "", found.doc) : null,
    found.required ? element("p", "cm-more", words.required) : null,
    rowsView(found, words),
    valuesView(found, words),
    found.state ? element("p", `cm-state ${found.state}`, stateWords(found, words)) : null,
  );

/** The same in one sentence, for a screen reader. */
export const spoken = (found, words) => {
  const required = found.rows.map(({ name }) => name).join(", ");
  const parts = [
    found.title,
    found.doc,
    found.required ? words.required : "",
    required ? `${words.mustBeGiven} ${required}.` : "",
  ];
  return [...parts, stateWords(found, words)].filter((part) => part).join(" ");
};

/** What stands beside a chosen completion; null when there is nothing to add to its line. */
export const optionInfo = ({ doc, value, off, label }, words) => {
  const operation = value?.kind === "method" && value.operation;
  const rows = value?.kind === "method" ? value.params.filter((one) => one.required) : [];
  const state = off ? "not-simulated" : operation ? "simulated" : "";
  const signature = value?.kind === "library" && value.signature ? `${label}${value.signature}` : "";
  if (!doc && rows.length === 0 && !state && !signature) return null;
  const title = signature || label;
  const more = value?.kind === "method" ? value.params.length - rows.length : 0;
  return descriptionView({ title, doc, rows, more, state }, words);
};
