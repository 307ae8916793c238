// The models of AWS's services (crates/shape/models), which the cloud reads as they are needed: all of them would be
// much to download, and a learner meets a few.

/** Fetched by name, and not read yet. */
const texts = new Map();

const place = (service) => new URL(`../models/${service}.json`, import.meta.url);

/** Fetches a model while there is time. What fails here is tried again by whoever reads it. */
export async function fetchModel(service) {
  const response = await fetch(place(service)).catch(() => null);
  if (response?.ok) {
    texts.set(service, await response.text());
  }
}

/** A model's text, at once: the cloud cannot wait in the middle of a request. */
export function readModel(service) {
  const text = texts.get(service);
  if (text !== undefined) {
    texts.delete(service);
    return text;
  }
  const request = new XMLHttpRequest();
  request.open("GET", place(service), false);
  request.send();
  return request.status === 200 ? request.responseText : undefined;
}
