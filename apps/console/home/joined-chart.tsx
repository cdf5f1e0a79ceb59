import type { FiguresAnswer } from '@laurel/contract'
import { useElementSize } from '@mantine/hooks'
import { Question } from '../charts/question.tsx'
import { amountText, dayText, shortDayText } from '../words/format.ts'
import { words } from '../words/words.ts'

const height = 140
const [left, bottom, top] = [44, 22, 8]
/** A day as it stands below the line; one that would be cut off is left out. */
const labelWidth = 48

/** Who joined, week by week. */
export function JoinedChart({ weeks }: { readonly weeks: FiguresAnswer['joined'] }) {
  const { ref, width } = useElementSize<HTMLDivElement>()
  const most = niceTop(Math.max(...weeks.map(({ members }) => members)))
  const step = Math.max(0, width - left) / weeks.length
  const yOf = (members: number) => top + (height - top - bottom) * (1 - members / most)
  const everySoMany = step * 4 < 56 ? 8 : 4
  return (
    <Question
      title={words.homeRoom.joinedByWeek}
      file="joined-by-week"
      columns={[{ name: words.homeRoom.week }, { name: words.homeRoom.joinedIn, isNumber: true }]}
      rows={weeks.map(({ from, members }) => [
        { text: words.homeRoom.weekFrom(dayText(from)), value: from },
        { text: amountText(members), value: members },
      ])}
      isFolded
    >
      <div ref={ref} className="chart-place">
        {width === 0 ? (
          <div style={{ height }} />
        ) : (
          <svg width={width} height={height} aria-hidden="true">
            {[0, most / 2, most].map((line) => (
              <g key={line}>
                <line className="chart-line" x1={left} x2={width} y1={yOf(line)} y2={yOf(line)} />
                <text className="chart-text" x={left - 8} y={yOf(line) + 4} textAnchor="end">
                  {amountText(line)}
                </text>
              </g>
            ))}
            {weeks.map(({ from, members }, week) => (
              <rect
                key={from}
                className={week === weeks.length - 1 ? 'chart-bar' : 'chart-bar before'}
                x={left + week * step + step * 0.15}
                width={step * 0.7}
                y={yOf(members)}
                height={Math.max(0, yOf(0) - yOf(members))}
                rx="2"
              />
            ))}
            {weeks.map(({ from }, week) =>
              week % everySoMany === 0 && left + week * step + labelWidth < width ? (
                <text key={from} className="chart-text" x={left + week * step} y={height - 4}>
                  {shortDayText(from)}
                </text>
              ) : null,
            )}
          </svg>
        )}
      </div>
    </Question>
  )
}

/** The next of 2, 4, 10, 20, 40, 100 …: half of it is a whole number, too. */
function niceTop(most: number): number {
  const steps = [2, 4, 10]
  for (let scale = 1; ; scale *= 10) {
    const found = steps.find((step) => step * scale >= most)
    if (found !== undefined) return found * scale
  }
}
