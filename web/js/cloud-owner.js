// Which tab has the cloud: the holder of a Web Lock. A browser gives the lock to the next tab in the
// queue when the holder is closed, crashes, or lets go because it was asked to.

const LOCK = "cloudarium-cloud";
const CHANNEL = "cloudarium-owner";

export class Owner {
  #channel = new BroadcastChannel(CHANNEL);
  #release = null;
  #onChange;
  #onLetGo;

  /** `onChange(owned)` is told of every change after the first answer; `onLetGo()` closes the cloud. */
  constructor({ onChange, onLetGo }) {
    this.#onChange = onChange;
    this.#onLetGo = onLetGo;
    this.#channel.onmessage = ({ data }) => {
      if (data === "let-go" && this.#release !== null) {
        this.#letGo();
      }
    };
  }

  /** Whether this tab has the cloud now. If not, it stands in the queue for it. */
  async acquire() {
    if (navigator.locks === undefined) {
      // OPFS is a lock by itself; without it nothing is kept that two tabs could spoil.
      return true;
    }
    const got = await new Promise((resolve) => {
      navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : this.#hold();
      });
    });
    if (!got) {
      this.#queue();
    }
    return got;
  }

  /** Asks the tab that has the cloud to let go. */
  takeOver() {
    this.#channel.postMessage("let-go");
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
