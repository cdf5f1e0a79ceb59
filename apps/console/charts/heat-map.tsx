import { useElementSize } from '@mantine/hooks'
import { reachable } from './reachable.ts'

export interface HeatCell {
  /** 0 to 1: how strong its colour is. */
  readonly strength: number
  readonly text: string
  /** Below the text, where there is room for it. */
  readonly more?: string
}

const rowHeight = 30
const tallRowHeight = 48
const headHeight = 22
const letter = 7
/** Three digits and their space. */
const cellWidthMin = 32
/** Wide enough for a cell to say more. */
const tellingWidth = 116
const levels = 5

/** Rows of cells, each with its number in it: the colour only leads the eye. Scrolls where a phone is narrower than the map. */
export function HeatMap({
  title,
  rows,
  columns,
  head,
}: {
  /** What it is a map of, for whoever scrolls it with keys. */
  readonly title: string
  readonly rows: readonly { readonly label: string; readonly cells: readonly (HeatCell | null)[] }[]
  readonly columns: readonly string[]
  /** What the columns are. */
  readonly head: string
}) {
  const { ref, width } = useElementSize<HTMLDivElement>()
  const left = letter * Math.max(head.length, ...rows.map(({ label }) => label.length)) + 12
  const most = columns.length * 160
  const cellWidth = Math.max(cellWidthMin, Math.floor((Math.min(width, left + most) - left) / columns.length))
  const isNamed = columns.every((column) => letter * column.length <= cellWidth)
  const isTelling = cellWidth >= tellingWidth
  const step = rows.some(({ cells }) => cells.some((cell) => cell?.more !== undefined)) ? tallRowHeight : rowHeight
  const [whole, height] = [left + columns.length * cellWidth, headHeight + rows.length * step]
  return (
    <div ref={ref} className="chart-place scrolls" {...(whole > width ? reachable(title) : {})}>
      {width === 0 ? (
        <div style={{ height }} />
      ) : (
        <svg width={whole} height={height} aria-hidden="true">
          <text className="chart-text" x={0} y={14}>
            {head}
          </text>
          {isNamed
            ? columns.map((column, index) => (
                <text
                  key={column}
                  className="chart-text"
                  x={left + (index + 0.5) * cellWidth}
                  y={14}
                  textAnchor="middle"
                >
                  {column}
                </text>
              ))
            : // From where to where they go says as much.
              [columns[0], columns.at(-1)].map((column, end) => (
                <text
                  key={column}
                  className="chart-text"
                  x={end === 0 ? left : whole - 2}
                  y={14}
                  textAnchor={end === 0 ? 'start' : 'end'}
                >
                  {column}
                </text>
              ))}
          {rows.map(({ label, cells }, row) => {
            const y = headHeight + row * step
            return (
              <g key={label}>
                <text className="chart-name" x={0} y={y + step / 2 + 4}>
                  {label}
                </text>
                {cells.map((cell, column) =>
                  cell === null ? null : (
                    <g key={columns[column]}>
                      <rect
                        className={`heat-${levelOf(cell.strength)}`}
                        x={left + column * cellWidth}
                        y={y}
                        width={cellWidth - 2}
                        height={step - 2}
                        rx={4}
                      />
                      <text
                        className={`heat-text on-heat-${levelOf(cell.strength)}`}
                        x={left + column * cellWidth + (cellWidth - 2) / 2}
                        y={y + step / 2 + (isTelling && cell.more !== undefined ? -4 : 3)}
                        textAnchor="middle"
                      >
                        {cell.text}
                      </text>
                      {isTelling && cell.more !== undefined ? (
                        <text
                          className={`heat-more on-heat-${levelOf(cell.strength)}`}
                          x={left + column * cellWidth + (cellWidth - 2) / 2}
                          y={y + step / 2 + 13}
                          textAnchor="middle"
                        >
                          {cell.more}
                        </text>
                      ) : null}
                    </g>
                  ),
                )}
              </g>
            )
          })}
        </svg>
      )}
    </div>
  )
}

const levelOf = (strength: number): number => Math.max(0, Math.min(levels - 1, Math.floor(strength * levels)))
