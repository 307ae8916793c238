// node archives.mjs PYODIDE SHIM WHEELS INDEX OUT
//
// Runs archives.py in Pyodide under Node: only that interpreter writes the byte code which it reads.
// PYODIDE is the npm package, SHIM the folder web/python, WHEELS the folder of wheels, INDEX the
// models' index.json; OUT receives stdlib.zip and boto3.zip.
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [pyodide, shim, wheels, index, out] = process.argv.slice(2).map((path) => resolve(path));
const { loadPyodide } = await import(pathToFileURL(join(pyodide, "pyodide.mjs")).href);
const python = await loadPyodide({ indexURL: `${pyodide}/` });

const mounts = { pyodide, shim, wheels, index: dirname(index), out };
for (const [name, root] of Object.entries(mounts)) {
  python.FS.mkdirTree(`/mnt/${name}`);
  python.FS.mount(python.FS.filesystems.NODEFS, { root }, `/mnt/${name}`);
}
const script = join(dirname(fileURLToPath(import.meta.url)), "archives.py");
python.runPython(readFileSync(script, "utf8"));
python.runPython(`
write_standard_library("/mnt/pyodide/python_stdlib.zip", "/mnt/out/stdlib.zip")
write_boto3("/mnt/wheels", "/mnt/shim", "/mnt/index/index.json", "/mnt/out/boto3.zip")
`);
process.exit(0);
