// SPDX-License-Identifier: Apache-2.0
// Every word takes one head, and a constant added to all scores of a word changes no comparison, so the scores are used
// without the softmax that the format's text speaks of. Tests: decode_test.cc.
#include "casus/language/decode.h"

#include <algorithm>
#include <limits>

#include "casus/base/utf8.h"

namespace casus::detail {

namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();
constexpr std::uint32_t kNone = UINT32_MAX;

// The nodes of one cycle of `heads`, or none. heads[root] is kNone.
std::vector<std::uint32_t> find_cycle(const std::vector<std::uint32_t>& heads) {
  std::vector<std::uint8_t> state(heads.size(), 0);
  for (std::uint32_t start = 0; start < heads.size(); ++start) {
    std::vector<std::uint32_t> path;
    std::uint32_t node = start;
    while (node != kNone && state[node] == 0) {
      state[node] = 1;
      path.push_back(node);
      node = heads[node];
    }
    if (node != kNone && state[node] == 1) {
      path.erase(path.begin(), std::find(path.begin(), path.end(), node));
      return path;
    }
    for (const std::uint32_t word : path) state[word] = 2;
  }
  return {};
}

// Weights of dependent × head over the nodes that are left.
struct Graph {
  std::size_t size = 0;
  std::vector<double> weights;
  double& at(std::size_t dependent, std::size_t head) { return weights[dependent * size + head]; }
};

std::vector<std::uint32_t> best_heads(Graph& graph, std::uint32_t root) {
  std::vector<std::uint32_t> heads(graph.size, kNone);
  for (std::uint32_t i = 0; i < graph.size; ++i) {
    if (i == root) continue;
    for (std::uint32_t j = 0; j < graph.size; ++j) {
      if (j != i && (heads[i] == kNone || graph.at(i, j) > graph.at(i, heads[i]))) heads[i] = j;
    }
  }
  return heads;
}

// What a contraction needs to be undone.
struct Contraction {
  std::vector<std::uint32_t> cycle, outside;  // nodes of the larger graph
  std::vector<std::uint32_t> heads;           // its best heads
  std::vector<std::uint32_t> enter,
      leave;  // per outside node: which node of the cycle it enters as head, leaves as dependent
};

// The cycle becomes one node, the last.
Graph contract(Graph& graph, Contraction& step) {
  std::vector<bool> inside(graph.size, false);
  for (const std::uint32_t node : step.cycle) inside[node] = true;
  for (std::uint32_t node = 0; node < graph.size; ++node) {
    if (!inside[node]) step.outside.push_back(node);
  }
  const std::size_t n = step.outside.size();
  Graph small{n + 1, std::vector<double>((n + 1) * (n + 1), kNever)};
  step.enter.resize(n);
  step.leave.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint32_t other = step.outside[i];
    for (std::size_t j = 0; j < n; ++j) small.at(i, j) = graph.at(other, step.outside[j]);
    for (const std::uint32_t node : step.cycle) {
      const double gain = graph.at(node, other) - graph.at(node, step.heads[node]);
      if (gain > small.at(n, i) || node == step.cycle.front()) {
        small.at(n, i) = gain;
        step.enter[i] = node;
      }
      if (graph.at(other, node) > small.at(i, n) || node == step.cycle.front()) {
        small.at(i, n) = graph.at(other, node);
        step.leave[i] = node;
      }
    }
  }
  return small;
}

// Chu-Liu/Edmonds without recursion: contract while there is a cycle, then open the contractions from the last to the
// first.
std::vector<std::uint32_t> arborescence(Graph graph, std::uint32_t root) {
  std::vector<Contraction> steps;
  std::vector<std::uint32_t> heads = best_heads(graph, root);
  for (std::vector<std::uint32_t> cycle = find_cycle(heads); !cycle.empty(); cycle = find_cycle(heads)) {
    Contraction step;
    step.cycle = std::move(cycle);
    step.heads = std::move(heads);
    graph = contract(graph, step);
    const auto where = std::find(step.outside.begin(), step.outside.end(), root);
    root = static_cast<std::uint32_t>(where - step.outside.begin());
    steps.push_back(std::move(step));
    heads = best_heads(graph, root);
  }
  while (!steps.empty()) {
    const Contraction& step = steps.back();
    const auto joined = static_cast<std::uint32_t>(step.outside.size());
    std::vector<std::uint32_t> larger = step.heads;
    for (std::uint32_t i = 0; i < joined; ++i) {
      larger[step.outside[i]] = heads[i] == kNone ? kNone : heads[i] == joined ? step.leave[i] : step.outside[heads[i]];
    }
    larger[step.enter[heads[joined]]] = step.outside[heads[joined]];
    heads = std::move(larger);
    steps.pop_back();
  }
  return heads;
}

}  // namespace

std::vector<std::uint32_t> decode_tree(std::span<const float> scores, std::size_t n, std::size_t stride) {
  const auto score = [&](std::size_t i, std::size_t j) { return scores[i * stride + j]; };
  std::vector<std::uint32_t> best(n, 0), inner(n, kNone);  // best of all heads; best word as head, counted from 0
  std::size_t roots = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::uint32_t j = 0; j < n; ++j) {
      if (j == i) continue;
      if (inner[i] == kNone || score(i, j + 1) > score(i, inner[i] + 1)) inner[i] = j;
    }
    best[i] = inner[i] != kNone && score(i, inner[i] + 1) > score(i, 0) ? inner[i] + 1 : 0;
    roots += best[i] == 0;
  }
  if (n == 1) return best;
  std::vector<std::uint32_t> plain(n);
  if (roots == 1) {
    for (std::size_t i = 0; i < n; ++i) plain[i] = best[i] == 0 ? kNone : best[i] - 1;
    if (find_cycle(plain).empty()) return best;
  }
  std::size_t root = 0;
  for (std::size_t i = 1; i < n; ++i) {
    if (score(i, 0) - score(i, inner[i] + 1) > score(root, 0) - score(root, inner[root] + 1)) root = i;
  }
  plain = inner;
  plain[root] = kNone;
  if (!find_cycle(plain).empty()) {
    Graph graph{n, std::vector<double>(n * n, kNever)};
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        if (i != j) graph.at(i, j) = score(i, j + 1);
      }
    }
    plain = arborescence(std::move(graph), static_cast<std::uint32_t>(root));
  }
  for (std::size_t i = 0; i < n; ++i) best[i] = plain[i] == kNone ? 0 : plain[i] + 1;
  return best;
}

std::vector<std::uint32_t> decode_names(std::span<const float> emissions, std::size_t words, std::size_t stride,
                                        std::size_t tags, std::span<const float> transition) {
  std::vector<std::uint32_t> path(words);
  if (words == 0) return path;
  std::vector<double> best(tags), next(tags);
  std::vector<std::uint32_t> back(words * tags, 0);
  for (std::size_t t = 0; t < tags; ++t) best[t] = double{emissions[t]} + double{transition[tags * tags + t]};
  for (std::size_t w = 1; w < words; ++w) {
    for (std::size_t t = 0; t < tags; ++t) {
      double top = best[0] + double{transition[t]};
      for (std::uint32_t from = 1; from < tags; ++from) {
        const double step = best[from] + double{transition[from * tags + t]};
        if (step > top) {
          top = step;
          back[w * tags + t] = from;
        }
      }
      next[t] = top + double{emissions[w * stride + t]};
    }
    std::swap(best, next);
  }
  path[words - 1] = static_cast<std::uint32_t>(std::max_element(best.begin(), best.end()) - best.begin());
  for (std::size_t w = words - 1; w-- > 0;) path[w] = back[(w + 1) * tags + path[w + 1]];
  return path;
}

std::string apply_lemma(const LemmaScript& script, std::string_view form, bool lower) {
  if (script.replace) return script.prefix.empty() ? std::string(form) : script.prefix;
  std::string base = lower ? to_lower(form) : std::string(form);
  if (script.cut_front == 0 && script.cut_back == 0 && script.prefix.empty() && script.suffix.empty()) return base;
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
  std::size_t first = 0, last = base.size();
  for (std::uint32_t i = 0; i < script.cut_front; ++i) {
    if (first >= last) return base;
    for (++first; first < last && continues(base[first]);) ++first;
  }
  for (std::uint32_t i = 0; i < script.cut_back; ++i) {
    if (first >= last) return base;
    for (--last; last > first && continues(base[last]);) --last;
  }
  std::string lemma = script.prefix + base.substr(first, last - first) + script.suffix;
  return lemma.empty() ? std::string(form) : lemma;
}

}  // namespace casus::detail
