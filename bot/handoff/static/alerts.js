// Rings for cases that wait: sound, desktop notification, the number in the title of the tab.
// Browsers let a page make a sound only after a press on it, so the nurse turns it on herself.
"use strict";

(() => {
  const EVERY = 3000;
  const LOST_AFTER = 5; // polls in vain
  const bar = document.getElementById("alerts");
  const state = document.getElementById("alerts-state");
  const button = document.getElementById("alerts-switch");
  const notes = "Notification" in window;
  let sound = null;
  let failed = 0;
  let trouble = "";

  const wanted = () => localStorage.getItem("alerts") === "on";
  const audible = () => sound !== null && sound.state === "running";
  const allowed = () => notes && Notification.permission === "granted";

  function words() {
    if (trouble) return trouble;
    if (!wanted()) return "Lyd og varsel er av.";
    if (!audible()) return "Lyden er av til du trykker et sted på siden.";
    return allowed() ? "Lyd og varsel er på." : "Lyd er på. Nettleseren tillater ikke varsel.";
  }

  function show() {
    bar.hidden = false;
    bar.classList.toggle("off", Boolean(trouble) || !wanted() || !audible());
    if (state.textContent !== words()) state.textContent = words();
    button.textContent = wanted() ? "Slå av lyd og varsel" : "Slå på lyd og varsel";
  }

  async function wake() {
    if (!wanted()) return;
    sound ??= new AudioContext();
    if (!audible()) await sound.resume();
    show();
  }

  function ring(about) {
    if (!wanted()) return;
    if (audible()) {
      for (const [after, pitch] of [[0, 880], [0.25, 660], [0.5, 880]]) {
        const tone = sound.createOscillator();
        const volume = sound.createGain();
        volume.gain.value = 0.2;
        tone.frequency.value = pitch;
        tone.connect(volume).connect(sound.destination);
        tone.start(sound.currentTime + after);
        tone.stop(sound.currentTime + after + 0.2);
      }
    }
    // No word of the youth: a notification is seen by whoever sits beside.
    if (allowed()) new Notification("Ungveiviser", { body: about, tag: "ungveiviser", renotify: true });
  }

  // Once for each moment, also when the nurse goes from page to page.
  function fresh(bells) {
    const rung = new Set(JSON.parse(sessionStorage.getItem("rung") ?? "[]"));
    sessionStorage.setItem("rung", JSON.stringify(bells.map((bell) => bell.id)));
    return bells.filter((bell) => !rung.has(bell.id));
  }

  function count(waiting) {
    document.title = document.title.replace(/^(● )?(\(\d+\) )?/, (all, dot = "") =>
      dot + (waiting ? `(${waiting}) ` : ""));
  }

  function stand(problem) {
    if (problem && problem !== trouble) ring(problem);
    trouble = problem;
    show();
  }

  async function look() {
    let answer = null;
    try {
      answer = await fetch(bar.dataset.bells, { cache: "no-store", credentials: "same-origin" });
    } catch {
      // counted below
    }
    if (answer?.status === 401) return stand("Du er logget ut og får ingen varsler.");
    failed = answer?.ok ? 0 : failed + 1;
    if (failed >= LOST_AFTER) stand("Ingen kontakt med serveren. Du får ingen varsler.");
    if (!answer?.ok) return undefined;
    const { waiting, bells } = await answer.json();
    count(waiting);
    const news = fresh(bells);
    if (news.length) ring(`${news[0].words}. ${waiting} venter.`);
    return stand("");
  }

  function tick() {
    for (const since of document.querySelectorAll("[data-since]")) {
      const minutes = Math.floor((Date.now() - Date.parse(since.dataset.since)) / 60000);
      if (minutes >= 1 && minutes < 60) since.textContent = `${minutes} min`;
    }
  }

  button.addEventListener("click", async () => {
    localStorage.setItem("alerts", wanted() ? "off" : "on");
    show();
    if (!wanted()) return;
    await wake();
    if (notes && Notification.permission === "default") await Notification.requestPermission();
    ring("Slik høres et varsel ut.");
    show();
  });
  for (const press of ["pointerdown", "keydown"]) document.addEventListener(press, wake);

  async function repeat() {
    await look();
    tick();
    setTimeout(repeat, EVERY);
  }
  show();
  wake();
  repeat();
})();
