import { useElementSize } from '@mantine/hooks'
import { scaleMarks } from './scale-marks.ts'

export interface Line {
  readonly label: string
  readonly values: readonly number[]
}

const height = 220
const [top, bottom] = [12, 26]
/** Of a letter at 12 pixels, on the safe side: what is measured nowhere must not be cut off. */
const letter = 7
/** Two labels at the end of lines that end together stand below each other. */
const labelStep = 16

/** One line for each series, named at its end; the first is what the others are compared with. The figures stand in the table below. */
export function LinesChart({
  points,
  lines,
  textOf,
}: {
  readonly points: readonly string[]
  readonly lines: readonly Line[]
  readonly textOf: (value: number) => string
}) {
  const { ref, width } = useElementSize<HTMLDivElement>()
  const values = lines.flatMap((line) => line.values)
  const marks = scaleMarks(Math.min(0, ...values), Math.max(0, ...values))
  const [least = 0, most = 1] = [marks[0], marks.at(-1)]
  const left = letter * Math.max(...marks.map((mark) => textOf(mark).length)) + 12
  const right = width - Math.min(140, letter * Math.max(...lines.map(({ label }) => label.length)) + 12)
  const xOf = (index: number) => left + (points.length < 2 ? 0.5 : index / (points.length - 1)) * (right - left)
  const yOf = (value: number) => top + (height - top - bottom) * (1 - (value - least) / (most - least || 1))
  const everySoMany = Math.max(1, Math.ceil(points.length / Math.max(2, Math.floor((right - left) / 80))))
  const ends = apart(lines.map((line) => yOf(line.values.at(-1) ?? 0) + 4))
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
          {lines.map(({ label, values: own }, series) => (
            <g key={label}>
              <path
                className={`chart-series series-${series}`}
                d={own.map((value, index) => `${index === 0 ? 'M' : 'L'}${xOf(index)},${yOf(value)}`).join('')}
              />
              <text className="chart-name" x={right + 8} y={ends[series]}>
                {label}
              </text>
            </g>
          ))}
        </svg>
      )}
    </div>
  )
}

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
