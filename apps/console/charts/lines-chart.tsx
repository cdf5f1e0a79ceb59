import { useElementSize } from '@mantine/hooks'
import { scaleMarks } from './scale-marks.ts'

type Values = readonly (number | null)[]

export interface Line {
  readonly label: string
  /** Null: there is none, and the line is broken there. */
  readonly values: Values
  /** Between which the truth lies, drawn as a band. */
  readonly between?: { readonly low: Values; readonly high: Values }
}

const height = 220
const [top, bottom] = [12, 26]
/** Of a letter at 12 pixels, on the safe side: what is measured nowhere must not be cut off. */
const letter = 7
const boldLetter = 8
/** Two labels at the end of lines that end together stand below each other. */
const labelStep = 16

/**
 * One line for each series, named at its end; of several the first is what the others are compared with. The figures stand in the table
 * below.
 */
export function LinesChart({
  points,
  lines,
  textOf,
  finest,
}: {
  readonly points: readonly string[]
  readonly lines: readonly Line[]
  readonly textOf: (value: number) => string
  /** Marks of the scale stand no nearer than that; 1 where nothing is said. */
  readonly finest?: number
}) {
  const { ref, width } = useElementSize<HTMLDivElement>()
  const values = lines
    .flatMap((line) => [...line.values, ...(line.between?.low ?? []), ...(line.between?.high ?? [])])
    .filter((value) => value !== null)
  const marks = scaleMarks(Math.min(0, ...values), Math.max(0, ...values), finest)
  const [least = 0, most = 1] = [marks[0], marks.at(-1)]
  const left = letter * Math.max(...marks.map((mark) => textOf(mark).length)) + 12
  const right = width - Math.min(150, boldLetter * Math.max(...lines.map(({ label }) => label.length)) + 12)
  const xOf = (index: number) => left + (points.length < 2 ? 0.5 : index / (points.length - 1)) * (right - left)
  const yOf = (value: number) => top + (height - top - bottom) * (1 - (value - least) / (most - least || 1))
  const everySoMany = Math.max(1, Math.ceil(points.length / Math.max(2, Math.floor((right - left) / 80))))
  const ends = apart(lines.map((line) => yOf(line.values.findLast((value) => value !== null) ?? 0) + 4))
  // A line that is alone is compared with nothing.
  const seriesOf = (index: number) => (lines.length === 1 ? 1 : index)
  return (
    <div ref={ref} className="chart-place">
      {width === 0 ? (
        <div style={{ height }} />
      ) : (
        <svg width={width} height={height} aria-hidden="true">
          {marks.map((mark) => (
            <g key={mark}>
              <line className="chart-line" x1={left} x2={right} y1={yOf(mark)} y2={yOf(mark)} />
              <text className="chart-text" x={left - 8} y={yOf(mark) + 4} textAnchor="end">
                {textOf(mark)}
              </text>
            </g>
          ))}
          {points.map((point, index) =>
            index % everySoMany === 0 ? (
              <text key={point} className="chart-text" x={xOf(index)} y={height - 6} textAnchor="middle">
                {point}
              </text>
            ) : null,
          )}
          {lines.map(({ label, values: own, between }, index) => (
            <g key={label}>
              {between === undefined ? null : (
                <path className={`chart-band fill-${seriesOf(index)}`} d={bandOf(between, xOf, yOf)} />
              )}
              <path className={`chart-series series-${seriesOf(index)}`} d={pathOf(own, xOf, yOf)} />
              {alone(own).map((at) => (
                <rect
                  key={at}
                  className={`fill-${seriesOf(index)}`}
                  x={xOf(at) - 3}
                  y={yOf(own[at] ?? 0) - 3}
                  width={6}
                  height={6}
                  rx={3}
                />
              ))}
              <text className="chart-name" x={right + 8} y={ends[index]}>
                {label}
              </text>
            </g>
          ))}
        </svg>
      )}
    </div>
  )
}

type Place = (value: number) => number

function pathOf(values: Values, xOf: Place, yOf: Place): string {
  let isDown = false
  return values
    .map((value, index) => {
      const letter = isDown ? 'L' : 'M'
      isDown = value !== null
      return value === null ? '' : `${letter}${xOf(index)},${yOf(value)}`
    })
    .join('')
}

/** Along the upper end and back along the lower one; what has no ends is left out. */
function bandOf({ low, high }: { readonly low: Values; readonly high: Values }, xOf: Place, yOf: Place): string {
  const known = high.flatMap((end, index) => {
    const other = low[index] ?? null
    return end === null || other === null ? [] : [{ x: xOf(index), high: yOf(end), low: yOf(other) }]
  })
  if (known.length < 2) return ''
  return `M${[...known.map(({ x, high }) => `${x},${high}`), ...known.toReversed().map(({ x, low }) => `${x},${low}`)].join('L')}Z`
}

/** A value with nothing on either side would be no line at all. */
const alone = (values: Values): number[] =>
  values.flatMap((value, index) =>
    value !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null ? [index] : [],
  )

/** Heights in their order, none nearer to the next than a line of text. */
function apart(heights: readonly number[]): number[] {
  const order = heights.map((_, index) => index).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0))
  const moved = [...heights]
  let free = Number.NEGATIVE_INFINITY
  for (const index of order) {
    moved[index] = Math.max(heights[index] ?? 0, free)
    free = (moved[index] ?? 0) + labelStep
  }
  return moved
}
