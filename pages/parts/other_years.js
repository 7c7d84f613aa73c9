/* Draws the figures of a chosen year at once, from what the server handed over when the list of years was opened. Where anything is not as
   expected nothing happens here, and the page changes when the server answers. */

const kept = {}; // view -> year -> element key -> figure
const asked = {}; // view -> when, in ms; a question that a rerun swallowed is asked again
let now; // {view, years: label -> year, ask}
const list = () => document.querySelector('.st-key-control_year input[role="combobox"]');

/* A figure as the page shows it: its theme, size and behaviour were settled when the one before it was drawn. */
function draw(key, figure) {
  const drawn = document.querySelector(`.st-key-${key} .js-plotly-plot`);
  const {template, width, clickmode, hovermode, dragmode} = drawn.layout;
  drawn.data = figure.data;
  drawn.layout = {...figure.layout, template, width, clickmode, hovermode, dragmode};
  drawn.emit('plotly_redraw'); // the chart of the page takes over what its element holds, and draws it
}

function chosen() {
  const year = now.years[list().value], figures = (kept[now.view] || {})[year];
  if (!figures || list().getAttribute('aria-expanded') === 'true' || year === now.shown) return;
  now.shown = year;
  document.documentElement.dataset.year = 'changing'; // the words beside the figures are still those of the year before
  for (const [key, figure] of Object.entries(figures)) draw(key, figure);
}

function wanted(event) {
  if (event.target.closest && event.target.closest('.st-key-control_year') && !(now.view in kept)
      && !(performance.now() - asked[now.view] < 1500)) {
    asked[now.view] = performance.now();
    now.ask(now.view);
  }
}

function look() {
  try { chosen(); } catch { /* the server's answer is on its way */ }
}

// While the server works on another choice (another agency), what is kept here is not of the view that comes.
const busy = () => document.querySelector('[data-testid="stApp"]').dataset.testScriptState === 'running';
const watch = new MutationObserver(() => { if (!busy()) look(); });

export default function ({data, setTriggerValue}) {
  if (data.figures) kept[data.view] = data.figures;
  const years = data.years, input = list();
  const page = document.documentElement;
  // What was drawn here stands still where the server's answer is what the page had before: then the answered year is drawn here too.
  const shown = page.dataset.year && now.view === data.view ? now.shown : input && years[input.value];
  now = {view: data.view, years, shown, ask: view => setTriggerValue('wanted', view)};
  if (input) look();
  now.shown = input && years[input.value];
  delete page.dataset.year;
  page.dataset.years = Object.keys(kept[data.view] || {}).length ? 'ready' : 'unasked';
  if (!input) return;
  watch.disconnect();
  watch.observe(input, {attributes: true, attributeFilter: ['value', 'aria-expanded']});
  for (const kind of ['pointerover', 'focusin']) document.addEventListener(kind, wanted);
  return () => {
    delete page.dataset.year;
    for (const kind of ['pointerover', 'focusin']) document.removeEventListener(kind, wanted);
  };
}
