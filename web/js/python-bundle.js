// The files that Python consists of: their manifest, and the module, compiled once for all workers.

/** Where the files lie. */
export const BASE = new URL("../python/", import.meta.url).href;

let manifest = null;
let manifestComes = null;
let module = null;

/** `{key, info, files: {name: {bytes}}}`; null until it has come. */
export const bundle = () => manifest;

/** The promise of the compiled module. */
export const compiledModule = () => module;

/** The promise of the manifest. */
export async function loadManifest() {
  manifestComes ??= fetchManifest();
  try {
    return await manifestComes;
  } catch (error) {
    manifestComes = null;
    throw error;
  }
}

async function fetchManifest() {
  const response = await fetch(new URL("manifest.json", BASE));
  if (!response.ok) {
    throw new Error(`its files are missing from this site (status ${response.status})`);
  }
  manifest = await response.json();
  return manifest;
}

/** Fetches the manifest and begins to compile; `onCompiled` is called when that is done. */
export async function loadBundle(onCompiled) {
  await loadManifest();
  // Workers begin with everything else while this compiles.
  module ??= compile();
  module.then(onCompiled, () => {
    module = null;
  });
}

/** A fetch can be cut off when the service worker takes over; it is tried twice. */
async function compile() {
  try {
    return await compileOnce();
  } catch {
    return compileOnce();
  }
}

async function compileOnce() {
  const url = new URL("pyodide.asm.wasm", BASE);
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`pyodide.asm.wasm is missing from this site (status ${response.status})`);
  }
  if (response.headers.get("content-type") === "application/wasm") {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}
