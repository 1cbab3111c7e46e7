"""The explorer in a real browser, as a person with a mouse and a keyboard meets it."""

EXPLORER = ".court-explorer"
SETTLED = """() => { const root = document.querySelector('.court-explorer');
  return root && root.getAttribute('aria-busy') === 'false' && (!root.dataset.asked || root.dataset.asked === root.dataset.shown); }"""


def settled(page):
    """Wait until the page shows what was chosen last; the milliseconds from the choice to the picture, and of them the kernel's."""
    page.wait_for_function(SETTLED)
    root = page.locator(EXPLORER)
    return int(root.get_attribute("data-took") or 0), int(root.get_attribute("data-kernel") or 0)


def chosen(page, filter_name, label):
    """Tick or untick a choice of a filter."""
    page.locator(f'{EXPLORER} fieldset[data-filter="{filter_name}"] .choice', has_text=label).first.locator(
        "input"
    ).click()
    return settled(page)


def seen(page, view):
    """Open a view."""
    page.locator(f'{EXPLORER} [data-view="{view}"]').click()
    return settled(page)


def faults(page):
    """What must not stand there: a blank choice, a figure without anything drawn, a view without anything."""
    return page.evaluate(
        """() => {
          const root = document.querySelector('.court-explorer'), found = [];
          for (const select of root.querySelectorAll('select')) {
            if (select.closest('[hidden]')) continue;
            if (select.selectedIndex < 0 || !select.selectedOptions[0].textContent.trim()) found.push('blank ' + select.getAttribute('aria-label'));
          }
          for (const value of root.querySelectorAll('.choice:not([hidden]) .value')) if (!value.textContent.trim()) found.push('blank choice');
          const plot = root.querySelector('.plot');
          if (!plot.hidden) {
            for (const axis of plot.querySelectorAll('.plot-container .cartesianlayer .subplot')) {
              if (!axis.querySelector('.trace, .point, path.js-line, text.textpoint, .bars path')) found.push('empty axes');
            }
          }
          const names = {}; // of periods under each panel
          for (const tick of plot.hidden ? [] : plot.querySelectorAll('.xaxislayer-above [class*="tick"] text')) {
            if (/rotate\\((?!0)/.test(tick.getAttribute('transform') ?? '')) continue;
            (names[tick.parentNode.getAttribute('class')] ??= []).push(tick.getBoundingClientRect());
          }
          for (const boxes of Object.values(names)) {
            boxes.sort((a, b) => a.left - b.left);
            if (boxes.some((box, at) => at && box.left < boxes[at - 1].right - 1)) found.push('names of periods lie on each other');
          }
          const told = root.querySelectorAll('.said p, .tables p, .tables table').length;
          if (plot.hidden && !told) found.push('nothing shown');
          if (/NaN|undefined|Traceback/.test(root.textContent)) found.push('a raw value');
          return found;
        }"""
    )
