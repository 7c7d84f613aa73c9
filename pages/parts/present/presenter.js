// The cards of the presentation page, and the presentation itself in the browser's top layer, above everything that the page may show later.
let wish = null;  // {words, tries}: an order that was asked for and does not stand there yet; a server busy with another question may swallow one

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const home = parentElement.querySelector(".present");
  load();
  home.querySelector(".start").textContent = data.said.start;
  home.querySelector(".start").onclick = () => start(data, 1);
  home.querySelector(".print").textContent = data.said.print;
  home.querySelector(".print").hidden = !data.prints;
  home.querySelector(".print").onclick = () => setTriggerValue("printed", true);
  home.querySelector(".start").disabled = Boolean(data.wanting);
  if (data.wanting) setTriggerValue("wanted", data.wanting);
  if (data.handout) printed(data.handout);
  const words = data.cards.map((card) => card.word);
  const ask = () => {
    if (!wish || wish.tries === 4 || !home.isConnected) return;
    wish.tries += 1;
    setTriggerValue("arranged", wish.words);
    clearTimeout(wish.again);
    wish.again = setTimeout(() => wish?.ask(), 2000);
  };
  const arrange = (words) => {
    clearTimeout(wish?.again);
    wish = { words, ask, tries: 0, from: home.querySelector(":focus")?.name };
    ask();
  };
  const fulfilled = wish && String(wish.words) === String(words) ? wish : null;
  if (fulfilled) { clearTimeout(wish.again); wish = null; } else if (wish) wish.ask = ask;
  const slides = parsed(data.deck).querySelectorAll(".slide");

  const held = home.querySelector(":focus");  // the keyboard stays where it was, though its button is made anew
  home.querySelector(".cards").replaceChildren(...data.cards.map((card, i) => {
    const item = element("li", "card");
    const open = element("button", "open", { type: "button", name: `${card.word} open`, title: data.said.from });
    const view = element("div", "deck");
    slides[i].classList.add("now");
    view.append(slides[i]);
    view.ariaHidden = "true";
    view.inert = true;
    open.append(view);
    open.ariaLabel = `${card.title}: ${data.said.from}`;
    open.disabled = Boolean(data.wanting);
    open.onclick = () => start(data, i + 1);
    const row = element("div", "row");
    const name = element("span", "name");
    name.textContent = card.title;
    const button = (sign, said, act, off) => {
      const made = element("button", "", { type: "button", name: `${card.word} ${sign}`, title: said, ariaLabel: `${card.name}: ${said}`, disabled: off });
      made.textContent = sign;
      made.onclick = act;
      return made;
    };
    const swapped = (to) => words.map((word, j) => (j === i ? words[to] : j === to ? words[i] : word));
    row.append(name, button("‹", data.said.earlier, () => arrange(swapped(i - 1)), i === 0),
      button("›", data.said.later, () => arrange(swapped(i + 1)), i === words.length - 1),
      button("×", data.said.leave, () => arrange(words.filter((_, j) => j !== i)), words.length === 1));
    const note = element("input", "note", { type: "text", name: `${card.word} note`, maxLength: 160, placeholder: data.said.note, value: card.note });
    note.ariaLabel = `${card.name}: ${data.said.note}`;
    note.onchange = () => setTriggerValue("noted", { word: card.word, text: note.value });
    item.append(open, row, note);
    return item;
  }));
  home.querySelector(".others").replaceChildren(...data.others.map((card) => {
    const add = element("button", "", { type: "button", name: `${card.word} add` });
    add.textContent = `+ ${card.title}`;
    add.onclick = () => arrange([...words, card.word]);
    return add;
  }));

  // Where the page was put up anew meanwhile, nobody holds the keyboard: it goes where it was when the order was asked for.
  const name = held ? !held.isConnected && held.name : document.activeElement === document.body && fulfilled?.from;
  if (name) {
    const same = home.querySelector(`[name="${name}"]:enabled`);
    const near = home.querySelectorAll(`[name^="${name.split(" ")[0]} "]:enabled`);
    const there = same || near[near.length - 1] || home.querySelector(".start");
    there.focus();
    requestAnimationFrame(() => document.activeElement === document.body && there.focus());  // it may not have been on the screen yet
  }

  const asked = Number(new URLSearchParams(location.search).get("slide"));
  if (data.wanting) return;
  if (asked && !home.dataset.opened) start(data, asked);
  home.dataset.opened = "once";
}

function element(tag, style, properties = {}) {
  return Object.assign(document.createElement(tag), { className: style }, properties);
}

function parsed(markup) {
  const template = document.createElement("template");
  template.innerHTML = markup;
  return template.content;
}

// All faces now: once the presentation runs, nothing more is fetched.
function load() {
  for (const weight of [400, 700]) document.fonts.load(`${weight} 20px Sarabun`, "กA").catch(() => {});
}

function address(slide) {
  const url = new URL(location.href);
  if (slide) url.searchParams.set("slide", slide); else url.searchParams.delete("slide");
  history.replaceState(history.state, "", url);
}

function start(data, first) {
  if (document.querySelector("dialog.presentation")) return;
  const dialog = element("dialog", "presentation");
  dialog.style.cssText = "position:fixed;inset:0;width:100vw;height:100vh;max-width:none;max-height:none;margin:0;padding:0;border:0;overflow:hidden";
  dialog.ariaLabel = data.said.start;
  // Streamlit's notice of a lost server makes everything else inert, but for elements that bear this mark of its own library.
  dialog.dataset.reactAriaTopLayer = "true";
  const place = element("div", "");
  place.style.height = "100%";
  const inside = place.attachShadow({ mode: "open" });
  inside.append(Object.assign(document.createElement("style"), { textContent: data.style }), parsed(data.deck));
  dialog.append(place);
  document.body.append(dialog);
  dialog.addEventListener("cancel", (event) => event.preventDefault());  // Esc is the presentation's own
  dialog.showModal();
  presentDeck(inside.querySelector(".deck"), {
    first, seconds: data.seconds, changed: address, closed: () => { dialog.close(); dialog.remove(); address(null); },  // close() puts the keyboard back where it was
  });
}

function printed(document_) {
  document.querySelector("iframe.handout")?.remove();
  const frame = element("iframe", "handout", { srcdoc: document_ });
  frame.style.cssText = "position:fixed;right:0;bottom:0;width:0;height:0;border:0";
  frame.onload = () => frame.contentDocument.fonts.ready.then(() => frame.contentWindow.print());
  document.body.append(frame);
}
