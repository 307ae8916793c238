// Starts the page: the only script that index.html loads as a module.
import init from "../web.js";
import { firstWords } from "./first-words.js";

/** On a slow line the first words come first, and the module has the line for itself then. */
async function start() {
  await firstWords();
  await init({ module_or_path: new URL("../web_bg.wasm", import.meta.url) });
}

start().catch((reason) => {
  const words = document.getElementById("no-start");
  if (words) words.hidden = false;
  console.error("The page could not start.", reason);
});
