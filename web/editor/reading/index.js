// Reading a script: what can stand at a place, and what stands there. Pure: a syntax tree and what was fetched come in, plain data
// goes out. Start in `reader.js` (what a name is), then `boto3.js` (what boto3's objects are), `complete.js` and `describe.js`.
import { complete } from "./complete.js";
import { describe } from "./describe.js";
import { Reader } from "./reader.js";

const ROUNDS_MAX = 5;

/**
 * Asks until everything that an answer needs has been fetched: `data.wanted()` is a list of promises for what was missed.
 */
const withData = async (data, work) => {
  for (let round = 0; ; round++) {
    const found = work();
    const wanted = data.wanted();
    if (wanted.length === 0 || round === ROUNDS_MAX) return found;
    await Promise.all(wanted);
  }
};

export const completionsAt = ({ text, tree, data }, at, explicit) =>
  withData(data, () => complete(new Reader({ text, tree, data }), at, explicit));

export const descriptionAt = ({ text, tree, data }, at) =>
  withData(data, () => describe(new Reader({ text, tree, data }), at));
