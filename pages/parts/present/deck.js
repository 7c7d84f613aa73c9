// Shows the slides inside `deck`, which hold everything already: nothing is asked of anybody while they change.
// first: the slide to begin with, from 1; seconds: after how many the next comes by itself, 0 for never;
// changed(n): told of every slide shown; closed(): told of Esc, if there is something to go back to. Gives {show, end}.
function presentDeck(deck, { first = 1, seconds = 0, changed = () => {}, closed = null } = {}) {
  const slides = [...deck.querySelectorAll(".slide")];
  const typed = deck.querySelector(".typed");
  const on = new AbortController();
  let now = 0, digits = "", waiting = 0, timer = 0, resting = 0, playing = seconds > 0;

  function show(wanted) {
    const next = Math.min(Math.max(Math.trunc(wanted) || 1, 1), slides.length);
    if (now) slides[now - 1].classList.remove("now");
    slides[next - 1].classList.add("now");
    slides.forEach((slide, i) => slide.toggleAttribute("inert", i !== next - 1));
    now = next;
    clearTimeout(timer);
    if (playing && now < slides.length) timer = setTimeout(() => show(now + 1), seconds * 1000);
    changed(now);
  }
  function type(digit) {
    digits += digit;
    typed.textContent = digits;
    clearTimeout(waiting);
    // One digit decides where no slide has two; else Enter does, or a short wait.
    if (slides.length < 10 || digits.length > 1) jump(); else waiting = setTimeout(jump, 900);
  }
  function jump() {
    clearTimeout(waiting);
    if (digits) show(Number(digits));
    digits = typed.textContent = "";
  }
  const press = (name, value) => deck.querySelector(`[data-do="${name}"]`)?.setAttribute("aria-pressed", String(value));
  const toggle = (style, name) => press(name, deck.classList.toggle(style));
  function fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen(); else deck.requestFullscreen?.().catch(() => {});
  }
  function escape() {
    const open = ["helping", "black", "with-notes"].find((style) => deck.classList.contains(style));
    if (open) { deck.classList.remove(open); press({ helping: "help", "with-notes": "notes" }[open], false); }
    else if (document.fullscreenElement) document.exitFullscreen();
    else if (closed) { end(); closed(); }
  }
  function play() {
    playing = !playing;
    seconds = seconds || 20;
    press("play", playing);
    show(now);
  }
  const actions = {
    next: () => show(now + 1), previous: () => show(now - 1), full: fullScreen, notes: () => toggle("with-notes", "notes"),
    help: () => toggle("helping", "help"), close: escape, play,
  };
  const keys = {
    ArrowRight: actions.next, ArrowDown: actions.next, PageDown: actions.next, " ": actions.next, Enter: () => (digits ? jump() : show(now + 1)),
    ArrowLeft: actions.previous, ArrowUp: actions.previous, PageUp: actions.previous, Backspace: actions.previous,
    Home: () => show(1), End: () => show(slides.length), Escape: escape,
  };
  // By letter, and by where the letter lies on the keyboard: a Thai layout types แ, ิ, ื on F, B, N.
  const letters = { KeyF: fullScreen, KeyB: () => deck.classList.toggle("black"), KeyN: actions.notes, KeyA: play };

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.composedPath()[0]?.matches?.(".notes") && ["ArrowUp", "ArrowDown"].includes(event.key)) return;  // scrolls long notes
    const button = event.composedPath()[0]?.closest?.("button");
    if (button && (event.key === " " || event.key === "Enter") && !digits) return;
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1] ?? (/^\d$/.test(event.key) ? event.key : null);
    let act = keys[event.key] || letters[event.code] || letters["Key" + event.key.toUpperCase()];
    if (digit !== null && !event.shiftKey) act = () => type(digit);
    if (event.key === "?" || (event.code === "Slash" && event.shiftKey) || event.code === "KeyH") act = actions.help;
    if (event.key === " " && event.shiftKey) act = actions.previous;
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    if (deck.classList.contains("black") && event.code !== "KeyB") deck.classList.remove("black");
    else act();
  }, { capture: true, signal: on.signal });

  deck.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) return actions[button.dataset.do]?.();
    if (event.target.closest(".notes, .help")) return;
    if (deck.classList.contains("black")) return deck.classList.remove("black");
    const box = deck.getBoundingClientRect();
    show(now + (event.clientX - box.left < box.width * 0.25 ? -1 : 1));
  }, { signal: on.signal });
  // The buttons show while the mouse moves, and lie on nothing while it rests.
  deck.addEventListener("pointermove", () => {
    deck.classList.add("moving");
    clearTimeout(resting);
    resting = setTimeout(() => deck.classList.remove("moving"), 2500);
  }, { signal: on.signal });
  let from = null;
  deck.addEventListener("touchstart", (event) => { from = event.changedTouches[0].clientX; }, { passive: true, signal: on.signal });
  deck.addEventListener("touchend", (event) => {
    const moved = event.changedTouches[0].clientX - from;
    if (Math.abs(moved) > 60) { show(now + (moved < 0 ? 1 : -1)); event.preventDefault(); }
  }, { signal: on.signal });

  function end() { on.abort(); clearTimeout(timer); clearTimeout(waiting); clearTimeout(resting); }
  press("play", playing);
  show(first);
  return { show, end };
}
