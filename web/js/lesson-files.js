// The lessons' files, as the site delivers them: lessons/index.json names them.

const BASE = new URL("../lessons/", import.meta.url);

let list = null;
/** What `list` has led to. */
let here = null;

async function get(path) {
  const response = await fetch(new URL(path, BASE));
  if (!response.ok) {
    throw new Error(`lessons/${path} is missing from this site (status ${response.status})`);
  }
  return response;
}

/** What the list of lessons shows of each, in order. */
export const lessonList = async () => (await index()).lessons.map(({ summary }) => summary);

/** The same of one lesson, if there is such a one and the list is here already. */
export const knownSummary = (id) => here?.lessons.find(({ summary }) => summary?.id === id)?.summary;

/**
 * Where somebody writes lessons just now (`cargo xtask play`), `tell` is called with what changed:
 * `{lessons: ["s3/01-a"], page: false}`. Any other site says nothing of the kind in its list.
 */
export async function followChanges(tell) {
  if ((await index()).live !== true) {
    return;
  }
  const events = new EventSource(new URL("../__live__", BASE));
  events.addEventListener("message", ({ data }) => {
    list = null;
    tell(JSON.parse(data));
  });
}

/** `{lessons, live}`. */
export async function index() {
  list ??= get("index.json").then((response) => response.json());
  try {
    here = await list;
    return here;
  } catch (error) {
    list = null;
    throw error;
  }
}

/** A lesson as the list has it: its folder, its files' names, the services it needs, how many lessons its track has. */
export async function findLesson(id) {
  const { lessons } = await index();
  const lesson = lessons.find(({ summary, folder }) => summary?.id === id || folder === id);
  if (lesson === undefined) {
    throw new Error(`there is no lesson ${id}`);
  }
  const track = lesson.folder.split("/")[0];
  return {
    folder: lesson.folder,
    names: lesson.files,
    services: lesson.summary?.services ?? [],
    count: lessons.filter(({ folder }) => folder.split("/")[0] === track).length,
  };
}

/** What stands in the files of a lesson, in the order of their names. */
export function contentsOf({ folder, names }) {
  const content = async (name) => new Uint8Array(await (await get(`${folder}/${name}`)).arrayBuffer());
  return Promise.all(names.map(content));
}

let operations = null;

/** The operations that are simulated, as the site lists them. */
export async function operationList() {
  operations ??= fetch(new URL("../operations.json", import.meta.url)).then((response) => {
    if (!response.ok) {
      throw new Error(`operations.json is missing from this site (status ${response.status})`);
    }
    return response.json();
  });
  try {
    return await operations;
  } catch (error) {
    operations = null;
    throw error;
  }
}
