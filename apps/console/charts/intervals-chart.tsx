import { useElementSize } from '@mantine/hooks'
import { scaleMarks } from './scale-marks.ts'

export interface Interval {
  readonly label: string
  readonly value: number
  /** Null: it is counted. */
  readonly low: number | null
  readonly high: number | null
  readonly text: string
}

const [rowHeight, narrowRowHeight] = [44, 58]
const [end, dot] = [8, 4]
const scaleHeight = 24
/** Narrower than this a row takes all of it, and what it says stands below it. */
const narrow = 560
const letter = 7

/** What was found, and between which ends the truth lies; zero is marked, since an interval that holds it says nothing for certain. */
export function IntervalsChart({
  intervals,
  textOf,
}: {
  readonly intervals: readonly Interval[]
  /** Of the scale below. */
  readonly textOf: (value: number) => string
}) {
  const { ref, width } = useElementSize<HTMLDivElement>()
  const values = intervals.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value])
  const marks = scaleMarks(Math.min(0, ...values), Math.max(0, ...values))
  const [least = 0, most = 1] = [marks[0], marks.at(-1)]
  const isNarrow = width < narrow
  const step = isNarrow ? narrowRowHeight : rowHeight
  const texts = letter * Math.max(...intervals.map(({ text }) => text.length)) + 20
  const [left, right] = [12, isNarrow ? width - 12 : Math.max(200, width - Math.min(width * 0.5, texts))]
  const xOf = (value: number) => left + ((value - least) / (most - least || 1)) * (right - left)
  const bottom = intervals.length * step
  const everySoMany = Math.max(1, Math.ceil(marks.length / Math.max(2, Math.floor((right - left) / 70))))
  return (
    <div ref={ref} className="chart-place">
      {width === 0 ? (
        <div style={{ height: bottom + scaleHeight }} />
      ) : (
        <svg width={width} height={bottom + scaleHeight} aria-hidden="true">
          {marks.map((mark, index) => (
            <g key={mark}>
              <line
                className={mark === 0 ? 'chart-zero' : 'chart-line'}
                x1={xOf(mark)}
                x2={xOf(mark)}
                y1={0}
                y2={bottom}
              />
              {index % everySoMany === 0 ? (
                <text
                  className="chart-text"
                  x={xOf(mark)}
                  y={bottom + 18}
                  textAnchor={index === 0 ? 'start' : index === marks.length - 1 ? 'end' : 'middle'}
                >
                  {textOf(mark)}
                </text>
              ) : null}
            </g>
          ))}
          {intervals.map(({ label, value, low, high, text }, index) => {
            const y = index * step + 28
            return (
              <g key={label}>
                <rect className="chart-behind" x={left + 6} y={y - 24} width={letter * label.length + 4} height={16} />
                <text className="chart-name" x={left + 8} y={y - 12}>
                  {label}
                </text>
                {low === null || high === null ? null : (
                  <g>
                    <line className="chart-whisker" x1={xOf(low)} x2={xOf(high)} y1={y} y2={y} />
                    {[low, high].map((each) => (
                      <line
                        key={each}
                        className="chart-whisker"
                        x1={xOf(each)}
                        x2={xOf(each)}
                        y1={y - end}
                        y2={y + end}
                      />
                    ))}
                  </g>
                )}
                <rect className="fill-1" x={xOf(value) - dot} y={y - dot} width={2 * dot} height={2 * dot} rx={dot} />
                {isNarrow ? (
                  <rect className="chart-behind" x={left + 6} y={y + 9} width={letter * text.length + 4} height={15} />
                ) : null}
                <text className="chart-text" x={isNarrow ? left + 8 : right + 12} y={isNarrow ? y + 20 : y + 4}>
                  {text}
                </text>
              </g>
            )
          })}
        </svg>
      )}
    </div>
  )
}
