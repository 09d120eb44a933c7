"""What greets a newcomer: the welcome page in her language, with no pop-up, no question and no request to the outside."""

import pytest


@pytest.mark.parametrize("language, menu, other", [("en", "File", "文件"), ("zh", "文件", "File")], ids=["en", "zh"])
def test_the_welcome_page_greets_quietly(lab_server, page, language, menu, other):
    page.goto(lab_server(language).url)
    page.wait_for_selector(".jp-NotebookPanel .jp-MarkdownOutput h1")
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]")  # the kernel came up without a question
    assert page.url.endswith(f"/lab/tree/lectures/{language}/welcome.ipynb")
    menus = page.locator(".lm-MenuBar-itemLabel").all_inner_texts()
    assert menu in menus and other not in menus
    page.wait_for_load_state("networkidle")
    assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0
    assert set(page.seen.hosts) == {"127.0.0.1"}
    assert page.seen.errors == []
