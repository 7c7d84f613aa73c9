// What Streamlit leaves to be mended for the keyboard and for screen readers. Where it does so itself one day, nothing of this is noticed.
if (!document.documentElement.dataset.keyboard) {
  document.documentElement.dataset.keyboard = "led";
  const stops = (box) => [...box.querySelectorAll("a[href], button, input, textarea, [tabindex]")].filter(
    (one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility());

  // A box that a button opens (a popover) stands at the end of the page: Tab leads from its button into it and Shift+Tab back,
  // and from its end on to what follows the button.
  document.addEventListener("keydown", (event) => {
    const box = event.key === "Tab" && document.querySelector('[data-testid="stPopoverBody"]');
    const button = box && document.querySelector('[data-testid="stPopoverButton"][aria-expanded="true"]');
    if (!button) return;
    const inside = box.tabIndex === 0 ? [box] : stops(box);
    const here = document.activeElement;
    const to = here === button && !event.shiftKey ? inside[0] : here === inside[0] && event.shiftKey ? button : null;
    if (to) {
      event.preventDefault();
      event.stopPropagation();
      to.focus({ focusVisible: true });
    } else if (here === inside.at(-1) && !event.shiftKey && here.tagName !== "CANVAS") {
      button.focus(); // and the browser goes on from there; a table uses Tab for its cells
    }
  }, { capture: true });

  const mend = () => {
    // Text alone that is longer than its box: the arrows scroll it once it has the focus.
    for (const box of document.querySelectorAll('[data-testid="stPopoverBody"]')) {
      const alone = box.scrollHeight > box.clientHeight && !stops(box).length;
      if (alone !== (box.tabIndex === 0)) alone ? (box.tabIndex = 0) : box.removeAttribute("tabindex");
    }
    // The main menu belongs to no part of the page.
    const menu = document.querySelector('[data-testid="stMainMenuPopover"]:not([role])');
    if (menu) Object.assign(menu, { role: "dialog", ariaLabel: menu.querySelector("[aria-label]")?.ariaLabel });
    // A name on an element that says it is nothing.
    document.querySelector('[data-testid="stFileUploaderDropzone"][role="presentation"]')?.setAttribute("role", "group");
  };
  mend(); // this file may come after the last change of the page
  new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
}
