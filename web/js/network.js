// The ways to a network, to storage and to other pages that a worker has by itself. Learners' code keeps none of them.
export const NETWORK = [
  "fetch",
  "XMLHttpRequest",
  "WebSocket",
  "WebSocketStream",
  "EventSource",
  "WebTransport",
  "RTCPeerConnection",
  "importScripts",
  "Worker",
  "SharedWorker",
  "BroadcastChannel",
  "caches",
  "indexedDB",
];

/** Takes these from the worker, wherever they come from. */
export function takeAway(names) {
  for (const name of names) {
    for (let place = globalThis; place !== null; place = Object.getPrototypeOf(place)) {
      Reflect.deleteProperty(place, name);
    }
  }
}
