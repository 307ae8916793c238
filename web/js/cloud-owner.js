// Which tab has the cloud: the holder of a Web Lock. A browser gives the lock to the next tab in the
// queue when the holder is closed, crashes, or lets go because it was asked to.

const LOCK = "cloudarium-cloud";
const CHANNEL = "cloudarium-owner";
/** A worker that is being ended may still hold the lock, but answers no more: so long we wait for it. */
const ENDING_MS_MAX = 10_000;
/** The holder is asked twice: a first answer may be the last word of a page that is being left. */
const ASK_AGAIN_MS = 200;

export class Owner {
  #channel = new BroadcastChannel(CHANNEL);
  #release = null;
  #onHeld = () => {};
  #onChange;
  #onLetGo;

  /** `onChange(owned)` is told of every change after the first answer; `onLetGo()` closes the cloud. */
  constructor({ onChange, onLetGo }) {
    this.#onChange = onChange;
    this.#onLetGo = onLetGo;
    this.#channel.onmessage = ({ data }) => {
      if (data === "let-go" && this.#release !== null) {
        this.#letGo();
      } else if (data === "who" && this.#release !== null) {
        this.#channel.postMessage("held");
      } else if (data === "held") {
        this.#onHeld();
      }
    };
  }

  /** Whether this tab has the cloud now. If not, it stands in the queue for it. */
  async acquire() {
    if (navigator.locks === undefined) {
      // OPFS is a lock by itself; without it nothing is kept that two tabs could spoil.
      return true;
    }
    let waits = true;
    const got = new Promise((resolve) => {
      navigator.locks.request(LOCK, () => {
        const held = this.#hold();
        if (waits) {
          resolve(true);
        } else {
          this.#onChange(true);
        }
        return held;
      });
    });
    const outcome = await Promise.race([got, this.#heldElsewhere()]);
    waits = false;
    return outcome;
  }

  /** Asks the tab that has the cloud to let go. */
  takeOver() {
    this.#channel.postMessage("let-go");
  }

  /** Resolves to false once it is clear that a living tab has the lock. */
  async #heldElsewhere() {
    const late = new Promise((resolve) => setTimeout(resolve, ENDING_MS_MAX));
    for (let answers = 0; answers < 2; answers += 1) {
      if (answers > 0) {
        await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
      }
      const heard = new Promise((resolve) => {
        this.#onHeld = resolve;
      });
      this.#channel.postMessage("who");
      await Promise.race([heard, late]);
    }
    return false;
  }

  #queue() {
    navigator.locks.request(LOCK, () => {
      const held = this.#hold();
      this.#onChange(true);
      return held;
    });
  }

  #hold() {
    return new Promise((resolve) => {
      this.#release = resolve;
    });
  }

  async #letGo() {
    await this.#onLetGo();
    this.#release();
    this.#release = null;
    this.#onChange(false);
    this.#queue();
  }
}
