// node names.mjs PYODIDE OUT
//
// Runs names.py in Pyodide under Node and writes what it finds to the file OUT.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [pyodide, out] = process.argv.slice(2).map((path) => resolve(path));
const { loadPyodide } = await import(pathToFileURL(join(pyodide, "pyodide.mjs")).href);
const python = await loadPyodide({ indexURL: `${pyodide}/` });
const script = join(dirname(fileURLToPath(import.meta.url)), "names.py");
python.runPython(readFileSync(script, "utf8"));
python.runPython('write_names("/tmp/names.json")');
writeFileSync(out, python.FS.readFile("/tmp/names.json"));
process.exit(0);
