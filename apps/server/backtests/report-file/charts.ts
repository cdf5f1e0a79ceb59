import { type Html, html } from '../../pages/html.ts'

/** Drawn in its own units: on a phone one of them is one pixel, and texts stay as large as those around them. */
const chartWidth = 360

/** A line or a group of bars: which of the palette it is drawn in. */
export interface Series {
  readonly label: string
}

export interface Bar {
  /** Index into the series. */
  readonly series: number
  readonly value: number
  /** What comes on top of it, drawn lighter. */
  readonly more?: number
  readonly text: string
}

/** Bars that lie, one group below the other. */
export interface BarChart {
  readonly type: 'bars'
  readonly series: readonly Series[]
  readonly groups: readonly { readonly label: string; readonly bars: readonly Bar[] }[]
}

/** One line for each series, from left to right in reading order. */
export interface LineChart {
  readonly type: 'lines'
  readonly series: readonly Series[]
  readonly points: readonly { readonly label: string; readonly values: readonly number[] }[]
  /** How a value is written at the scale. */
  readonly textOf: (value: number) => string
}

export type Chart = BarChart | LineChart

/** What a chart is drawn in: the page gives variables, which follow the theme, a picture gives colours. */
export interface Palette {
  readonly ink: string
  readonly second: string
  readonly line: string
  /** The first is what the others are compared with. */
  readonly series: readonly string[]
}

export interface Drawing {
  readonly palette: Palette
  /** What the chart answers, for whoever cannot see it. */
  readonly title: string
  /** Arabic: from right to left. */
  readonly mirrored: boolean
}

interface Pen extends Drawing {
  /** Where a distance from the start of reading lies. */
  readonly x: (distance: number) => number
  readonly start: string
  readonly end: string
}

/** An SVG that needs nothing beside it. Its width is fixed, its height follows from what there is to say. */
export function drawChart(chart: Chart, drawing: Drawing): Html {
  const { height, body } = drawn(chart, drawing)
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${chartWidth} ${height}" width="${chartWidth}" height="${height}" role="img" aria-label="${drawing.title}" direction="ltr" font-size="12">${body}</svg>`
}

const margin = 16
const titleStep = 20
const titleLettersMax = 42

/** The same as a picture that stands alone: with its question above it, and a margin. */
export function drawPicture(chart: Chart, drawing: Drawing): Html {
  const { height, body, pen } = drawn(chart, drawing)
  const titles = linesOf(drawing.title).map(
    (line, index) =>
      html`<text x="${pen.x(0)}" y="${index * titleStep}" text-anchor="${pen.start}" font-size="15" font-weight="bold" fill="${drawing.palette.ink}">${line}</text>`,
  )
  const top = margin + titles.length * titleStep
  const [wide, high] = [chartWidth + 2 * margin, top + height + margin]
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide} ${high}" width="${wide}" height="${high}" font-size="12"><g transform="translate(${margin} ${margin + 12})">${titles}</g><g transform="translate(${margin} ${top + 4})">${body}</g></svg>`
}

function linesOf(title: string): string[] {
  const lines: string[] = []
  for (const word of title.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + word.length >= titleLettersMax) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}

function drawn(chart: Chart, drawing: Drawing): Drawn & { readonly pen: Pen } {
  const { mirrored } = drawing
  const [start, end] = mirrored ? (['end', 'start'] as const) : (['start', 'end'] as const)
  const pen = { ...drawing, x: (distance: number) => rounded(mirrored ? chartWidth - distance : distance), start, end }
  return { ...(chart.type === 'bars' ? bars(chart, pen) : lines(chart, pen)), pen }
}

interface Drawn {
  readonly height: number
  readonly body: readonly Html[]
}

const rounded = (value: number): number => Math.round(value * 10) / 10
/** Of a letter at 12 units, on the safe side: what is measured nowhere must not be cut off. */
const letter = 7.4
const widthOf = (texts: readonly string[]): number => letter * Math.max(0, ...texts.map(({ length }) => length))

// ---- bars ----------------------------------------------------------------------------------------------------------------

const groupLabelHeight = 20
const barHeight = 10
const barStep = 18
const groupGap = 8

function bars({ series, groups }: BarChart, pen: Pen): Drawn {
  const all = groups.flatMap((group) => group.bars)
  const named = series.length > 1
  const textOf = ({ text, series: index }: Bar) => (named ? `${text}  ${series[index]?.label ?? ''}` : text)
  const room = chartWidth - Math.min(chartWidth * 0.66, widthOf(all.map(textOf)) + 12)
  const least = Math.min(0, ...all.map(({ value }) => value))
  const most = Math.max(0, ...all.map(({ value, more = 0 }) => value + more))
  const at = (value: number) => (most === least ? 0 : ((value - least) / (most - least)) * room)
  const body: Html[] = []
  let y = 0
  for (const { label, bars: own } of groups) {
    if (label !== '') {
      y += groupLabelHeight
      body.push(text(pen.x(0), y - 6, label, pen.start, pen.palette.ink))
    }
    for (const bar of own) {
      const { value, more = 0, series: index } = bar
      const colour = pen.palette.series[index] ?? pen.palette.second
      body.push(rectangle(pen, at(Math.min(0, value)), at(Math.max(0, value)), y + 4, colour, '1'))
      if (more > 0) body.push(rectangle(pen, at(value), at(value + more), y + 4, colour, '0.35'))
      const from = at(Math.max(0, value + more)) + 6
      const name = named ? html`  <tspan fill="${pen.palette.second}">${series[index]?.label ?? ''}</tspan>` : null
      body.push(text(pen.x(from), y + 13, html`${bar.text}${name}`, pen.start, pen.palette.ink))
      y += barStep
    }
    y += groupGap
  }
  return { height: Math.max(y, barStep), body }
}

/** A value of nothing still has a hair's breadth, so that one sees where it would stand. */
function rectangle(pen: Pen, from: number, to: number, y: number, colour: string, opacity: string): Html {
  const width = Math.max(1, to - from)
  const x = pen.mirrored ? chartWidth - from - width : from
  return html`<rect x="${rounded(x)}" y="${y}" width="${rounded(width)}" height="${barHeight}" rx="2" fill="${colour}" fill-opacity="${opacity}"/>`
}

const text = (x: number, y: number, said: string | Html, anchor: string, colour: string): Html =>
  html`<text x="${x}" y="${rounded(y)}" text-anchor="${anchor}" fill="${colour}" xml:space="preserve">${said}</text>`

// ---- lines ---------------------------------------------------------------------------------------------------------------

const plotTop = 10
const plotHeight = 170
const labelRow = 24
/** Two labels at the end of lines that end together stand below each other. */
const labelStep = 14
/** Labels of points that fit below a line without touching. */
const pointLabelsMax = 4

const dashes = ['4 3', '0', '8 3', '2 2', '10 3 2 3']

function lines({ series, points, textOf }: LineChart, pen: Pen): Drawn {
  const values = points.flatMap((point) => point.values)
  const marks = scaleMarks(Math.min(0, ...values), Math.max(0, ...values))
  const [least = 0, most = 1] = [marks.at(0), marks.at(-1)]
  const left = widthOf(marks.map(textOf)) + 8
  const right = chartWidth - Math.min(120, widthOf(series.map(({ label }) => label)) + 8)
  const x = (index: number) => pen.x(left + (points.length < 2 ? 0.5 : index / (points.length - 1)) * (right - left))
  const y = (value: number) => rounded(plotTop + plotHeight * (1 - (value - least) / (most - least || 1)))
  const grid = marks.map(
    (
      mark,
    ) => html`<line x1="${pen.x(left)}" x2="${pen.x(right)}" y1="${y(mark)}" y2="${y(mark)}" stroke="${pen.palette.line}"/>
${text(pen.x(left - 6), y(mark) + 4, textOf(mark), pen.end, pen.palette.second)}`,
  )
  const step = Math.max(1, Math.ceil((points.length - 1) / (pointLabelsMax - 1)))
  const labels = points.flatMap(({ label }, index) =>
    index % step === 0 ? [text(x(index), plotTop + plotHeight + 18, label, 'middle', pen.palette.second)] : [],
  )
  const drawn = series.map((_, index) => {
    const path = points.map(({ values: own }, at) => `${x(at)},${y(own[index] ?? 0)}`).join(' ')
    const colour = pen.palette.series[index] ?? pen.palette.second
    return html`<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round" stroke-dasharray="${dashes[index] ?? '0'}"/>`
  })
  const ends = apart(series.map((_, index) => y(points.at(-1)?.values[index] ?? 0) + 4))
  const names = series.map(({ label }, index) =>
    text(pen.x(right + 6), ends[index] ?? 0, label, pen.start, pen.palette.series[index] ?? pen.palette.ink),
  )
  return { height: plotTop + plotHeight + labelRow, body: [...grid, ...labels, ...drawn, ...names] }
}

/** Three to six round numbers that hold both ends. */
function scaleMarks(least: number, most: number): number[] {
  const raw = Math.max(most - least, 1) / 4
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = Math.max(1, ([1, 2, 5].find((digit) => digit * power >= raw) ?? 10) * power)
  const [first, last] = [Math.floor(least / step), Math.ceil(most / step)]
  return Array.from({ length: Math.max(1, last - first) + 1 }, (_, index) => (first + index) * step)
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
