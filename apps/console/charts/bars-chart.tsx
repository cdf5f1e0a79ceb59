import { useElementSize } from '@mantine/hooks'
import { Fragment } from 'react'

export interface Bar {
  readonly series: number
  readonly value: number
  /** What comes on top of it, drawn lighter. */
  readonly more?: number
  readonly text: string
  /** Written at the end of what comes on top. */
  readonly mark?: string
}
export interface BarGroup {
  readonly label: string
  /** What it means, beside the label where there is room for both. */
  readonly more?: string
  readonly bars: readonly Bar[]
}

const [labelHeight, barHeight, groupGap] = [22, 10, 10]
/** Narrower than this a bar takes all of it, and what it says stands below it. */
const narrow = 560
const letter = 7
const boldLetter = 8

/** Bars that lie, one group below the other. The figures stand in the table below. */
export function BarsChart({
  groups,
  whole,
  line,
}: {
  readonly groups: readonly BarGroup[]
  /** What a bar that fills all stands for; the greatest of them where nothing is said. */
  readonly whole?: number
  /** A value below which a bar is marked as too short, and what that is called. */
  readonly line?: { readonly at: number; readonly label: string }
}) {
  const { ref, width } = useElementSize<HTMLDivElement>()
  const bars = groups.flatMap((group) => group.bars)
  const most = Math.max(1, whole ?? Math.max(...bars.map(({ value, more = 0 }) => value + more)))
  const texts = letter * Math.max(...bars.map(({ text, mark = '' }) => text.length + mark.length)) + 28
  const isNarrow = width < narrow
  const barStep = isNarrow ? 34 : 20
  const room = isNarrow ? width : Math.max(80, width - Math.min(width * 0.62, texts))
  const xOf = (value: number) => (value / most) * room
  const heights = groups.map((group) => labelHeight + group.bars.length * barStep + groupGap)
  const tops = heights.map((_, index) => heights.slice(0, index).reduce((sum, height) => sum + height, 0))
  const head = line === undefined ? 0 : 20
  const height = head + heights.reduce((sum, each) => sum + each, 0)
  return (
    <div ref={ref} className="chart-place">
      {width === 0 ? (
        <div style={{ height }} />
      ) : (
        <svg width={width} height={height} aria-hidden="true">
          {line === undefined ? null : (
            <g>
              <line className="chart-mark" x1={xOf(line.at)} x2={xOf(line.at)} y1={head} y2={height} />
              <text className="chart-text" x={xOf(line.at) + 4} y={12}>
                {line.label}
              </text>
            </g>
          )}
          {groups.map(({ label, more: meaning, bars: own }, group) => {
            const top = head + (tops[group] ?? 0)
            return (
              <Fragment key={label}>
                <text className="chart-name" x={0} y={top + 14}>
                  {label}
                  {meaning === undefined || boldLetter * (label.length + meaning.length) > width ? null : (
                    <tspan className="chart-meaning">{` ${meaning}`}</tspan>
                  )}
                </text>
                {own.map(({ series, value, more = 0, text, mark }, index) => {
                  const y = top + labelHeight + index * barStep
                  const end = xOf(value + more)
                  return (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a bar is known by its place
                    <g key={index}>
                      <rect className="chart-ground" x={0} y={y} width={room} height={barHeight} rx="3" />
                      {more > 0 ? (
                        <rect
                          className={`chart-more fill-${series}`}
                          x={0}
                          y={y}
                          width={end}
                          height={barHeight}
                          rx="3"
                        />
                      ) : null}
                      <rect
                        className={`fill-${series}`}
                        x={0}
                        y={y}
                        width={Math.max(1, xOf(value))}
                        height={barHeight}
                        rx="3"
                      />
                      {mark === undefined || more === 0 ? null : (
                        <line className="chart-tick" x1={end} x2={end} y1={y - 4} y2={y + barHeight + 4} />
                      )}
                      <text className="chart-text" x={isNarrow ? 0 : room + 10} y={isNarrow ? y + 25 : y + 9}>
                        {mark === undefined ? text : `${text}, ${mark}`}
                      </text>
                    </g>
                  )
                })}
              </Fragment>
            )
          })}
        </svg>
      )}
    </div>
  )
}
