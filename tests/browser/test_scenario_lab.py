"""The scenario lab in JupyterLab: moved by keyboard and mouse, in both languages."""

import pytest

QUALITY = ".crm-lab-lever >> nth=0"
CUT_OFF = """
() => [...document.querySelectorAll('.crm-lab-charts svg')].flatMap(chart => {
  const frame = chart.getBoundingClientRect();
  return [...chart.querySelectorAll('text')].filter(text => {
    const box = text.getBoundingClientRect();
    return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
  }).map(text => text.textContent);
}).concat([...document.querySelectorAll('.crm-lab, .crm-lab .widget-html-content, .crm-lab-lever label, .crm-lab button')]
  .filter(part => part.scrollWidth > part.clientWidth + 1).map(part => part.textContent))
"""


@pytest.mark.parametrize("language, quality, other", [("en", "Service quality", "服务质量"), ("zh", "服务质量", "Service quality")])
def test_the_lab_answers_to_keyboard_and_mouse(lab_server, page, run_all, language, quality, other):
    run_all(lab_server(language).address(f"lectures/{language}/scenario_lab.ipynb"))
    page.wait_for_selector(".crm-lab-charts svg")
    page.set_viewport_size({"width": 1280, "height": 1300})
    box, handle, charts = page.locator(f"{QUALITY} >> input"), page.locator(f"{QUALITY} >> .noUi-handle"), page.locator(".crm-lab-charts")
    box.scroll_into_view_if_needed()
    before = charts.inner_html()

    box.focus()
    page.keyboard.press("Tab")
    focused = "document.activeElement"
    assert page.evaluate(f"[{focused}.getAttribute('role'), {focused}.getAttribute('aria-label')]") == ["slider", quality]
    assert page.evaluate(f"getComputedStyle({focused}).outlineStyle") == "solid"
    page.keyboard.press("ArrowRight")
    page.wait_for_function("before => document.querySelector('.crm-lab-charts').innerHTML !== before", arg=before)
    assert box.input_value() == "0.73" and handle.get_attribute("aria-valuetext") == "0.73"
    assert "0.73" in page.locator(".crm-lab-summary").inner_text()

    tongue = page.locator(".crm-lab select").nth(1)
    for index, name in (("en", "zh").index(language) ^ 1, other), (("en", "zh").index(language), quality):
        tongue.select_option(index=index)
        page.wait_for_function("name => document.querySelector('.crm-lab .noUi-handle').getAttribute('aria-label') === name", arg=name)
        assert page.evaluate(CUT_OFF) == []

    place, track = handle.bounding_box(), page.locator(f"{QUALITY} >> .noUi-base").bounding_box()
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    page.mouse.down()
    page.mouse.move(track["x"] + track["width"] * 0.9, place["y"] + place["height"] / 2, steps=40)
    page.mouse.up()
    aim = handle.get_attribute("aria-valuetext")
    assert float(aim) > 0.85
    page.wait_for_function("""aim => document.querySelector('.crm-lab-lever input').value === aim
                              && document.querySelector('.crm-lab-summary').innerText.includes(aim)""", arg=aim)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]")
    assert handle.get_attribute("aria-valuetext") == box.input_value() == aim  # the last position won
    assert page.evaluate(CUT_OFF) == []
    assert page.seen.errors == [] and set(page.seen.hosts) == {"127.0.0.1"}
