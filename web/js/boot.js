// Starts the page: the only script that index.html loads as a module.
import init from "../web.js";

init({ module_or_path: new URL("../web_bg.wasm", import.meta.url) }).catch((reason) => {
  const words = document.getElementById("no-start");
  if (words) words.hidden = false;
  console.error("The page could not start.", reason);
});
