// What a page says first, while its module is still on its way: the beginning of the lesson that the address names, and
// the script that it begins with. (The home page's stands in index.html.) The page's own parts draw the same a moment
// later, in the same place: web/src/parts/lesson/opening.rs and web/src/parts/python/opening.rs.
import { index, knownSummary } from "./lesson-files.js";

const element = (name, className, ...children) => {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
};

const words = ({ kind, text, inlines }) =>
  ({
    text: () => text,
    code: () => element("code", "", text),
    strong: () => element("b", "", ...inlines.map(words)),
    emphasis: () => element("em", "", ...inlines.map(words)),
    link: () => element("a", "", ...inlines.map(words)),
    break: () => element("br", ""),
  })[kind]?.() ?? "";

/** The paragraphs that a step begins with. */
function paragraphs(blocks) {
  const other = blocks.findIndex(({ kind }) => kind !== "paragraph");
  const first = other === -1 ? blocks : blocks.slice(0, other);
  return first.map(({ inlines }) => element("p", "", ...inlines.map(words)));
}

const star = (number, step) => element("li", number === step ? "now" : "", element("a", "", `${number}`));

function lesson({ title, steps }, number) {
  const step = steps[number - 1];
  const head = element(
    "div",
    "lesson-head",
    element("p", "small dim row", "\u00a0"),
    element("h2", "", title),
    element("ol", "path", ...steps.map((_, at) => star(at + 1, number))),
  );
  const prose = element("div", "prose", element("h3", "", step.title), ...paragraphs(step.lead));
  return element("section", "lesson", head, element("div", "lesson-body", prose));
}

/** What the learner made of a file, where the browser lets the page read it at once (web/src/state/files.rs). */
function ownText(lesson, file) {
  try {
    return localStorage.getItem(`cloudarium.file.${lesson}.${file}`);
  } catch {
    return null;
  }
}

/** The stage, with the script on it if the lesson is opened there. */
function stage({ id, surfaces, opens }, place) {
  const tabs = element("div", "stage-tabs");
  const isOpen = place === "python" || (place === undefined && surfaces[0] === "python");
  if (!isOpen || !opens) {
    return element("section", "stage", tabs);
  }
  const text = element("pre", "code plain editor-wait", ownText(id, opens.name) ?? opens.text);
  const python = element("div", "py", element("div", "files"), element("div", "editor", text));
  return element("section", "stage", tabs, element("div", "tabpanel", python));
}

/** Draws the beginning of a lesson, if the address names one. What goes wrong here is told by the page itself. */
async function draw() {
  const address = /^#\/lesson\/([^/?]+)(?:\/(\d+)(?:\/([^?]+))?)?/;
  const [, id, number, place] = address.exec(location.hash) ?? [];
  if (id === undefined) {
    return;
  }
  await index();
  const summary = knownSummary(decodeURIComponent(id));
  const main = element("main", "", lesson(summary, Number(number ?? 1)), stage(summary, place));
  const bench = element("div", "bench", element("header", "topbar"), main);
  bench.dataset.region = "lesson";
  document.getElementById("app").replaceChildren(bench);
}

/** Nobody waits longer than this to see them. */
const WAIT_MS = 500;

/** Resolves when the browser says that it has shown something: what is taken away before was never seen. */
const shown = () =>
  new Promise((resolve) => {
    const type = "largest-contentful-paint";
    const isKnown = PerformanceObserver.supportedEntryTypes.includes(type);
    new PerformanceObserver(resolve).observe({ type: isKnown ? type : "paint", buffered: true });
    setTimeout(resolve, WAIT_MS);
  });

/** Resolves when the first words have been seen, or cannot be: a page in the background is never drawn. */
export async function firstWords() {
  await draw().catch(() => {});
  if (!document.hidden) {
    await shown();
  }
}
