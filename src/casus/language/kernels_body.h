// SPDX-License-Identifier: Apache-2.0
// Included by kernels_<set>.cc, each compiled for its own instruction set. Nothing of the standard library is used here
// but fixed-size integers: an inline function compiled for a newer processor must not replace one that old processors
// run. CASUS_KERNEL_TILE(matrix products of a few rows) and CASUS_KERNEL_NAME come from the includer. Built with
// -ffp-contract=off.

namespace {

float gate(float z) {
  float u = z * 0.5F;
  u = u < -3.0F ? -3.0F : u;
  u = u > 3.0F ? 3.0F : u;
  const float square = u * u;
  return 0.5F + 0.5F * u * (27.0F + square) / (27.0F + 9.0F * square);
}

// e^x for x <= 0 as 2^n times a polynomial of the rest (the minimax coefficients of Cephes 2.2, 1992); 0 below -87.
float exponential(float x) {
  const bool none = !(x > -87.0F);
  x = none ? -87.0F : x;
  const float shifted = x * 1.44269504088896341F - 0.5F;
  const int n = static_cast<int>(shifted);  // rounds x / ln 2, since x <= 0
  const float whole = static_cast<float>(n);
  const float r = x - whole * 0.693359375F - whole * -2.12194440e-4F;
  float p = 1.9875691500e-4F;
  p = p * r + 1.3981999507e-3F;
  p = p * r + 8.3334519073e-3F;
  p = p * r + 4.1665795894e-2F;
  p = p * r + 1.6666665459e-1F;
  p = p * r + 5.0000001201e-1F;
  p = p * r * r + r + 1.0F;
  union {
    int bits;
    float value;
  } power;
  power.bits = (n + 127) << 23;
  return none ? 0.0F : p * power.value;
}

// Lanes are added in one order everywhere.
float add_lanes(const float* lanes) {
  float half[8];
  for (int i = 0; i < 8; ++i) half[i] = lanes[i] + lanes[i + 8];
  for (int i = 0; i < 4; ++i) half[i] += half[i + 4];
  return (half[0] + half[2]) + (half[1] + half[3]);
}

// The largest of n values and `least`; the order does not matter.
float greatest(const float* row, std::size_t n, float least) {
  float lanes[kLanes];
  for (std::size_t l = 0; l < kLanes; ++l) lanes[l] = least;
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    for (std::size_t l = 0; l < kLanes; ++l) lanes[l] = row[i + l] > lanes[l] ? row[i + l] : lanes[l];
  }
  float top = least;
  for (std::size_t l = 0; l < kLanes; ++l) top = lanes[l] > top ? lanes[l] : top;
  for (; i < n; ++i) top = row[i] > top ? row[i] : top;
  return top;
}

float least_of(const float* row, std::size_t n, float most) {
  float lanes[kLanes];
  for (std::size_t l = 0; l < kLanes; ++l) lanes[l] = most;
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    for (std::size_t l = 0; l < kLanes; ++l) lanes[l] = row[i + l] < lanes[l] ? row[i + l] : lanes[l];
  }
  float low = most;
  for (std::size_t l = 0; l < kLanes; ++l) low = lanes[l] < low ? lanes[l] : low;
  for (; i < n; ++i) low = row[i] < low ? row[i] : low;
  return low;
}

std::uint32_t best(const float* row, std::size_t n) {
  const float top = greatest(row, n, -3e38F);
  std::uint32_t at = 0;
  while (at + 1 < n && row[at] < top) ++at;
  return at;
}

void quantise(const float* row, std::size_t n, std::int16_t* out, float* scale) {
  const float low = -least_of(row, n, 0.0F);
  float top = greatest(row, n, 0.0F);
  top = low > top ? low : top;
  // A row of zeros, or of values too small to divide by, is zero.
  if (!(top > 1e-30F)) top = 1e-30F;
  *scale = top / 32767.0F;
  const float factor = 32767.0F / top;
  for (std::size_t i = 0; i < n; ++i) {
    float v = row[i] * factor;
    v = v > -32767.0F ? v : -32767.0F;  // not-a-number too
    v = v < 32767.0F ? v : 32767.0F;
    out[i] = static_cast<std::int16_t>(static_cast<int>(v + (v < 0.0F ? -0.5F : 0.5F)));
  }
}

template <int Rows>
void product_rows(const std::int16_t* a, const float* a_scales, const PackedMatrix& m, std::size_t block, float* out,
                  std::size_t stride) {
  std::int32_t sums[Rows * kOutputBlock];
  tile<Rows>(a, m.inputs, m.values + block * m.inputs, sums);
  for (int r = 0; r < Rows; ++r) {
    const float row_scale = a_scales[r];
    float* to = out + static_cast<std::size_t>(r) * stride + block;
    const std::int32_t* from = sums + static_cast<std::size_t>(r) * kOutputBlock;
    for (std::size_t o = 0; o < kOutputBlock; ++o) {
      to[o] = static_cast<float>(from[o]) * (row_scale * m.scales[block + o]) + m.bias[block + o];
    }
  }
}

void product(const std::int16_t* a, const float* a_scales, std::size_t rows, const PackedMatrix& m, float* out,
             std::size_t stride) {
  for (std::size_t block = 0; block < m.outputs; block += kOutputBlock) {
    std::size_t r = 0;
    for (; r + kTileRows <= rows; r += kTileRows) {
      product_rows<kTileRows>(a + r * m.inputs, a_scales + r, m, block, out + r * stride, stride);
    }
    for (; r < rows; ++r) product_rows<1>(a + r * m.inputs, a_scales + r, m, block, out + r * stride, stride);
  }
}

void scan(const float* u, std::size_t words, std::size_t hidden, bool backwards, const ScanWeights& w,
          float* __restrict state, float* h) {
  for (std::size_t j = 0; j < hidden; ++j) state[j] = 0.0F;
  for (std::size_t k = 0; k < words; ++k) {
    const std::size_t word = backwards ? words - 1 - k : k;
    const float* __restrict x = u + word * 8 * hidden;
    float* __restrict out = h + word * 2 * hidden;
    for (std::size_t j = 0; j < hidden; ++j) {
      const float before = state[j];
      const float f = gate(x[hidden + j] + w.forget[j] * before + w.forget_bias[j]);
      const float r = gate(x[2 * hidden + j] + w.reset[j] * before + w.reset_bias[j]);
      const float now = f * before + (1.0F - f) * x[j];
      state[j] = now;
      out[j] = r * now + (1.0F - r) * x[3 * hidden + j];
    }
  }
}

void layer_norm(float* __restrict row, std::size_t n, const float* gain, const float* bias, float epsilon) {
  float lanes[kLanes] = {};
  for (std::size_t i = 0; i < n; i += kLanes) {
    for (std::size_t l = 0; l < kLanes; ++l) lanes[l] += row[i + l];
  }
  const float mean = add_lanes(lanes) / static_cast<float>(n);
  for (std::size_t l = 0; l < kLanes; ++l) lanes[l] = 0.0F;
  for (std::size_t i = 0; i < n; i += kLanes) {
    for (std::size_t l = 0; l < kLanes; ++l) lanes[l] += (row[i + l] - mean) * (row[i + l] - mean);
  }
  const float deviation = __builtin_sqrtf(add_lanes(lanes) / static_cast<float>(n) + epsilon);
  for (std::size_t i = 0; i < n; ++i) row[i] = (row[i] - mean) / deviation * gain[i] + bias[i];
}

void maxout(const float* z, std::size_t n, float* out) {
  for (std::size_t i = 0; i < n; ++i) out[i] = z[2 * i] > z[2 * i + 1] ? z[2 * i] : z[2 * i + 1];
}

void relu(float* row, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) row[i] = row[i] > 0.0F ? row[i] : 0.0F;
}

void add_row(float* __restrict out, const std::int8_t* row, float scale, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) out[i] += scale * static_cast<float>(row[i]);
}

void arc_scores(const float* q, std::size_t dependents, std::size_t dim, const float* heads, std::size_t stride,
                float* scores) {
  for (std::size_t i = 0; i < dependents; ++i) {
    for (std::size_t first = 0; first < stride; first += kLanes) {
      float lanes[kLanes] = {};
      for (std::size_t k = 0; k < dim; ++k) {
        const float weight = q[i * dim + k];
        for (std::size_t l = 0; l < kLanes; ++l) lanes[l] += weight * heads[k * stride + first + l];
      }
      for (std::size_t l = 0; l < kLanes; ++l) scores[i * stride + first + l] = lanes[l];
    }
  }
}

float sum_exp(const float* row, std::size_t n, float top, float factor) {
  float lanes[kLanes] = {};
  for (std::size_t i = 0; i < n; i += kLanes) {
    for (std::size_t l = 0; l < kLanes; ++l) lanes[l] += exponential((row[i + l] - top) * factor);
  }
  return add_lanes(lanes);
}

}  // namespace

extern const Kernels CASUS_KERNEL_NAME;
const Kernels CASUS_KERNEL_NAME = {CASUS_KERNEL_LABEL, quantise, product,     scan, layer_norm, maxout, relu, add_row,
                                   arc_scores,         sum_exp,  exponential, best};
