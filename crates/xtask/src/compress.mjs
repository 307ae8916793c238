// node compress.mjs < LIST
//
// Reads lines `FROM<tab>TO` and writes the brotli form (level 11) of each file, so many at a time as Node has threads.
import { readFileSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const compress = promisify(brotliCompress);
const lines = readFileSync(0, "utf8").split("\n").filter(Boolean);
// Files of the same content have the same place: one of them stands for all.
const jobs = [...new Map(lines.map((line) => line.split("\t").reverse()))];

async function work() {
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
    const [to, from] = job;
    const content = await readFile(from);
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    };
    // Under its name only when it is whole.
    await writeFile(`${to}.part`, await compress(content, { params }));
    await rename(`${to}.part`, to);
  }
}

await Promise.all(Array.from({ length: Number(process.env.UV_THREADPOOL_SIZE) }, work));
