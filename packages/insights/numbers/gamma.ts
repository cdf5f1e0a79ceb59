/** Functions around Euler's gamma, for arguments above zero; double precision unless said otherwise. */

// Coefficients of Lanczos' series for g = 7, n = 9 (Godfrey, 2001); relative error below 1e-15 for x >= 0.5.
const LANCZOS_G = 7
const lanczos = [
  0.999_999_999_999_809_93, 676.520_368_121_885_1, -1259.139_216_722_402_8, 771.323_428_777_653_13,
  -176.615_029_162_140_59, 12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_571_6e-6,
  1.505_632_735_149_311_6e-7,
]
const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI)

/** ln Γ(x), x > 0. */
export function logGamma(x: number): number {
  // Γ(x) = Γ(x + 1) / x keeps small arguments inside the series' range.
  if (x < 0.5) return logGamma(x + 1) - Math.log(x)
  const z = x - 1
  let series = lanczos[0] ?? 0
  for (let i = 1; i < lanczos.length; i++) series += (lanczos[i] ?? 0) / (z + i)
  const t = z + LANCZOS_G + 0.5
  return HALF_LOG_TWO_PI + (z + 0.5) * Math.log(t) - t + Math.log(series)
}

/** ψ(x) = d ln Γ(x) / dx, x > 0: recurrence up to 8, then the asymptotic series (Abramowitz & Stegun 6.3.5, 6.3.18). */
export function digamma(x: number): number {
  let shifted = x
  let sum = 0
  while (shifted < 8) {
    sum -= 1 / shifted
    shifted += 1
  }
  const inverse = 1 / shifted
  const square = inverse * inverse
  const tail =
    square *
    (1 / 12 -
      square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square * (1 / 132 - (square * 691) / 32_760)))))
  return sum + Math.log(shifted) - 0.5 * inverse - tail
}

// From here on four terms of Stirling's series reach 1e-15.
const STIRLING_FROM = 20

/**
 * ln Γ(z + by) - ln Γ(z), z > 0, by >= 0: what a likelihood asks for. Of a large `z` both are large and nearly the same, so their
 * difference is taken term by term of Stirling's series (Abramowitz & Stegun 6.1.41).
 */
export function logGammaRise(z: number, by: number): number {
  if (z < STIRLING_FROM) return logGamma(z + by) - logGamma(z)
  return (z - 0.5) * Math.log1p(by / z) + by * (Math.log(z + by) - 1) + stirlingTail(z + by) - stirlingTail(z)
}

function stirlingTail(z: number): number {
  const square = 1 / (z * z)
  return (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / z
}

/** ψ(z + by) - ψ(z), z > 0, by >= 0: the slope of the rise, in the same way (6.3.18). */
export function digammaRise(z: number, by: number): number {
  if (z < STIRLING_FROM) return digamma(z + by) - digamma(z)
  return Math.log1p(by / z) + (0.5 * by) / (z * (z + by)) + digammaTail(z) - digammaTail(z + by)
}

function digammaTail(z: number): number {
  const square = 1 / (z * z)
  return square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square / 240)))
}

/** ln B(a, b). */
export function logBeta(a: number, b: number): number {
  const [smaller, larger] = a < b ? [a, b] : [b, a]
  return logGamma(smaller) - logGammaRise(larger, smaller)
}

/** ln(e^a + e^b) without leaving the range of a double. */
export function logSum(a: number, b: number): number {
  const [larger, smaller] = a > b ? [a, b] : [b, a]
  return smaller === Number.NEGATIVE_INFINITY ? larger : larger + Math.log1p(Math.exp(smaller - larger))
}
