/** One line of what `npm run bench` found. */
export interface Figure {
  readonly id: string
  readonly what: string
  readonly value: number
  readonly unit: string
  /** What it is held against, measured in the same run; null where the goal stands alone. */
  readonly baseline: number | null
  readonly ratio: number | null
  /** As the goal is written: `>= 2`, `< 50`. It is about the ratio where there is one, else about the value. */
  readonly goal: string
  readonly met: boolean
  /** What else a reader needs to judge the number. */
  readonly note?: string
}

export function figure(
  id: string,
  what: string,
  unit: string,
  goal: string,
  value: number,
  baseline: number | null = null,
  note?: string,
): Figure {
  const ratio = baseline === null ? null : value / baseline
  return {
    ...{ id, what, value: rounded(value), unit, baseline: baseline === null ? null : rounded(baseline) },
    ...{ ratio: ratio === null ? null : rounded(ratio), goal, met: meets(goal, ratio ?? value) },
    ...(note === undefined ? {} : { note }),
  }
}

function meets(goal: string, value: number): boolean {
  const [, sign, bound] = /^(>=|<=|<|>) ([\d.]+)$/.exec(goal) ?? []
  const limit = Number(bound)
  switch (sign) {
    case '>=':
      return value >= limit
    case '<=':
      return value <= limit
    case '<':
      return value < limit
    case '>':
      return value > limit
    default:
      throw new Error(`"${goal}" is no goal`)
  }
}

/** Machines are noisy: more than three digits would pretend. */
const rounded = (value: number): number => Number(value.toPrecision(value >= 1000 ? 4 : 3))

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

export function tableOf(figures: readonly Figure[]): string {
  const heads = ['id', 'what', 'value', 'baseline', 'ratio', 'goal', 'met']
  const rows = figures.map((found) => [
    found.id,
    found.what,
    `${found.value} ${found.unit}`,
    found.baseline === null ? '' : String(found.baseline),
    found.ratio === null ? '' : `${found.ratio}x`,
    found.goal,
    found.met ? 'yes' : 'NO',
  ])
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')
  const notes = figures.flatMap(({ id, note }) => (note === undefined ? [] : [`${id}: ${note}`]))
  return [line(heads), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line), '', ...notes].join('\n')
}
