/** The dialog of the return code: get one, seen once and kept nowhere, or come back with one. */

import { Refused } from "./api.js";
import { closable, open } from "./dialogs.js";
import { button, el, unseen } from "./dom.js";

/** How long (ms) "Kopiert" stands. */
const COPIED_STANDS = 4_000;

export class CodeDialog {
  /**
   * @param {HTMLDialogElement} dialog
   * @param {import("./i18n.js").Texts} texts
   * @param {{make: (askHelped: boolean) => Promise<any>, comeBack: (code: string) => Promise<void>, back: () => void,
   *   answered: (why: Refused) => void}} acts `answered`: safety saw something in what was written
   */
  constructor(dialog, texts, acts) {
    this.dialog = dialog;
    this.texts = texts;
    this.acts = acts;
    this.shown = dialog.querySelector(".code-shown");
    this.input = dialog.querySelector("input.code");
    this.askHelped = dialog.querySelector("input.ask-helped");
    this.fault = dialog.querySelector(".fault");
    this.get = dialog.querySelector("[data-act=code-get]");
    this.use = dialog.querySelector("[data-act=code-use]");
    this.get.addEventListener("click", () => this.#busy(this.get, () => this.#make()));
    this.use.addEventListener("click", () => this.#busy(this.use, () => this.#use()));
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) this.use.click();
    });
    dialog.addEventListener("close", () => this.clear());
    closable(dialog);
  }

  ask() {
    this.clear();
    open(this.dialog);
  }

  /** Forget the code: it is never in the page longer than it is looked at. */
  clear() {
    this.shown.replaceChildren();
    this.input.value = "";
    this.askHelped.checked = false;
    this.fault.textContent = "";
  }

  async #make() {
    const made = await this.acts.make(this.askHelped.checked);
    if (!this.dialog.open) return;
    const groups = made.code.split(" ");
    const seen = el(
      "span",
      { className: "digits", "aria-hidden": "true" },
      ...groups.map((group) => el("span", {}, group)),
    );
    const spoken = unseen(groups.map((group) => [...group].join(" ")).join(", "));
    this.shown.replaceChildren(
      el("p", {}, this.texts.say("code.yours")),
      el("p", {}, seen, spoken),
      ...made.notices.map((notice) => el("p", { lang: this.texts.of(notice) }, notice)),
    );
    if (made.may_copy && navigator.clipboard) this.shown.append(this.#copier(made.code));
  }

  #copier(code) {
    const copy = button(this.texts.say("code.copy"), "outline", async () => {
      try {
        await navigator.clipboard.writeText(code);
        copy.textContent = this.texts.say("code.copied");
        setTimeout(() => (copy.textContent = this.texts.say("code.copy")), COPIED_STANDS);
      } catch {
        copy.remove(); // the browser does not allow it; the digits stand there
      }
    });
    return copy;
  }

  async #use() {
    const written = this.input.value;
    if (!written.trim()) return this.input.focus();
    await this.acts.comeBack(written);
    this.dialog.close(); // gives the focus back to where it was, so the box comes after it
    this.acts.back();
  }

  async #busy(pressed, work) {
    pressed.disabled = true;
    this.fault.textContent = "";
    try {
      await work();
    } catch (error) {
      this.#failed(error);
    } finally {
      pressed.disabled = false;
    }
  }

  #failed(error) {
    const refused = error instanceof Refused;
    if (refused && error.safety) {
      this.dialog.close();
      this.acts.answered(error);
      return;
    }
    this.fault.textContent = (refused && error.message) || this.texts.say("code.failed");
  }
}
