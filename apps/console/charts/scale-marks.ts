/** Three to six round numbers that hold both ends. `finest`: no two are nearer to each other; counts have no halves. */
export function scaleMarks(least: number, most: number, finest = 1): number[] {
  const raw = Math.max(most - least, finest) / 4
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = Math.max(finest, ([1, 2, 5].find((digit) => digit * power >= raw) ?? 10) * power)
  const [first, last] = [Math.floor(least / step), Math.ceil(most / step)]
  return Array.from({ length: Math.max(1, last - first) + 1 }, (_, index) => (first + index) * step)
}
