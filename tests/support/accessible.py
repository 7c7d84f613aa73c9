"""What the tests of accessibility share: axe-core, the walk over the views of a page, and what the keyboard stands on."""

from collections.abc import Iterator

from axe_playwright_python.base import AXE_SCRIPT

from tests.support.watched import Watched

# Streamlit's own faults that can be neither avoided nor mended here: axe rule -> reason and public issue. Empty is best.
NOT_MENDED: dict[str, str] = {}

# Each group of choices but the language: the key of its control and its options.
CHOICES = """() => [...document.querySelectorAll('main [role="radiogroup"]')].map((group) => ({
    key: [...(group.closest('[class*="st-key-control_"]')?.classList ?? [])].find((name) => name.startsWith('st-key-')),
    options: [...group.querySelectorAll('[role="radio"]')].map((one) => ({said: one.innerText, on: one.ariaChecked === 'true'}))}))
    .filter((group) => group.key && group.key !== 'st-key-control_lang')"""

# The element that has the focus, also inside a component; `ring`: the outline around it or the frame that it fills.
FOCUSED = """() => {
    let one = document.activeElement;
    while (one.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
    if (one === document.body) return null;
    one = one.closest('canvas') ?? one; // a table hands the focus to a cell that is read aloud but not seen
    const up = (e) => e.assignedSlot ?? e.parentElement ?? e.getRootNode().host;
    let ring = null, seen = 1, page = 0, place = one.getBoundingClientRect();
    for (let at = one, far = 0; at; at = up(at), far++) {
        if (far) page += at.scrollTop; // the menu of a narrow page scrolls by itself
        const style = getComputedStyle(at);
        seen = Math.min(seen, style.opacity);
        if (!ring && far < 7 && style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2) {
            ring = style.outlineColor;
            place = at.getBoundingClientRect();
        }
    }
    const role = one.getAttribute('role') ?? one.tagName.toLowerCase();
    one.dataset.reached = 'by keyboard';
    return {role, name: (one.ariaLabel || one.innerText || one.title || '').trim(), ring, seen, x: place.x, y: place.y,
        width: place.width, height: place.height, page,
        key: [...(one.closest('[class*="st-key-"]')?.classList ?? [])].find((name) => name.startsWith('st-key-')) ?? ''};
}"""

# Texts of figures that the figure cuts, or that stand on one another. (A line's box is higher than its letters.)
UNREADABLE = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(figure => {
    const room = figure.getBoundingClientRect();
    const texts = [...figure.querySelectorAll('.main-svg text')].filter(text => text.textContent.trim() && !text.closest('.hoverlayer'))
        .map(text => [text.textContent, text.getBoundingClientRect()]).filter(([, box]) => box.width);
    const right = Math.min(room.right, innerWidth), cut = texts.filter(([, box]) => box.right > right + 1 || box.left < room.left - 1);
    const over = texts.flatMap(([one, a], at) => texts.slice(at + 1).filter(([, b]) =>
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.4 * Math.min(a.height, b.height)).map(([two]) => `${one} on ${two}`));
    return [...cut.map(([text]) => `${text} is cut`), ...over];
})"""

# What can be scrolled sideways within the page, but for tables and the row of a text field
SIDEWAYS = """() => [...document.querySelectorAll('[data-testid="stMain"], [data-testid="stMain"] *')]
    .filter(one => one.scrollWidth > one.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX)
        && !one.closest('[data-testid="stDataFrame"]') && one.tagName !== 'INPUT')
    .map(one => `${one.className} ${one.scrollWidth} > ${one.clientWidth}`)"""
# The size in which the texts of figures stand on the screen: a phone's are scaled
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.js-plotly-plot .main-svg text')].filter(text => text.textContent.trim())
    .map(text => parseFloat(getComputedStyle(text).fontSize)
        * text.closest('.js-plotly-plot').getBoundingClientRect().width / text.closest('.js-plotly-plot').offsetWidth))"""
READABLE = {"phone": 10, "projector": 14}  # px: of print held in the hand; of a wall of 1280 px, a line in 50

# Where the page turned to another one the keyboard is still where it was.
FROM_THE_TOP = "() => { const top = document.body; top.tabIndex = -1; top.focus(); top.removeAttribute('tabindex'); }"
SAME = ("role", "name", "key", "x", "width")


# The contrast of texts whose colours, size and weight, on these grounds, did not pass before: it is a matter of nothing else.
# What axe-core could not decide is looked at again where it shows next; of texts within pictures it never can (tests/test_colours.py).
CONTRAST = """async ([within, before]) => {
    const grounds = new Map(), looks = new Map(), passed = new Set(before);
    const ground = (one) => {
        if (!one) return '';
        if (!grounds.has(one)) {
            const {backgroundColor, backgroundImage, opacity} = getComputedStyle(one);
            const own = [backgroundColor, backgroundImage, opacity].join(' ').replace(/^rgba\\(0, 0, 0, 0\\) none 1$/, '');
            const below = ground(one.assignedSlot ?? one.parentElement ?? one.getRootNode().host);
            grounds.set(one, own ? `${below}/${own}` : below);
        }
        return grounds.get(one);
    };
    const look_at = (root) => {
        for (const one of root.querySelectorAll('*')) {
            if (one.shadowRoot) look_at(one.shadowRoot);
            const said = one.value || one.placeholder || [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
            const seen = one.checkVisibility({visibilityProperty: true, opacityProperty: true});
            if (!said || !seen || one.closest('svg, script, style')) continue;
            const {color, fontSize, fontWeight, textShadow} = getComputedStyle(one);
            const look = [color, fontSize, fontWeight, textShadow, ground(one)].join(' ');
            if (!passed.has(look)) looks.set(one, look);
        }
    };
    look_at((within && document.querySelector(within)) || document);
    if (!looks.size) return [[], before];
    for (const one of looks.keys()) one.dataset.looked = 'at';
    const found = await axe.run(document, {runOnly: ['color-contrast'], elementRef: true, selectors: false});
    for (const one of looks.keys()) delete one.dataset.looked;
    for (const rule of found.passes) for (const {element} of rule.nodes) passed.add(looks.get(element));
    return [found.violations.map(({id, impact, nodes}) =>
        ({id, impact, nodes: nodes.map(({html, failureSummary}) => ({html, failureSummary}))})), [...passed]];
}"""
_passed: list[str] = []  # the looks whose contrast axe-core found good, of all pages of this run
REST = """within => axe.run((within && document.querySelector(within)) || document,
    {resultTypes: ['violations'], rules: {'color-contrast': {enabled: false}}}).then((found) => found.violations)"""


def violations(shown, within: str | None = None, contrast_alone: bool = False) -> list[str]:
    """What axe-core finds on the page as it stands: every rule, best practices too, of any severity. `within`: in this part of it alone, as
    in a box over a page that was looked at. `contrast_alone`: for who sees in other colours what all rules were asked of."""
    if not shown.evaluate("() => 'axe' in window"):
        shown.evaluate(AXE_SCRIPT)
        shown.evaluate("axe.configure({rules: [{id: 'color-contrast', selector: '[data-looked]'}]})")
    found = [] if contrast_alone else shown.evaluate(REST, within)
    pale, _passed[:] = shown.evaluate(CONTRAST, [within, _passed])
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:200]} {node['failureSummary'][:300]}"
        for one in found + pale
        if one["id"] not in NOT_MENDED
        for node in one["nodes"]
    ]


def views(viewer: Watched, url: str) -> Iterator:
    """The page at `url` in every view: as it opens, then with each option of each of its choices taken once, the innermost first."""
    shown = viewer.turn_to(url)
    taken: set[tuple[str, str]] = set()
    yield shown
    while True:
        options = [(group["key"], one["said"], one["on"]) for group in reversed(shown.evaluate(CHOICES)) for one in group["options"]]
        taken |= {(key, said) for key, said, on in options if on}
        left = [(key, said) for key, said, _ in options if (key, said) not in taken]
        if not left:
            return
        taken.add(left[0])
        key, said = left[0]
        shown.locator(f".{key}").get_by_role("radio", name=said, exact=True).click()
        viewer.settle()
        yield shown


def stops(shown, key: str = "Tab", most: int = 250) -> list[dict]:
    """Where the keyboard stands after each press of Tab until it leaves the page. AssertionError: it never leaves (a trap)."""
    found = []
    if key == "Tab":
        shown.evaluate(FROM_THE_TOP)
    for _ in range(most):
        shown.keyboard.press(key)
        one = shown.evaluate(FOCUSED)
        if one is None and not found:  # on the way back it first comes in again
            continue
        if one is None or found and [one[part] for part in SAME] == [found[0][part] for part in SAME]:  # out of it, or round
            return found
        found.append(one)
    raise AssertionError(f"the keyboard is caught at {found[-1]}")
