# SPDX-License-Identifier: Apache-2.0
"""Builds kernels.c and offers the SRU scan as a differentiable function, and AdamW."""

import ctypes
import subprocess
from pathlib import Path

import torch

_HERE = Path(__file__).parent


def _library():
    source, target = _HERE / "kernels.c", _HERE / "out" / "kernels.so"
    if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
        target.parent.mkdir(exist_ok=True)
        subprocess.run(
            ["cc", "-O3", "-march=native", "-ffast-math", "-shared", "-fPIC", str(source), "-o", str(target), "-lm"],
            check=True,
        )
    return ctypes.CDLL(str(target))


_LIB = _library()


def _ptr(tensor):
    assert tensor.is_contiguous()
    return ctypes.c_void_p(tensor.data_ptr())


class Scan(torch.autograd.Function):
    """u [words, 8 * hidden], recurrent and bias [4, hidden], offset int32 [sentences + 1] -> h [words, 2 * hidden]"""

    @staticmethod
    def forward(ctx, u, recurrent, bias, offset):
        hidden = recurrent.shape[1]
        u, recurrent, bias = u.contiguous(), recurrent.contiguous(), bias.contiguous()
        h = torch.empty(u.shape[0], 2 * hidden)
        c = torch.empty_like(h)
        _LIB.sru_forward(_ptr(u), _ptr(recurrent), _ptr(bias), _ptr(offset), len(offset) - 1, hidden, _ptr(h), _ptr(c))
        ctx.save_for_backward(u, recurrent, bias, offset, c)
        return h

    @staticmethod
    def backward(ctx, dh):
        u, recurrent, bias, offset, c = ctx.saved_tensors
        du, drec, dbias = torch.empty_like(u), torch.zeros_like(recurrent), torch.zeros_like(bias)
        dh = dh.contiguous()
        _LIB.sru_backward(
            _ptr(u),
            _ptr(recurrent),
            _ptr(bias),
            _ptr(offset),
            len(offset) - 1,
            recurrent.shape[1],
            _ptr(c),
            _ptr(dh),
            _ptr(du),
            _ptr(drec),
            _ptr(dbias),
        )
        return du, drec, dbias, None


class AdamW:
    def __init__(self, named, beta1=0.9, beta2=0.98, epsilon=1e-8, decay=0.01):
        self.named = list(named)
        self.state = [(torch.zeros_like(p.data), torch.zeros_like(p.data)) for _, p in self.named]
        self.beta1, self.beta2, self.epsilon, self.decay, self.step_count = beta1, beta2, epsilon, decay, 0

    def step(self, rate, clip_norm):
        self.step_count += 1
        norm = float(sum(p.grad.pow(2).sum() for _, p in self.named if p.grad is not None)) ** 0.5
        clip = min(1.0, clip_norm / (norm + 1e-6))
        real = ctypes.c_float
        for (name, p), (m, v) in zip(self.named, self.state):
            if p.grad is None:
                continue
            lazy = name.startswith("embed.")
            rows, dim = (p.shape[0], p.numel() // p.shape[0]) if p.dim() > 1 else (1, p.numel())
            decay = self.decay if p.dim() > 1 and not lazy else 0.0
            _LIB.adamw(
                _ptr(p.data),
                _ptr(p.grad.contiguous()),
                _ptr(m),
                _ptr(v),
                ctypes.c_long(rows),
                ctypes.c_long(dim),
                real(rate),
                real(self.beta1),
                real(self.beta2),
                real(self.epsilon),
                real(decay),
                real(1 / (1 - self.beta1**self.step_count)),
                real(1 / (1 - self.beta2**self.step_count)),
                real(clip),
                ctypes.c_int(lazy),
            )
        return norm
