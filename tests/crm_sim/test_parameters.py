"""The page of settings is the one that the code makes."""

from pathlib import Path

import crm_sim
from crm_sim.parameters import page, parameter_table

ROOT = Path(crm_sim.__file__).parents[1]


def test_the_page_is_up_to_date():
    assert (ROOT / "docs" / "parameters.md").read_text(encoding="utf-8") == page()


def test_the_table_names_settings_with_default_range_unit_and_evidence():
    rows = parameter_table().splitlines()
    assert "| `policy.price.level` | 1 | 0.2 – 5 | relative to the trade | lever |" in rows
    assert any(row.startswith("| `market.contract` | True |") for row in rows) and len(rows) > 120
    assert all(row.count(" | ") == 4 or row.startswith("|---") for row in rows)
