/* Marks in all figures of the page what is pointed at in one, or chosen in it by keys: a ring over the figure and its name. The figures
   themselves are not drawn again, and nothing goes to the server. */

const heard = new WeakMap(), turned = new WeakMap(); // figure -> its events that are listened to; -> the row that keys stand on
let now; // {keys, said, how, status}
let chosen; // {key, own: key -> value, name}

const plots = () => [...document.querySelectorAll('.js-plotly-plot')].filter(plot => sameOf(plot));
const sameOf = plot => ((plot.layout || {}).meta || {}).same;

/* Rows of a figure that are the same as what is chosen: by what was chosen, else by what the figure is of. */
function rows(plot) {
  const {keys} = sameOf(plot), key = chosen.key in keys ? chosen.key : now.keys.find(one => one in keys);
  const value = chosen.own[key];
  return new Set(value == null ? [] : keys[key].flatMap((one, row) => one === value ? [row] : []));
}

/* Where the marks of rows stand, in pixels of the figure: row -> [x, y]s. Of stacked bars the outer end. */
function places(plot, wanted) {
  const found = new Map(), layout = plot._fullLayout;
  for (const points of plot.calcdata || []) {
    const trace = points[0] && points[0].trace;
    if (!trace || trace.visible !== true || !trace.customdata || !trace.xaxis || !['scatter', 'scattergl', 'bar'].includes(trace.type)) continue;
    const axis = {x: layout[trace.xaxis.replace('x', 'xaxis')], y: layout[trace.yaxis.replace('y', 'yaxis')]};
    points.forEach((point, at) => {
      const of = trace.customdata[point.i ?? at], row = Array.isArray(of) ? of[0] : of;
      if (row == null || wanted && !wanted.has(row)) return;
      const spot = [axis.x.c2p(point.x), axis.y.c2p(point.y)]; // of a bar: its end, in the middle of its width
      if (!spot.every(Number.isFinite)) return;
      const place = [spot[0] + axis.x._offset, spot[1] + axis.y._offset], before = found.get(row);
      if (trace.type !== 'bar' || !before) found.set(row, [...(before || []), place]);
      else if (place[0] > before[0][0] || place[1] < before[0][1]) found.set(row, [place]);
    });
  }
  return found;
}

const RING = 15; // pixels from the middle of a ring to the edge of its picture

/* One ring as a picture, in the colours of the page: thousands of them are stamped faster than drawn. */
function ring(scale) {
  const {color, backgroundColor} = getComputedStyle(document.querySelector('[data-testid="stApp"]'));
  const stamp = document.createElement('canvas'), pen = stamp.getContext('2d');
  stamp.width = stamp.height = 2 * RING * scale;
  pen.scale(scale, scale);
  for (const [stroke, width] of [[backgroundColor, 7], [color, 3]]) {
    pen.beginPath();
    pen.arc(RING, RING, 11, 0, 2 * Math.PI);
    Object.assign(pen, {strokeStyle: stroke, lineWidth: width}).stroke();
  }
  return stamp;
}

function layer(plot) {
  let canvas = plot.querySelector(':scope > canvas.same');
  if (!canvas) {
    canvas = document.createElement('canvas');
    canvas.className = 'same';
    canvas.setAttribute('aria-hidden', 'true');
    canvas.style.cssText = 'position:absolute;left:0;top:0;width:100%;height:100%;pointer-events:none;z-index:1;will-change:transform';
    plot.style.position = 'relative';
    plot.append(canvas);
  }
  return canvas;
}

function mark(plot) {
  const spots = chosen ? [...places(plot, rows(plot)).values()].flat() : [];
  if (!spots.length && !plot.querySelector(':scope > canvas.same')) return 0;
  const canvas = layer(plot), scale = window.devicePixelRatio || 1;
  canvas.width = plot.offsetWidth * scale; // which also wipes it
  canvas.height = plot.offsetHeight * scale;
  canvas.dataset.rings = spots.length;
  const pen = canvas.getContext('2d'), stamp = spots.length ? ring(scale) : null;
  for (const [x, y] of spots) pen.drawImage(stamp, (x - RING) * scale, (y - RING) * scale);
  return spots.length;
}

function markAll() {
  let marks = 0;
  for (const plot of plots()) marks += mark(plot);
  for (const box of document.querySelectorAll('[class*="st-key-same_"]')) {
    const is = chosen && box.classList.contains(`st-key-same_${chosen.own[chosen.key]}`);
    box.style.outline = is ? '3px solid currentColor' : '';
    box.style.outlineOffset = '3px';
  }
  if (now) now.status.textContent = chosen ? now.said.replace('{name}', chosen.name).replace('{n}', marks) : '';
}

function choose(plot, row) {
  const {keys, names} = sameOf(plot), key = now.keys.find(one => one in keys);
  if (chosen && chosen.row === row && chosen.plot === plot) return;
  chosen = {plot, row, key, own: Object.fromEntries(Object.keys(keys).map(one => [one, keys[one][row]])), name: names[row]};
  turned.set(plot, row);
  markAll();
}

function keyed(plot, event) {
  const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity}[event.key];
  if (event.key === 'Escape') chosen = null, markAll();
  if (!step) return;
  event.preventDefault();
  const order = [...places(plot).keys()].sort((one, other) => one - other), at = order.indexOf(turned.get(plot));
  choose(plot, order[Math.max(0, Math.min(order.length - 1, at < 0 ? (step < 0 ? order.length - 1 : 0) : at + step))]);
}

/* A figure that is new to the page: it can be reached by keys, tells where the pointer is, and is marked when it was drawn. */
function listen() {
  for (const plot of plots()) {
    if (!plot.on || heard.get(plot) === plot._ev) continue; // a figure that is made anew in the same place has new events
    const reached = plot.closest('[role="figure"]') || plot;
    reached.tabIndex = 0;
    if (!heard.has(plot)) reached.addEventListener('keydown', event => now && keyed(plot, event));
    heard.set(plot, plot._ev);
    plot.on('plotly_hover', ({points: [point]}) => {
      const row = Array.isArray(point.customdata) ? point.customdata[0] : point.customdata;
      if (now && row != null && sameOf(plot)) choose(plot, row);
    });
    plot.on('plotly_afterplot', () => chosen && sameOf(plot) && mark(plot));
    if (chosen) mark(plot);
  }
}

const watch = new MutationObserver(() => requestAnimationFrame(listen));

export default function ({data, parentElement}) {
  now = {...data, status: parentElement.querySelector('[role="status"]')};
  watch.observe(document.querySelector('[data-testid="stApp"]'), {childList: true, subtree: true});
  listen();
  return () => {
    watch.disconnect();
    now = chosen = null;
    for (const canvas of document.querySelectorAll('canvas.same')) canvas.remove();
  };
}
