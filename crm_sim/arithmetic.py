"""Exponential, logarithm and normal quantile of our own.

Why not libm: the compiler cannot vectorise a call into it, and its last bits differ from platform to platform.
These use +, −, ×, ÷, √ and bit patterns only, so a loop over them vectorises and the bits agree everywhere.
"""

import math

import numpy as np

from crm_sim.compiled import compiled

_MANTISSA = np.uint64(0x000FFFFFFFFFFFFF)
_ONE = np.uint64(0x3FF0000000000000)
_EXPONENT_SHIFT = np.uint64(52)
_LOG_2 = 0.6931471805599453
_SQRT_2 = 1.4142135623730951


@compiled
def clip(x, low, high):
    """x held within [low, high]."""
    x = x if x > low else low
    return x if x < high else high


@compiled
def clip01(x):
    """x held within [0, 1]."""
    return clip(x, 0.0, 1.0)


@compiled
def exp(x):
    """e to the x, relative error below 1e-9; x is held within [-30, 30]."""
    y = clip(x, -30.0, 30.0) * 0.015625
    p = 1.0 + y * (1.0 + y * (1 / 2 + y * (1 / 6 + y * (1 / 24 + y * (1 / 120 + y * (
        1 / 720 + y * (1 / 5040 + y * (1 / 40320 + y * (1 / 362880 + y * (1 / 3628800))))))))))
    p = p * p
    p = p * p
    p = p * p
    p = p * p
    p = p * p
    return p * p


@compiled
def log(x):
    """Natural logarithm of a positive, normal x; absolute error below 1e-11."""
    bits = np.float64(x).view(np.uint64)
    exponent = np.float64(np.int64(bits >> _EXPONENT_SHIFT) - 1023)
    m = np.uint64((bits & _MANTISSA) | _ONE).view(np.float64)
    large = m > _SQRT_2
    m = 0.5 * m if large else m
    exponent = exponent + 1.0 if large else exponent
    s = (m - 1.0) / (m + 1.0)
    t = s * s
    series = 1.0 + t * (1 / 3 + t * (1 / 5 + t * (1 / 7 + t * (1 / 9 + t * (1 / 11 + t * (1 / 13))))))
    return exponent * _LOG_2 + 2.0 * s * series


@compiled
def normal_quantile(p):
    """Quantile of the standard normal at p in [2^-24, 1 - 2^-24]; absolute error below 1e-6.

    Algorithm AS 241, PPND7 (Wichura 1988); the far tail beyond exp(-25) is not needed here.
    """
    q = p - 0.5
    r = 0.180625 - q * q
    central = q * (((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179) / (
        ((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1.0)
    s = math.sqrt(-log(min(p, 1.0 - p))) - 1.6
    tail = math.copysign((((0.17023821103 * s + 1.3067284816) * s + 2.7568153900) * s + 1.4234372777) / (
        (0.12021132975 * s + 0.73700164250) * s + 1.0), q)
    # Blended with weights, not chosen: a choice between two long branches is not vectorised.
    middle = 1.0 if abs(q) <= 0.425 else 0.0
    return middle * central + (1.0 - middle) * tail
