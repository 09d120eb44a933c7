"""The lecture as a student meets it: run in JupyterLab, its knob moved by keyboard, in both languages."""

import pytest

KNOB = ".crm-lab-lever >> nth=0"
PICTURE = "() => [...document.querySelectorAll('.crm-lab img')].map(image => image.src).join()"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_lecture_runs_and_its_knob_changes_the_picture(lab_server, page, run_all, language):
    run_all(lab_server(language).address(f"lectures/{language}/L5_satisfaction.ipynb"))
    lever = page.locator(KNOB)
    lever.scroll_into_view_if_needed()
    page.wait_for_function(f"({PICTURE})() !== ''")
    before = page.evaluate(PICTURE)
    lever.locator(".noUi-handle").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"before => ({PICTURE})() !== before", arg=before)
    assert page.seen.errors == [] and set(page.seen.hosts) == {"127.0.0.1"}
