// The lessons' files, as the site delivers them: lessons/index.json names them.

const BASE = new URL("../lessons/", import.meta.url);

let list = null;

async function get(path) {
  const response = await fetch(new URL(path, BASE));
  if (!response.ok) {
    throw new Error(`lessons/${path} is missing from this site (status ${response.status})`);
  }
  return response;
}

/** What the list of lessons shows of each, in order. */
export async function lessonList() {
  return (await index()).map(({ summary }) => summary);
}

/**
 * Where somebody writes lessons just now (`cargo xtask play`), `tell` is called with what changed:
 * `{lessons: ["s3/01-a"], page: false}`. Any other site says nothing of the kind in its list.
 */
export async function followChanges(tell) {
  const response = await get("index.json");
  if ((await response.json()).live !== true) {
    return;
  }
  const events = new EventSource(new URL("../__live__", BASE));
  events.addEventListener("message", ({ data }) => {
    list = null;
    tell(JSON.parse(data));
  });
}

async function index() {
  list ??= get("index.json").then(async (response) => (await response.json()).lessons);
  try {
    return await list;
  } catch (error) {
    list = null;
    throw error;
  }
}

/** A lesson with the content of its files, the services it needs, and how many lessons its track has. */
export async function findLesson(id) {
  const lessons = await index();
  const lesson = lessons.find(({ summary, folder }) => summary?.id === id || folder === id);
  if (lesson === undefined) {
    throw new Error(`there is no lesson ${id}`);
  }
  const track = lesson.folder.split("/")[0];
  const inTrack = lessons.filter(({ folder }) => folder.split("/")[0] === track);
  const contents = await Promise.all(
    lesson.files.map(async (file) => {
      const response = await get(`${lesson.folder}/${file}`);
      return new Uint8Array(await response.arrayBuffer());
    }),
  );
  return {
    folder: lesson.folder,
    names: lesson.files,
    contents,
    services: lesson.summary?.services ?? [],
    count: inTrack.length,
  };
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
