// The application loads behind the first view, unseen, and takes its place in one step once its own headline and figures stand there.
(() => {
  const page = document.documentElement, root = document.getElementById("root"), view = document.getElementById("first");
  // Frames in which nothing moves any more: where a figure says that it is drawn, nothing was seen to move afterwards.
  const STILL = { drawn: 1, unknown: 8 };
  const FONT = "Sarabun"; // so the names of the application's own faces begin
  const AT_MOST = 30_000; // ms after the application's headline: then it is shown, whatever still moves
  const FIGURES = { figure_: ".main-svg", rows_: "canvas" }; // what an element with such a key holds once it is drawn
  page.classList.add("first-waits");
  let since = 0, before = "", still = 0;

  // The figures of the page, each true once it is drawn.
  const figures = () => Object.entries(FIGURES).flatMap(([key, part]) =>
    [...root.querySelectorAll(`[class*="st-key-${key}"]`)].map((one) => Boolean(one.querySelector(part))));
  const typeset = () => [...document.fonts].every((one) => one.status !== "loading" || !one.family.includes(FONT));
  function places() {
    return [...root.querySelectorAll('[data-testid="stElementContainer"]')].map((one) => {
      const { top, height } = one.getBoundingClientRect();
      return `${top} ${height}`;
    }).join();
  }
  function look() {
    const app = root.querySelector('[data-testid="stApp"]'), now = performance.now();
    // What the first view does not know is said at once: data are being prepared, the page asks for sign-in, something went wrong.
    const urgent = root.querySelector('[data-testid="stProgress"], [data-testid="stException"], [data-testid="stAlert"]');
    if (app && root.querySelector("main h1")) since ||= now;
    const ended = since && app.dataset.testScriptState === "notRunning" && !root.querySelector('[data-testid="stSkeleton"]');
    const drawn = ended ? figures() : [];
    const stands = ended && drawn.every(Boolean) && typeset();
    const here = stands ? places() : "";
    still = stands && here === before ? still + 1 : 0;
    before = here;
    if (urgent || still >= (drawn.length ? STILL.drawn : STILL.unknown) || since && now - since > AT_MOST) {
      page.classList.remove("first-waits");
      view.remove();
    } else if (app) requestAnimationFrame(look);
    else setTimeout(look, 50);
  }
  look();
  // After the first frame: to ask for so many files takes as long as to draw it.
  requestAnimationFrame(() => setTimeout(() => document.head.append(document.getElementById("later").content)));
})();
