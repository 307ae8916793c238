// node archives.mjs PYODIDE SHIM WHEELS INDEX AWSCLI_WHEELS AWSCLI OUT
//
// Runs archives.py in Pyodide under Node: only that interpreter writes the byte code which it reads.
// PYODIDE is the npm package, SHIM the folder web/python, WHEELS the folder of wheels, INDEX the
// models' index.json, AWSCLI what awscli_models.py has written; OUT receives stdlib.zip, boto3.zip and
// awscli.zip.
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [pyodide, shim, wheels, index, cliWheels, cli, out] = process.argv.slice(2).map((path) => resolve(path));
const { loadPyodide } = await import(pathToFileURL(join(pyodide, "pyodide.mjs")).href);
const python = await loadPyodide({ indexURL: `${pyodide}/` });

const mounts = { pyodide, shim, wheels, index: dirname(index), cliWheels, cli, out };
for (const [name, root] of Object.entries(mounts)) {
  python.FS.mkdirTree(`/mnt/${name}`);
  python.FS.mount(python.FS.filesystems.NODEFS, { root }, `/mnt/${name}`);
}
const script = join(dirname(fileURLToPath(import.meta.url)), "archives.py");
python.runPython(readFileSync(script, "utf8"));
python.runPython(`
write_standard_library("/mnt/pyodide/python_stdlib.zip", "/mnt/out/stdlib.zip")
write_boto3("/mnt/wheels", "/mnt/shim", "/mnt/index/index.json", "/mnt/out/boto3.zip")
write_awscli("/mnt/cliWheels", "/mnt/shim", "/mnt/cli", "/mnt/out/awscli.zip")
`);
process.exit(0);
