/**
 * Turns known numbers and known sites in a text into links; nothing else ever becomes one.
 * Numbers that begin with 00 are fictional and stay plain.
 */

import { el, unseen } from "./dom.js";

/** Made without look-behind, which older Safari cannot read. */
function pattern(words, after) {
  const escaped = [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/ /g, "[ \\u00a0]?"));
  return escaped.length ? `(?:${escaped.join("|")})${after}` : "(?!)";
}

export class Links {
  /** @param {{phones: string[], sites: string[], newTab: () => string}} known */
  constructor({ phones, sites, newTab }) {
    this.newTab = newTab;
    const numbers = pattern(
      phones.filter((number) => !number.startsWith("00")),
      "",
    );
    const hosts = pattern(sites, "(?:/[\\w\\-/]*[\\w\\-])?");
    this.known = new RegExp(`(${numbers})|((?:https://)?(?:www\\.)?${hosts})`, "giu");
  }

  /** Return `text` as a fragment with its links. */
  linked(text) {
    const out = document.createDocumentFragment();
    let end = 0;
    for (const found of text.matchAll(this.known)) {
      const [whole, number] = found;
      const after = found.index + whole.length;
      if (found.index < end || !this.#standsAlone(text, found.index, after, Boolean(number)))
        continue;
      out.append(text.slice(end, found.index), number ? phoneLink(number) : this.siteLink(whole));
      end = after;
    }
    out.append(text.slice(end));
    return out;
  }

  /** A link to another site, in a tab of its own that learns nothing of where it came from. */
  siteLink(address, label = address) {
    const url = safeUrl(address);
    if (!url) return document.createTextNode(label);
    return el(
      "a",
      { href: url, target: "_blank", rel: "noopener noreferrer" },
      label,
      unseen(` ${this.newTab()}`),
    );
  }

  /** 113 is a number in "ring 113." and none in "1130", "+47 113" or "00 113 22". */
  #standsAlone(text, start, end, isNumber) {
    const before = text.slice(Math.max(0, start - 2), start);
    const after = text.slice(end, end + 2);
    if (isNumber) return !/\+$|\d[ \u00a0.,:-]?$/.test(before) && !/^[ \u00a0.,:-]?\d/.test(after);
    return !/[\p{L}\d@._-]$/u.test(before) && !/^[\p{L}\d@_-]/u.test(after);
  }
}

/** A number that can be called with a tap. */
export function phoneLink(number, label = number) {
  return el("a", { href: `tel:${digits(number)}`, className: "phone" }, label);
}

/** A number as it is dialled. */
export function digits(number) {
  return (number ?? "").replace(/[^\d+]/g, "");
}

/** Return an https address for what is written as one, or null. */
export function safeUrl(address) {
  try {
    const url = new URL(/^[a-z]+:/i.test(address) ? address : `https://${address}`);
    return url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}
