/** The two dialogs: the emergency card, and the question before deleting. */

/**
 * Open a dialog of the page, with the focus on its main button if it has one. The browser keeps
 * the focus in it and gives it back.
 */
export function open(dialog) {
  if (dialog.open) return;
  dialog.showModal();
  dialog.querySelector(".main")?.focus();
}

/** Let a press beside a dialog, or on its close button, close it. */
export function closable(dialog) {
  dialog.addEventListener("click", (event) => {
    const pressed = event.target;
    if (pressed === dialog || pressed.closest?.("[data-act=close]")) dialog.close();
  });
}

export class DeleteDialog {
  /**
   * @param {HTMLDialogElement} dialog
   * @param {import("./i18n.js").Texts} texts
   * @param {() => Promise<void>} remove rejects when it could not be deleted
   */
  constructor(dialog, texts, remove) {
    this.dialog = dialog;
    this.texts = texts;
    this.remove = remove;
    this.what = dialog.querySelector("#ungveiviser-delete-what");
    this.fault = dialog.querySelector(".fault");
    this.yes = dialog.querySelector("[data-act=delete-now]");
    this.yes.addEventListener("click", () => this.#delete());
    closable(dialog);
  }

  /** Ask. `withCase`: a human has had the conversation, so something remains there. */
  ask(withCase) {
    this.what.textContent = this.texts.say(withCase ? "delete.case" : "delete.plain");
    this.fault.textContent = "";
    open(this.dialog);
  }

  /** Say it in the server's own words, which knows best. */
  exactly(text, language) {
    if (!text || !this.dialog.open || language !== this.texts.language) return;
    this.what.textContent = text;
  }

  async #delete() {
    this.yes.disabled = true;
    this.fault.textContent = "";
    try {
      await this.remove();
      this.dialog.close();
    } catch {
      this.fault.textContent = this.texts.say("delete.failed");
    } finally {
      this.yes.disabled = false;
    }
  }
}
