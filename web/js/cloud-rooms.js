// The code of the services that a first lesson does not need (crates/cloud/src/rooms/apart.rs). It is fetched when it
// is first needed, or when there is time, whatever comes first.
import { fetchRooms } from "../cloud.js";

/** The page's first seconds are for what the learner waits for. */
const AHEAD_AFTER_MS = 3_000;

let fetching = null;
let here = false;

/** Whether the code is here. */
export const roomsAreHere = () => here;

/** Resolves when the code is here. What failed is tried anew by who needs it next. */
export function needRooms() {
  fetching ??= fetchRooms().then(
    () => {
      here = true;
    },
    (error) => {
      fetching = null;
      throw error;
    },
  );
  return fetching;
}

/** Fetches the code when there is time. */
export function needRoomsSoon() {
  setTimeout(() => needRooms().catch(() => {}), AHEAD_AFTER_MS);
}
