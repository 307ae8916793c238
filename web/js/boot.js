// Starts the page: the only script that index.html loads as a module.
import init from "../web.js";
import { startSoon } from "./cloud.js";
import { firstWords } from "./first-words.js";

const PAGE = new URL("../web_bg.wasm", import.meta.url);

/** On a slow line the first words come first, then the page's module has the line for itself, then the cloud's. */
async function start() {
  await firstWords();
  // What cannot be compiled while it comes (its media type is another's, say) is init's to fetch, and to tell of.
  const page = await WebAssembly.compileStreaming(fetch(PAGE)).catch(() => PAGE);
  startSoon();
  await init({ module_or_path: page });
}

start().catch((reason) => {
  const words = document.getElementById("no-start");
  if (words) words.hidden = false;
  console.error("The page could not start.", reason);
});
