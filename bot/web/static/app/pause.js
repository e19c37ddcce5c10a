/** A wait that can be cut short: what was held up tries again at once. */
export class Pause {
  #end = () => {};

  /** @param {number} milliseconds */
  wait(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#end = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }

  /** End the wait that goes on, if there is one. */
  end() {
    this.#end();
  }
}
