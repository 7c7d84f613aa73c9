// The document as pages: pictures or paper that was set from it, loaded as they are needed, with the chosen place marked and in sight.
// Used beside the list (check.js) and under a figure's source (place.js).
const TAGS = new Set(["SECTION", "TABLE", "THEAD", "TBODY", "TR", "TD", "TH", "P", "BR", "H1", "H2", "H3", "DIV", "SPAN"]);
const LARGEST = 3;

// The page's markup is our own and has every text escaped; once more nothing but these elements and the names of places comes through.
function harmless(markup) {
  const copy = (from, to) => {
    for (const node of from.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) to.append(node.data);
      if (node.nodeType !== Node.ELEMENT_NODE || !TAGS.has(node.tagName)) continue;
      const made = document.createElement(node.tagName);
      if (node.dataset.place) made.dataset.place = node.dataset.place;
      for (const name of ["colspan", "rowspan"]) if (/^\d{1,3}$/.test(node.getAttribute(name) ?? "")) made.setAttribute(name, node.getAttribute(name));
      copy(node, made);
      to.append(made);
    }
  };
  const made = document.createDocumentFragment();
  copy(new DOMParser().parseFromString(markup, "text/html").body, made);
  return made;
}

// `view`: the element that scrolls. `index`: pages.json. `want(numbers)` asks for pages, which come by `arrived`. `chosen(places,
// text)`: one was pointed at. `said(page)`: the label of a page.
function makePaper(view, index, { want, chosen, said }) {
  let zoom = 1, marked = null, shown = null;
  const asked = new Set();
  const stack = make("div", "stack");
  const sheets = new Map(index.pages.map((page) => {
    const sheet = make("div", page.picture ? "sheet picture" : "sheet set");
    sheet.dataset.page = page.page;
    sheet.setAttribute("role", page.picture ? "img" : "document");
    sheet.ariaLabel = said(page.page);
    if (page.picture) sheet.style.aspectRatio = `${page.width} / ${page.height}`;
    stack.append(sheet);
    return [page.page, sheet];
  }));
  view.replaceChildren(stack);
  const mark = make("div", "mark");
  mark.ariaHidden = "true";

  const ask = (...numbers) => {
    const missing = numbers.filter((number) => sheets.has(number) && !asked.has(number));
    missing.forEach((number) => asked.add(number));
    if (missing.length) want(missing);
  };
  const watch = new IntersectionObserver((seen) => ask(...seen.filter((one) => one.isIntersecting).map((one) => Number(one.target.dataset.page))),
    { root: view, rootMargin: "300px" });
  sheets.forEach((sheet) => watch.observe(sheet));

  const found = (place) => {
    const at = index.places[place];
    if (at) return { page: at.page, box: at.box };
    const number = Number(/^page (\d+)/.exec(place)?.[1] ?? 0);
    return sheets.has(number) ? { page: number, box: [0, 0, 1, 1] } : null;
  };
  const element = (place) => stack.querySelector(`[data-place="${CSS.escape(place)}"]`);

  // The cell of a row that holds the text that was read there, where one does.
  const cellWith = (row, text) => {
    const flat = (one) => one.replace(/\s+/g, "");
    const cells = text && row?.tagName === "TR" ? [...row.cells] : [];
    return cells.find((cell) => flat(cell.textContent).includes(flat(text))) ?? row;
  };

  // The whole of the box inside the view, as large as that allows. `places`: the first that is known; `text`: what was read there.
  function show(places, text = "") {
    shown = [places, text];
    marked?.classList.remove("marked");
    mark.remove();
    marked = null;
    const place = places.find((one) => index.places[one] || element(one)) ?? places[0];
    const at = place && found(place);
    if (!at) return false;
    const sheet = sheets.get(at.page);
    ask(at.page, at.page + 1);
    if (at.box) {
      const [x0, y0, x1, y1] = at.box, ratio = sheet.style.aspectRatio.split(" / ").map(Number);
      const fits = Math.min(0.94 / Math.max(x1 - x0, 0.05), (0.8 * view.clientHeight) / Math.max((y1 - y0) * view.clientWidth * (ratio[1] / ratio[0]), 1));
      setZoom(Math.max(Math.min(fits, 1.8), Math.min(fits, 1)));
      Object.assign(mark.style, { left: `${x0 * 100}%`, top: `${y0 * 100}%`, width: `${(x1 - x0) * 100}%`, height: `${(y1 - y0) * 100}%` });
      sheet.append(mark);
      into(mark);
    } else {
      marked = cellWith(element(place), text) ?? null;
      marked?.classList.add("marked");
      into(marked ?? sheet);
    }
    return true;
  }
  function into(one) {
    const box = one.getBoundingClientRect(), room = view.getBoundingClientRect();
    view.scrollTop += box.top - room.top - Math.max((room.height - box.height) / 2, 12);
    view.scrollLeft += box.width >= room.width ? box.left - room.left - 4 : box.left - room.left - (room.width - box.width) / 2;
  }
  function setZoom(to) {
    zoom = Math.min(Math.max(to, 0.3), LARGEST);
    stack.style.setProperty("--zoom", zoom);
  }
  function arrived({ page, picture, html }) {
    const sheet = sheets.get(page);
    if (!sheet || sheet.dataset.here) return;
    sheet.dataset.here = "yes";
    if (picture) {
      const image = make("img", "");
      image.alt = "";
      image.src = picture;
      sheet.prepend(image);
    } else {
      sheet.replaceChildren(harmless(html));
    }
    if (shown?.[0].some((place) => found(place)?.page === page)) show(...shown);
  }
  function pointed(event) {
    const set = event.target.closest?.("[data-place]");
    if (set) {
      const row = set.closest("tr[data-place]");
      return chosen([set.dataset.place, row?.dataset.place].filter(Boolean), (event.target.closest("td, p") ?? set).textContent);
    }
    const sheet = event.target.closest?.(".sheet.picture");
    if (!sheet) return;
    const room = sheet.getBoundingClientRect();
    const x = (event.clientX - room.left) / room.width, y = (event.clientY - room.top) / room.height;
    const page = Number(sheet.dataset.page);
    const here = Object.entries(index.places).filter(([, at]) => at.page === page && at.box && at.box[0] <= x && x <= at.box[2] && at.box[1] <= y && y <= at.box[3]);
    const size = ([, at]) => (at.box[2] - at.box[0]) * (at.box[3] - at.box[1]);
    here.sort((one, other) => size(one) - size(other));
    if (here.length) chosen(here.map(([place]) => place), "");
  }
  view.onclick = pointed;
  // Where the paper is set anew (its letters arrive, a tablet is turned, it is made larger), the chosen place stays in sight.
  const sized = new ResizeObserver(() => { const one = mark.isConnected ? mark : marked; if (one) into(one); });
  sized.observe(stack);
  sized.observe(view);
  return {
    show, arrived,
    end: () => { watch.disconnect(); sized.disconnect(); },
    larger: () => setZoom(zoom * 1.25),
    smaller: () => setZoom(zoom / 1.25),
    again: () => { const lost = [...asked].filter((number) => !sheets.get(number)?.dataset.here); if (lost.length) want(lost); },
    inside: () => { // the marked place lies within the view
      const one = mark.isConnected ? mark : marked;
      if (!one) return false;
      const box = one.getBoundingClientRect(), room = view.getBoundingClientRect();
      return box.top >= room.top - 1 && (box.bottom <= room.bottom + 1 || box.height > room.height) && box.left >= room.left - 1;
    },
  };
}

function make(tag, style, properties = {}) {
  return Object.assign(document.createElement(tag), { className: style }, properties);
}
