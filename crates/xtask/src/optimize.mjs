// node optimize.mjs BINARYEN FILE...
//
// As `wasm-opt -Oz`, of many small modules in one process: to start it for each takes longer than its work. BINARYEN is the
// folder of the npm package. Each file is replaced by its smaller form.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { default: binaryen } = await import(
  pathToFileURL(join(process.argv[2], "index.js")).href
);
// The same as `FEATURES` in wasm.rs.
const features = [
  "BulkMemory",
  "BulkMemoryOpt",
  "Multivalue",
  "MutableGlobals",
  "NontrappingFPToInt",
  "ReferenceTypes",
  "SignExt",
];

binaryen.setOptimizeLevel(2);
binaryen.setShrinkLevel(2);

for (const path of process.argv.slice(3)) {
  const module = binaryen.readBinary(readFileSync(path));
  module.setFeatures(
    features.reduce((all, name) => all | binaryen.Features[name], 0),
  );
  module.optimize();
  writeFileSync(path, module.emitBinary());
  module.dispose();
}
