/* Draws the figures of a chosen year at once, from what the server handed over when the list of years was opened. Where anything is not as
   expected nothing happens here, and the page changes when the server answers. */

const kept = {}; // view -> year -> element key -> figure
const asked = {}; // view -> when, in ms; a question that a rerun swallowed is asked again
let now; // {view, years: label -> year, answered: the year of the words, drawn: the year of the figures, since: ms, ask}
const held = new WeakSet(); // figures that still show the year before, as the chosen one is being drawn
const tried = new WeakMap(); // figure -> when it was drawn here last, in ms: one that has just come takes nothing over yet
const page = document.documentElement;
const app = () => document.querySelector('[data-testid="stApp"]');
const list = () => document.querySelector('[class*="st-key-control_year"] input[role="combobox"]');

/* A figure as the page shows it: its theme, size and behaviour were settled when the one before it was drawn. */
function draw(key, figure) {
  const drawn = document.querySelector(`.st-key-${key} .js-plotly-plot`);
  const {template, width, clickmode, hovermode, dragmode} = drawn.layout;
  drawn.data = figure.data;
  drawn.layout = {...figure.layout, template, width, clickmode, hovermode, dragmode};
  drawn.emit('plotly_redraw'); // the chart of the page takes over what its element holds, and draws it
  return drawn;
}

/* An answer to a choice before the last one comes late, with figures of its year: they are not shown, the chosen year is drawn again. */
function cover() {
  const figures = page.dataset.year ? (kept[now.view] || {})[now.drawn] || {} : {}, late = [];
  for (const box of document.querySelectorAll('[class*="st-key-figure_"]')) {
    const key = [...box.classList].find(name => name.startsWith('st-key-figure_')).slice(7);
    const drawn = box.querySelector('.js-plotly-plot'), of = ((drawn || {})._fullLayout || (drawn || {}).layout || {}).meta;
    if (figures[key] && of && of.view === now.view && of.year !== now.drawn) {
      late.push([key, drawn]);
      if (!held.has(drawn) || performance.now() - now.since > 400) box.style.visibility = 'hidden';
    } else {
      box.style.visibility = '';
      held.delete(drawn); // whatever comes from now on came late
    }
  }
  return late.map(([key, drawn]) => [key, drawn, figures[key]]);
}

function hold() {
  for (const [key, drawn, figure] of cover()) {
    if (performance.now() - (tried.get(drawn) || 0) < 100) continue;
    tried.set(drawn, performance.now());
    draw(key, figure);
  }
  if (page.dataset.year) requestAnimationFrame(hold);
  else covered.disconnect();
}

/* A figure may also be drawn after the callbacks of a frame and before its picture, when its size is told: it is covered before it shows. */
const covered = new MutationObserver(cover);

function watchOver() {
  if (page.dataset.year) return;
  covered.observe(app(), {childList: true, subtree: true});
  requestAnimationFrame(hold);
}

function tell() {
  if (now.drawn === now.answered) delete page.dataset.year;
  else page.dataset.year = 'changing'; // the words beside the figures are still those of the year before
}

function chosen() {
  const year = now.years[list().value], figures = (kept[now.view] || {})[year];
  if (!figures || list().getAttribute('aria-expanded') === 'true' || year === now.drawn) return;
  Object.assign(now, {drawn: year, since: performance.now()});
  watchOver();
  tell();
  for (const [key, figure] of Object.entries(figures)) held.add(draw(key, figure));
}

/* Somebody turns to the list of years. (It may come later than this script: on a slow line each kind of element brings its own.) */
function wanted(event) {
  if (!(event.target.closest && event.target.closest('[class*="st-key-control_year"]') && list())) return;
  watch.observe(list(), {attributes: true, attributeFilter: ['value', 'aria-expanded']});
  if (!(now.view in kept) && !(performance.now() - asked[now.view] < 1500)) {
    asked[now.view] = performance.now();
    now.ask(now.view);
  }
}

function look() {
  // While the server works on another choice (another agency), what is kept here is not of the view that comes.
  if (app().dataset.testScriptState === 'running') return;
  try { chosen(); } catch { /* the server's answer is on its way */ }
}

const watch = new MutationObserver(look);

export default function ({data, setTriggerValue}) {
  if (data.figures) kept[data.view] = data.figures;
  // What was drawn here stands still where the server's answer is what the page had before: then the answered year is drawn here too.
  const drawn = page.dataset.year && now.view === data.view ? now.drawn : data.shown;
  const since = now ? now.since : 0;
  now = {view: data.view, years: data.years, answered: data.shown, drawn, since, ask: view => setTriggerValue('wanted', view)};
  tell();
  page.dataset.years = Object.keys(kept[data.view] || {}).length ? 'ready' : 'unasked';
  requestAnimationFrame(look); // the list may still hold the year before
  watch.observe(app(), {attributes: true, attributeFilter: ['data-test-script-state']});
  for (const kind of ['pointerover', 'focusin']) document.addEventListener(kind, wanted);
  return () => {
    delete page.dataset.year;
    watch.disconnect();
    for (const kind of ['pointerover', 'focusin']) document.removeEventListener(kind, wanted);
  };
}
