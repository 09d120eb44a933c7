"""The polynomials against SciPy, to the accuracy that their docstrings state."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy import stats

from crm_sim.arithmetic import clip, clip01, exp, log, normal_quantile

LEAST, MOST = 2.0 ** -24, 1 - 2.0 ** -24


def test_exp_is_right_to_nine_digits():
    x = np.linspace(-30, 30, 20_001)
    assert np.max(np.abs([exp(one) for one in x] / np.exp(x) - 1)) < 1e-9


def test_exp_is_held_within_its_range():
    assert exp(-1000.0) == exp(-30.0) > 0
    assert exp(1000.0) == exp(30.0) < math.inf


def test_log_is_right_to_eleven_decimals():
    x = np.concatenate([np.linspace(1e-3, 3, 10_001), np.logspace(-307, 307, 10_001), 1 + np.linspace(-1e-6, 1e-6, 101)])
    assert np.max(np.abs([log(one) for one in x] - np.log(x))) < 1e-11


def test_normal_quantile_is_right_to_six_decimals():
    p = np.concatenate([np.linspace(LEAST, MOST, 20_001), np.logspace(-24, -1, 2001, base=2), 1 - np.logspace(-24, -1, 2001, base=2)])
    assert np.max(np.abs([normal_quantile(one) for one in p] - stats.norm.ppf(p))) < 1e-6


@given(st.floats(LEAST, 0.5))
def test_normal_quantile_is_symmetric(p):
    assert normal_quantile(1 - p) == pytest.approx(-normal_quantile(p), abs=2e-6)


@given(st.floats(allow_nan=False), st.floats(-5, 5), st.floats(0, 5))
def test_clip_holds_within_its_limits(x, low, width):
    held = clip(x, low, low + width)
    assert low <= held <= low + width
    assert held == x or not low <= x <= low + width
    assert clip01(x) == clip(x, 0.0, 1.0)
