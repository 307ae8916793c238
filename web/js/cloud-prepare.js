// What a cloud is opened with: the module with the model that every lesson needs, the lesson's files, the storage. All of it is
// on its way at the same time.
import init, { readModelsBy } from "../cloud.js";
import { contentsOf } from "./lesson-files.js";
import { fetchModel, readModel } from "./service-models.js";
import { openStorage } from "./storage.js";

/** The promise of the module's memory: what the cloud works in. It grows, and never shrinks. */
export const started = begin();

async function begin() {
  const model = fetchModel("s3");
  const fetched = () => init({ module_or_path: new URL("../cloud_bg.wasm", import.meta.url) });
  // A transfer that was cut off is asked for once more.
  const { memory } = await fetched().catch(fetched);
  await model;
  readModelsBy(readModel);
  return memory;
}

/** `{contents, kept}`: of the files of the lesson, where `source` is one (lesson-files.js), and of `openStorage(name, only)`. */
export async function prepare(name, only, source) {
  const opening = openStorage(name, only);
  try {
    const files = source === null ? [] : contentsOf(source);
    const [contents, kept] = await Promise.all([files, opening, started]);
    return { contents, kept };
  } catch (error) {
    opening.then(
      ({ storage }) => storage.close(),
      () => {},
    );
    throw error;
  }
}
