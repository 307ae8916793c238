// Reads a function's package: a zip, which the cloud has checked (crates/lambda/src/zip.rs).

const END_BYTES = 22;
const COMMENT_BYTES_MAX = 65_535;
const LOCAL_BYTES = 30;
const ENTRY_BYTES = 46;
const END_MARK = 0x06054b50;
const STORED = 0;
const DEFLATED = 8;
/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const BYTES_MAX = 262_144_000;

const wrong = () => new Error("the zip cannot be unpacked");
const fromUtf8 = new TextDecoder();

/** Puts the files of a zip into `files`, by their paths below `folder`. */
export async function unpack(zip, folder, files) {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = endOf(view);
  let at = view.getUint32(end + 16, true);
  let left = BYTES_MAX;
  for (let entries = view.getUint16(end + 10, true); entries > 0; entries -= 1) {
    const [name, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const path = fromUtf8.decode(zip.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + name));
    if (!path.endsWith("/")) {
      const content = await inflate(zip, view, at);
      left -= content.length;
      if (left < 0) {
        throw wrong();
      }
      files.set(`${folder}/${path}`, content);
    }
    at += ENTRY_BYTES + name + extra + comment;
  }
}

function endOf(view) {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - COMMENT_BYTES_MAX); at -= 1) {
    if (view.getUint32(at, true) === END_MARK) {
      return at;
    }
  }
  throw wrong();
}

async function inflate(zip, view, at) {
  const [method, packed] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true)];
  const local = view.getUint32(at + 42, true);
  const start = local + LOCAL_BYTES + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const data = zip.slice(start, start + packed);
  if (method === STORED) {
    return data;
  }
  if (method !== DEFLATED) {
    throw wrong();
  }
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
