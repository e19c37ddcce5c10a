// Keeps an open page fresh. Without this script the list reloads itself, and a case on demand.
"use strict";

const EVERY = { lists: 3000, talk: 3000 };
const lost = document.getElementById("lost");
const changed = document.getElementById("changed");
const told = document.getElementById("told");
const lists = document.getElementById("lists");
const talk = document.getElementById("talk");
let typed = false;
let writing = false;

function complain(words) {
  lost.hidden = !words;
  if (lost.textContent !== words) lost.textContent = words;
}

async function ask(address) {
  let answer;
  try {
    answer = await fetch(address, { cache: "no-store", credentials: "same-origin" });
  } catch {
    complain("Ingen kontakt med serveren. Vi prøver igjen.");
    return null;
  }
  if (answer.ok) {
    complain("");
    return answer;
  }
  complain(
    answer.status === 401
      ? "Du er logget ut. Kopier det du har skrevet, og logg inn på nytt."
      : "Siden kan ikke hentes på nytt akkurat nå. Vi prøver igjen."
  );
  return null;
}

// Stays until the page is loaded again, and is read aloud once.
function warn(words) {
  changed.hidden = false;
  if (!changed.textContent.includes(words)) changed.append(words, " ");
}

function countIn(element) {
  return Number(element.querySelector("[data-count]").textContent);
}

async function refreshLists() {
  const answer = await ask(lists.dataset.queue);
  if (!answer) return;
  const html = await answer.text();
  const fresh = document.createElement("div");
  fresh.innerHTML = html; // made by our own server, which escapes whatever it shows
  if (fresh.innerHTML === lists.innerHTML) return;
  const before = countIn(lists);
  const held = lists.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  lists.replaceChildren(...fresh.childNodes);
  if (held) lists.querySelector(`a[href="${CSS.escape(held)}"]`)?.focus();
  const count = countIn(lists);
  if (count > before) told.textContent = `Ny sak. ${count} venter.`;
}

// Whether the youth writes now, whether the last answer has been seen, and whether they are there.
function showSigns(signs) {
  const line = document.getElementById("signs");
  if (!line) return;
  if (signs.left) warn(signs.away);
  const seen = { read: "Lest av ungdommen.", delivered: "Framme hos ungdommen." }[signs.answer] ?? "";
  const words = signs.typing ? "Ungdommen skriver …" : [seen, signs.left ? "" : signs.away].filter(Boolean).join(" ");
  if (line.textContent !== words) line.textContent = words;
}

async function refreshTalk() {
  const query = new URLSearchParams({ after: talk.dataset.total, names: talk.dataset.names, typed: typed ? 1 : 0, writing: writing ? 1 : 0, read: document.hidden ? 0 : 1 });
  const answer = await ask(`${talk.dataset.news}?${query}`);
  if (!answer) return;
  typed = writing = false;
  const news = await answer.json();
  if (news.state !== talk.dataset.state || String(Number(news.deleted)) !== talk.dataset.deleted) {
    warn("Saken er endret. Last siden på nytt for å se det.");
  }
  showSigns(news.signs);
  if (String(news.total) !== talk.dataset.total) {
    const atEnd = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 80;
    talk.insertAdjacentHTML("beforeend", news.html);
    talk.dataset.total = news.total;
    if (atEnd) talk.scrollTop = talk.scrollHeight;
    if (news.from_youth && document.hidden) document.title = document.title.replace(/^(● )?/, "● ");
  }
  if (String(news.reasons) !== talk.dataset.reasons) {
    document.getElementById("why").innerHTML = news.why;
    talk.dataset.reasons = news.reasons;
    warn(`Nytt faresignal (nummer ${news.reasons}): se «Hvorfor saken er her».`);
  }
}

function repeat(work, pause) {
  setTimeout(async () => {
    await work();
    repeat(work, pause);
  }, pause);
}

document.addEventListener("input", (event) => {
  typed = true;
  writing ||= event.target.id === "text";
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) document.title = document.title.replace(/^● /, "");
});
// A ready reply goes in behind what is written already; it is never sent by itself.
document.getElementById("ready")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const field = document.getElementById("text");
  const option = document.getElementById("canned").selectedOptions[0];
  const words = option.dataset[document.getElementById("form").value];
  field.value = field.value.trim() ? `${field.value.trimEnd()}\n${words}` : words;
  field.focus();
  typed = true;
});
if (lists) repeat(refreshLists, EVERY.lists);
if (talk) {
  talk.scrollTop = talk.scrollHeight;
  repeat(refreshTalk, EVERY.talk);
}
