// Streamlit's own words in the viewer's language: a text or a label that is exactly one of those handed over is replaced, before it is
// painted, and put back when the language changes. What is not known is left alone, so a Streamlit that says it otherwise loses nothing.
// {en: th} in `said`; "{name}" in both stands for any text, "{n}" for a number. `thai`: those numbers, and the ones of sliders, in Thai digits.
window.speak ??= (() => {
  const LABELS = ["aria-label", "title", "placeholder", "alt", "aria-roledescription", "aria-description"];
  const OURS = ".js-plotly-plot, [data-testid='stHeading'], [data-testid='stMarkdown'], [data-testid='stJson'], style, script";
  const NUMBERS = "[data-testid^='stSlider']";
  const MOST = 300; // letters of the longest of Streamlit's own texts
  let exact = new Map(), patterns = [], thai = false;
  const was = new WeakMap(); // node -> {text: [Streamlit's, ours], label: ...}

  const digits = (text) => text.replace(/\d/g, (digit) => String.fromCharCode(0x0e50 + Number(digit)));

  function said(text) {
    if (text.length > MOST) return text;
    const bare = text.trim();
    if (!bare) return text;
    if (exact.has(bare)) return text.replace(bare, () => exact.get(bare));
    for (const [shape, words] of patterns) {
      const found = shape.exec(bare);
      if (found) return words.replace(/{(\w+)}/g, (_, name) => name === "n" && thai ? digits(found.groups.n) : found.groups[name]);
    }
    return text;
  }
  function put(node, name, now, set, say) {
    const kept = was.get(node) ?? {};
    const own = kept[name]?.[1] === now ? kept[name][0] : now; // what Streamlit says there
    const ours = say(own);
    if (ours !== now) set(ours);
    if (ours !== own) was.set(node, {...kept, [name]: [own, ours]});
  }
  const ofText = (node) => put(node, "text", node.nodeValue, (text) => { node.nodeValue = text; },
    thai && node.parentElement?.closest(NUMBERS) ? (text) => digits(said(text)) : said);
  const ofLabel = (node, name) => node.hasAttribute(name)
    && put(node, name, node.getAttribute(name), (text) => node.setAttribute(name, text), said);

  function all(root) {
    if (root.nodeType === Node.TEXT_NODE) { if (!root.parentElement?.closest(OURS)) ofText(root); return; }
    if (root.nodeType !== Node.ELEMENT_NODE || root.closest(OURS)) return;
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
      (node) => node.nodeType === Node.ELEMENT_NODE && node.matches(OURS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    for (let node = root; node; node = walk.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) ofText(node);
      else for (const name of LABELS) ofLabel(node, name);
    }
  }

  function seen(changes) {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(all);
      else if (change.target.nodeType === Node.TEXT_NODE) all(change.target);
      else if (!change.target.closest(OURS)) ofLabel(change.target, change.attributeName);
    }
    watch.takeRecords(); // of what was put there just now
  }
  const watch = new MutationObserver(seen);

  return (given, thaiDigits) => {
    const literal = (text) => text.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
    const shape = (text) => new RegExp(`^${literal(text).replace(/{(\w+)}/g, "(?<$1>.+?)")}$`, "s");
    exact = new Map(Object.entries(given).filter(([text]) => !text.includes("{")));
    patterns = Object.entries(given).filter(([text]) => text.includes("{")).map(([text, words]) => [shape(text), words]);
    thai = thaiDigits;
    watch.disconnect();
    all(document.body);
    watch.observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: LABELS});
  };
})();
