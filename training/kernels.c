// SPDX-License-Identifier: Apache-2.0
// The two loops that are slow in Python: the SRU scan over packed sentences (forwards and backwards in time, and its
// gradient) and AdamW. Built by kernels.py with the system's C compiler. Formulas: docs/format-casm.md, section 4.
#include <math.h>
#include <string.h>

static inline float gate(float z) {
  float u = fminf(fmaxf(0.5f * z, -3.0f), 3.0f), q = u * u;
  return 0.5f + 0.5f * u * (27.0f + q) / (27.0f + 9.0f * q);
}

static inline float gate_slope(float z) {
  float u = fminf(fmaxf(0.5f * z, -3.0f), 3.0f), q = u * u, k = (9.0f - q) / (3.0f * (3.0f + q));
  return 0.25f * k * k;
}

// u [words × 2 × 4 × hidden], rec and bias [4 × hidden], offset [sentences + 1]; h and c [words × 2 × hidden].
void sru_forward(const float* u, const float* rec, const float* bias, const int* offset, int sentences, int hidden,
                 float* h, float* c) {
  float zero[1024];
  memset(zero, 0, sizeof zero);
  for (int s = 0; s < sentences; ++s)
    for (int d = 0; d < 2; ++d) {
      const float *vf = rec + 2 * d * hidden, *vr = vf + hidden, *bf = bias + 2 * d * hidden, *br = bf + hidden;
      const float* before = zero;
      int n = offset[s + 1] - offset[s];
      for (int k = 0; k < n; ++k) {
        long w = d == 0 ? offset[s] + k : offset[s + 1] - 1 - k;
        const float* x = u + (w * 2 + d) * 4 * hidden;
        float *hw = h + (w * 2 + d) * hidden, *cw = c + (w * 2 + d) * hidden;
        for (int j = 0; j < hidden; ++j) {
          float p = before[j];
          float f = gate(x[hidden + j] + vf[j] * p + bf[j]), r = gate(x[2 * hidden + j] + vr[j] * p + br[j]);
          float now = f * p + (1.0f - f) * x[j];
          cw[j] = now;
          hw[j] = r * now + (1.0f - r) * x[3 * hidden + j];
        }
        before = cw;
      }
    }
}

void sru_backward(const float* u, const float* rec, const float* bias, const int* offset, int sentences, int hidden,
                  const float* c, const float* dh, float* du, float* drec, float* dbias) {
  float zero[1024], carry[1024];
  memset(zero, 0, sizeof zero);
  for (int s = 0; s < sentences; ++s)
    for (int d = 0; d < 2; ++d) {
      const float *vf = rec + 2 * d * hidden, *vr = vf + hidden, *bf = bias + 2 * d * hidden, *br = bf + hidden;
      float *dvf = drec + 2 * d * hidden, *dvr = dvf + hidden, *dbf = dbias + 2 * d * hidden, *dbr = dbf + hidden;
      memset(carry, 0, sizeof carry);
      int n = offset[s + 1] - offset[s];
      for (int k = n - 1; k >= 0; --k) {
        long w = d == 0 ? offset[s] + k : offset[s + 1] - 1 - k, last = d == 0 ? w - 1 : w + 1;
        const float *x = u + (w * 2 + d) * 4 * hidden, *g = dh + (w * 2 + d) * hidden, *cw = c + (w * 2 + d) * hidden;
        const float* before = k == 0 ? zero : c + (last * 2 + d) * hidden;
        float* dx = du + (w * 2 + d) * 4 * hidden;
        for (int j = 0; j < hidden; ++j) {
          float p = before[j], zf = x[hidden + j] + vf[j] * p + bf[j], zr = x[2 * hidden + j] + vr[j] * p + br[j];
          float f = gate(zf), r = gate(zr);
          float dzr = g[j] * (cw[j] - x[3 * hidden + j]) * gate_slope(zr);
          float dc = carry[j] + g[j] * r;
          float dzf = dc * (p - x[j]) * gate_slope(zf);
          dx[j] = dc * (1.0f - f);
          dx[hidden + j] = dzf;
          dx[2 * hidden + j] = dzr;
          dx[3 * hidden + j] = g[j] * (1.0f - r);
          dvf[j] += dzf * p;
          dvr[j] += dzr * p;
          dbf[j] += dzf;
          dbr[j] += dzr;
          carry[j] = dc * f + dzf * vf[j] + dzr * vr[j];
        }
      }
    }
}

// Rows without any gradient are left alone when `lazy` is set (embedding tables).
void adamw(float* p, const float* g, float* m, float* v, long rows, long dim, float rate, float beta1, float beta2,
           float epsilon, float decay, float correct1, float correct2, float clip, int lazy) {
  for (long i = 0; i < rows; ++i, p += dim, g += dim, m += dim, v += dim) {
    if (lazy) {
      float any = 0.0f;
      for (long j = 0; j < dim; ++j) any += fabsf(g[j]);
      if (any == 0.0f) continue;
    }
    for (long j = 0; j < dim; ++j) {
      float x = g[j] * clip;
      m[j] = beta1 * m[j] + (1.0f - beta1) * x;
      v[j] = beta2 * v[j] + (1.0f - beta2) * x * x;
      p[j] -= rate * (m[j] * correct1 / (sqrtf(v[j] * correct2) + epsilon) + decay * p[j]);
    }
  }
}
