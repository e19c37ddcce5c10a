/**
 * Which conversation this tab holds: its id, its key and when it was last used.
 * Kept in the tab's session storage alone, gone with the tab, never longer than asked.
 */

const NAME = "ungveiviser";

export class Session {
  /** @param {number} minutes within which a reload goes on with the same conversation */
  constructor(minutes) {
    this.limit = minutes * 60_000;
    this.id = null;
    this.token = null;
  }

  /** Take up what the tab remembers; false when there is nothing, or it is too old. */
  resume() {
    const kept = this.#stored();
    const age = Date.now() - Number(kept?.at);
    if (!kept?.id || !kept.token || !(age >= 0 && age <= this.limit)) {
      this.clear();
      return false;
    }
    this.id = kept.id;
    this.token = kept.token;
    return true;
  }

  begin(id, token) {
    this.id = id;
    this.token = token;
    this.touch();
  }

  /** Note that the conversation is in use. */
  touch() {
    if (!this.id) return;
    try {
      sessionStorage.setItem(
        NAME,
        JSON.stringify({ id: this.id, token: this.token, at: Date.now() }),
      );
    } catch {
      // A frame may be refused storage; the chat then lasts until the page is left.
    }
  }

  clear() {
    this.id = null;
    this.token = null;
    try {
      sessionStorage.removeItem(NAME);
    } catch {
      // Nothing was stored.
    }
  }

  #stored() {
    try {
      return JSON.parse(sessionStorage.getItem(NAME) ?? "null");
    } catch {
      return null;
    }
  }
}
