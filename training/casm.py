# SPDX-License-Identifier: Apache-2.0
"""Writes and reads the container of docs/format-casm.md, section 1."""

import hashlib
import json
import struct

import numpy as np

MAGIC, VERSION, HEADER, ENTRY = b"CASM", 1, 64, 96
F32, S8 = 1, 2


def _aligned(offset, step):
    return (offset + step - 1) // step * step


def write(path, manifest, tensors):
    """tensors: name -> f32 array, or (s8 array, f32 scale per row)"""
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")
    table_at = _aligned(HEADER + len(text), 8)
    end = table_at + ENTRY * len(tensors)
    entries, payloads = [], []

    def place(data):
        nonlocal end
        at = _aligned(end, 64)
        payloads.append((at, data))
        end = at + len(data)
        return at

    for name, value in tensors.items():
        array, scale = value if isinstance(value, tuple) else (value, None)
        array = np.ascontiguousarray(array, dtype="<f4" if scale is None else np.int8)
        assert 1 <= array.ndim <= 2 and len(name) < 48, name
        dims = list(array.shape) + [1] * (4 - array.ndim)
        at = place(array.tobytes())
        scale_at = 0 if scale is None else place(np.ascontiguousarray(scale, dtype="<f4").tobytes())
        entries.append(
            struct.pack(
                "<48sII4IQQQ",
                name.encode("ascii"),
                F32 if scale is None else S8,
                array.ndim,
                *dims,
                at,
                array.nbytes,
                scale_at,
            )
        )
    body = bytearray(end - HEADER)
    body[: len(text)] = text
    body[table_at - HEADER : table_at - HEADER + ENTRY * len(entries)] = b"".join(entries)
    for at, data in payloads:
        body[at - HEADER : at - HEADER + len(data)] = data
    header = struct.pack("<4sIQIIQ", MAGIC, VERSION, len(text), len(entries), 0, end) + hashlib.sha256(body).digest()
    with open(path, "wb") as out:
        out.write(header + bytes(body))
    return end


def read(path):
    """(manifest, name -> f32 array with scales multiplied in)"""
    manifest, tensors = read_raw(path)
    for name, value in tensors.items():
        if isinstance(value, tuple):
            tensors[name] = value[0].astype(np.float32) * value[1][:, None]
    return manifest, tensors


def read_raw(path):
    """(manifest, name -> f32 array, or (s8 array, f32 scale per row)), as `write` takes them"""
    data = open(path, "rb").read()
    magic, version, manifest_bytes, count, _, total = struct.unpack_from("<4sIQIIQ", data)
    if (
        magic != MAGIC
        or version != VERSION
        or total != len(data)
        or hashlib.sha256(data[HEADER:]).digest() != data[32:64]
    ):
        raise ValueError(f"{path}: not a whole .casm file of version {VERSION}")
    manifest = json.loads(data[HEADER : HEADER + manifest_bytes])
    tensors, table_at = {}, _aligned(HEADER + manifest_bytes, 8)
    for i in range(count):
        name, dtype, rank, *rest = struct.unpack_from("<48sII4IQQQ", data, table_at + ENTRY * i)
        dims, (at, size, scale_at) = rest[:rank], rest[4:]
        if dtype == F32:
            array = np.frombuffer(data, "<f4", size // 4, at).reshape(dims)
        else:
            scale = np.frombuffer(data, "<f4", dims[0], scale_at)
            array = (np.frombuffer(data, np.int8, size, at).reshape(dims), scale)
        tensors[name.rstrip(b"\0").decode("ascii")] = array
    return manifest, tensors
