/** The page's sentences in bokmål and nynorsk, and which of them is shown. */

/** Words that stand in one written form and not in the other. */
const NYNORSK = words(
  "eg ikkje kva kven kvar korleis noko nokon nokre berre frå heime då òg ein eit dei ho meir vere treng skriv",
);
const BOKMAL = words(
  "jeg ikke hva hvem hvor hvordan noe noen bare fra hjemme også en et de hun mer være trenger skriver",
);

/** Answers about safety are given in English to those who write it. */
const ENGLISH = words("the you and is are your call this with not here to we it someone");

function words(list) {
  return new Set(list.split(" "));
}

export class Texts {
  /** @param {{nb: Record<string, string>, nn: Record<string, string>}} all */
  constructor(all, language) {
    this.all = all;
    this.language = language;
  }

  get other() {
    return this.language === "nb" ? "nn" : "nb";
  }

  /** Return a sentence with its {placeholders} filled. */
  say(key, values = {}) {
    const text = this.all[this.language][key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
  }

  /** Write every sentence under `root` in the language that is shown now. */
  apply(root, linked) {
    document.documentElement.lang = this.language;
    for (const node of root.querySelectorAll("[data-text]")) {
      const text = this.say(node.dataset.text);
      if ("links" in node.dataset) node.replaceChildren(linked(text));
      else node.textContent = text;
    }
    for (const node of root.querySelectorAll("[data-label]"))
      node.setAttribute("aria-label", this.say(node.dataset.label));
    for (const node of root.querySelectorAll("[data-placeholder]"))
      node.placeholder = this.say(node.dataset.placeholder);
    root.querySelector("[data-act=language]")?.setAttribute("lang", this.other);
  }

  /** Return which written form a text is in; what is shown now where it could be both. */
  of(text) {
    const found = text.toLowerCase().match(/[a-zæøåò]+/g) ?? [];
    const nn = found.filter((word) => NYNORSK.has(word)).length;
    const nb = found.filter((word) => BOKMAL.has(word)).length;
    const en = found.filter((word) => ENGLISH.has(word)).length;
    if (en > nn + nb && en > 1) return "en";
    if (nn === nb) return this.language;
    return nn > nb ? "nn" : "nb";
  }

  /** Return an ISO date as people write it; a year alone stays a year. */
  date(iso) {
    if (!/^\d{4}-\d\d-\d\d/.test(iso)) return iso;
    const day = new Date(`${iso.slice(0, 10)}T12:00:00Z`);
    return new Intl.DateTimeFormat(`${this.language}-NO`, {
      dateStyle: "long",
      timeZone: "UTC",
    }).format(day);
  }
}
