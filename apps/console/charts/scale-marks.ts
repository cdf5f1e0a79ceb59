/** Three to six round numbers that hold both ends. */
export function scaleMarks(least: number, most: number): number[] {
  const raw = Math.max(most - least, 1) / 4
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = Math.max(1, ([1, 2, 5].find((digit) => digit * power >= raw) ?? 10) * power)
  const [first, last] = [Math.floor(least / step), Math.ceil(most / step)]
  return Array.from({ length: Math.max(1, last - first) + 1 }, (_, index) => (first + index) * step)
}
