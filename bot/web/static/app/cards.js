/** One service as a card that one can call or open with a tap, unless it is fictional. */

import { el } from "./dom.js";
import { digits, phoneLink, safeUrl } from "./links.js";

/**
 * @param {{name: string, why?: string, hours?: string, open_now?: boolean, phone?: string,
 *   url?: string, checked?: string, fictional?: boolean}} service
 * @param {import("./i18n.js").Texts} texts
 * @param {import("./links.js").Links} links
 */
export function serviceCard(service, texts, links) {
  const name = el("h2", {}, service.name);
  const head = el(
    "div",
    { className: "name" },
    name,
    service.fictional ? badge("fictional", texts.say("service.fictional")) : null,
  );
  return el(
    "li",
    { className: "service" },
    head,
    service.why ? el("p", { className: "why" }, service.why) : null,
    hours(service, texts),
    ways(service, texts, links),
    checked(service, texts),
  );
}

/** True for what is best shown as a number to tap: a real service with a phone and no more. */
export function isNumber(service) {
  return Boolean(service.phone) && !service.url && callable(service);
}

/** Numbers to tap in a list, as on the emergency card; when all were checked stands once. */
export function numberRows(services, texts) {
  const rows = services.map(({ phone, name, why, hours }) => {
    const note = [hours && `${hours}.`, why].filter(Boolean).join(" ");
    return el("li", {}, phoneLink(phone), el("strong", {}, name), el("span", {}, note));
  });
  const oldest = services
    .map((service) => service.checked)
    .filter(Boolean)
    .sort()[0];
  return [el("ul", { className: "numbers" }, ...rows), checked({ checked: oldest }, texts)].filter(
    Boolean,
  );
}

function badge(kind, text) {
  return el("span", { className: `badge ${kind}` }, text);
}

function hours(service, texts) {
  const known = typeof service.open_now === "boolean";
  if (!known && !service.hours) return null;
  const state = service.open_now ? "open" : "closed";
  return el(
    "p",
    { className: "hours" },
    known ? badge(state, texts.say(`service.${state}`)) : null,
    known && service.hours ? " " : null,
    service.hours ?? null,
  );
}

/** How to get there: links for real ones, plain words for what does not exist. */
function ways(service, texts, links) {
  const host = service.url ? hostOf(service.url) : null;
  if (!service.phone && !host) return null;
  if (!callable(service)) {
    const plain = [service.phone, host].filter(Boolean).join(" · ");
    return el(
      "p",
      { className: "plain" },
      plain,
      el("br"),
      el("span", { className: "why" }, texts.say("service.fictional.about")),
    );
  }
  const call = service.phone
    ? phoneLink(service.phone, texts.say("service.call", { number: service.phone }))
    : null;
  const site = host ? links.siteLink(service.url, texts.say("service.site", { host })) : null;
  return el("p", { className: "ways" }, call, site);
}

/** Fictional services, and numbers that begin with 00, are never links. */
function callable(service) {
  return !service.fictional && !digits(service.phone).startsWith("00");
}

function hostOf(url) {
  const whole = safeUrl(url);
  if (!whole) return null;
  const written = url.replace(/^https:\/\//i, "").replace(/^www\./i, "");
  return written.split("/")[0];
}

function checked(service, texts) {
  if (!service.checked) return null;
  return el(
    "p",
    { className: "checked" },
    texts.say("service.checked", { date: texts.date(service.checked) }),
  );
}
