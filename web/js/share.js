// A link that holds work: a head (JSON) and perhaps a cloud (bytes), compressed into the part of the
// address after `#`. https://developer.mozilla.org/docs/Web/API/CompressionStream
//
// The text is a digit that says the form, then base64url of deflate of: four bytes of the SHA-256 of
// what follows, the head's length (32 bits, little end first), the head, the cloud.

const FORM = "1";
const HASH_BYTES = 4;
const HEAD_AT = HASH_BYTES + 4;
/** What a link may hold when it is unpacked: more is no link of ours. */
const UNPACKED_BYTES_MAX = 16 * 1024 * 1024;

async function through(stream, bytes, bytesMax) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const chunks = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return new Uint8Array(await new Blob(chunks).arrayBuffer());
    }
    length += value.length;
    if (length > bytesMax) {
      await reader.cancel();
      throw new Error("it is too large");
    }
    chunks.push(value);
  }
}

async function hashOf(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).subarray(0, HASH_BYTES);
}

function toText(bytes) {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromText(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

/** The text of a link. */
export async function packLink(head, cloud) {
  const headBytes = new TextEncoder().encode(head);
  const whole = new Uint8Array(HEAD_AT + headBytes.length + (cloud?.length ?? 0));
  new DataView(whole.buffer).setUint32(HASH_BYTES, headBytes.length, true);
  whole.set(headBytes, HEAD_AT);
  if (cloud) {
    whole.set(cloud, HEAD_AT + headBytes.length);
  }
  whole.set(await hashOf(whole.subarray(HASH_BYTES)));
  const packed = await through(new CompressionStream("deflate-raw"), whole, Infinity);
  return FORM + toText(packed);
}

/** What a link holds: `{head, cloud}`; or why it holds nothing: `{why: "newer" | "damaged"}`. */
export async function unpackLink(text) {
  if (/^[2-9]/.test(text)) {
    return { why: "newer" };
  }
  try {
    const packed = fromText(text.startsWith(FORM) ? text.slice(1) : "!");
    const whole = await through(new DecompressionStream("deflate-raw"), packed, UNPACKED_BYTES_MAX);
    const hash = await hashOf(whole.subarray(HASH_BYTES));
    if (whole.length < HEAD_AT || hash.some((byte, at) => byte !== whole[at])) {
      return { why: "damaged" };
    }
    const headEnd = HEAD_AT + new DataView(whole.buffer).getUint32(HASH_BYTES, true);
    const head = new TextDecoder("utf-8", { fatal: true }).decode(whole.subarray(HEAD_AT, headEnd));
    const cloud = whole.slice(headEnd);
    return { head, cloud: cloud.length > 0 ? cloud : null };
  } catch {
    return { why: "damaged" };
  }
}

// As in cloud.js: for the developer tools and for tests.
globalThis.cloudarium ??= {};
globalThis.cloudarium.share = { packLink };
