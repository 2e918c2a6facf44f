# SPDX-License-Identifier: Apache-2.0
"""From scores to one tree and one sequence of names (docs/format-casm.md, section 5)."""

import numpy as np

FORBIDDEN = -10000.0


def log_softmax(scores):
    top = scores.max(axis=-1, keepdims=True)
    return scores - top - np.log(np.exp(scores - top).sum(axis=-1, keepdims=True))


def find_cycle(heads):
    """heads[0] is ignored; the words of one cycle, or None."""
    state = [0] * len(heads)
    for start in range(1, len(heads)):
        path, node = [], start
        while node > 0 and state[node] == 0:
            state[node] = 1
            path.append(node)
            node = heads[node]
        if node > 0 and state[node] == 1:
            return path[path.index(node) :]
        for word in path:
            state[word] = 2
    return None


def arborescence(weights, root):
    """Chu-Liu/Edmonds: weights[d, h]; the best tree in which every node but `root` has one head."""
    size = len(weights)
    weights = weights.copy()
    np.fill_diagonal(weights, -np.inf)
    heads = weights.argmax(axis=1)
    heads[root] = -1
    cycle = _cycle_towards(heads, root)
    if cycle is None:
        return heads
    inside = np.zeros(size, dtype=bool)
    inside[cycle] = True
    outside = np.nonzero(~inside)[0]
    new = len(outside)
    small = np.full((new + 1, new + 1), -np.inf)
    small[:new, :new] = weights[np.ix_(outside, outside)]
    kept = weights[cycle, heads[cycle]]
    enter_gain = weights[np.ix_(cycle, outside)] - kept[:, None]
    enter, leave = enter_gain.argmax(axis=0), weights[np.ix_(outside, cycle)].argmax(axis=1)
    small[new, :new] = enter_gain.max(axis=0)
    small[:new, new] = weights[np.ix_(outside, cycle)].max(axis=1)
    where = int(np.nonzero(outside == root)[0][0])
    inner = arborescence(small, where)
    result = heads.copy()
    for i, word in enumerate(outside):
        if i != where:
            result[word] = cycle[leave[i]] if inner[i] == new else outside[inner[i]]
    result[root] = -1
    result[cycle[enter[inner[new]]]] = outside[inner[new]]
    return result


def _cycle_towards(heads, root):
    state = np.zeros(len(heads), dtype=int)
    for start in range(len(heads)):
        path, node = [], start
        while node != root and node >= 0 and state[node] == 0:
            state[node] = 1
            path.append(node)
            node = heads[node]
        if node != root and node >= 0 and state[node] == 1:
            return np.array(path[path.index(node) :])
        for word in path:
            state[word] = 2
    return None


def tree(scores):
    """scores[i - 1, j] of dependent i = 1…n and head j = 0…n, forbidden pairs very low -> heads[1…n]."""
    n = len(scores)
    p = log_softmax(scores.astype(np.float64))
    heads = np.concatenate([[0], p.argmax(axis=1)])
    if (heads[1:] == 0).sum() == 1 and find_cycle(heads) is None:
        return heads[1:]
    if n == 1:
        return np.array([0])
    root = int((p[:, 0] - p[:, 1:].max(axis=1)).argmax()) + 1
    q = p.copy()
    q[:, 0] = -np.inf
    heads = np.concatenate([[0], q.argmax(axis=1)])
    heads[root] = 0
    if find_cycle(heads) is None:
        return heads[1:]
    result = arborescence(q[:, 1:], root - 1) + 1
    result[root - 1] = 0
    return result


def names(scores, transition):
    """Viterbi over log-softmax of the scores; transition [tags + 1, tags], last row the start."""
    p = log_softmax(scores.astype(np.float64))
    best, back = p[0] + transition[-1], []
    for row in p[1:]:
        step = best[:, None] + transition[:-1]
        back.append(step.argmax(axis=0))
        best = step.max(axis=0) + row
    tags = [int(best.argmax())]
    for pointers in reversed(back):
        tags.append(int(pointers[tags[-1]]))
    return tags[::-1]


def bio_transition(labels):
    """0 where BIO allows the step, FORBIDDEN where it does not."""
    out = np.zeros((len(labels) + 1, len(labels)), dtype=np.float32)
    for i, previous in enumerate(labels + ["O"]):
        for j, tag in enumerate(labels):
            if tag.startswith("I-") and previous[2:] != tag[2:]:
                out[i, j] = FORBIDDEN
    return out
