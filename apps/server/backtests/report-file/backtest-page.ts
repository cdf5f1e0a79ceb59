import { readFileSync } from 'node:fs'
import { type BacktestReport, createWording, type Reproduction } from '@laurel/contract'
import type { Language, Wording } from '@laurel/engine'
import { Html, html } from '../../pages/html.ts'
import {
  filled,
  labelsOf,
  readable,
  readableAim,
  readableRoom,
  type Section,
  sectionsOf,
  signedText,
} from './backtest-sections.ts'
import type { BacktestWords } from './backtest-words/backtest-words.ts'
import { backtestWords } from './backtest-words/words-by-language.ts'
import { drawChart, drawPicture, type Palette } from './charts.ts'

/** Follows the theme: the sheet of the page says which colours. */
const themed: Palette = {
  ink: 'var(--ink)',
  second: 'var(--second)',
  line: 'var(--line)',
  series: ['var(--reference)', 'var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)'],
}
/** On paper. */
const printed: Palette = {
  ink: '#16201A',
  second: '#465149',
  line: '#DFE3DC',
  series: ['#7C877F', '#1B6B49', '#D97A16', '#5B8DE0', '#5E2A6E'],
}

/** A backtest to be read by whoever keeps the shop: no script, nothing from elsewhere. `head` is what brings the style. */
function backtestPage(report: BacktestReport, language: Language, head: Html): string {
  const words = backtestWords[language]
  const wording = createWording(language)
  const sections = sectionsOf(report, words, wording)
  return html`<!doctype html>
<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${words.title} · Laurel</title>
${head}
</head>
<body>
<main class="report">
<h1>${words.title}</h1>
<p class="second">${words.lead}</p>
${answers(report, words, wording)}
${sections.map((section) => sectionPart(section, words, wording))}
</main>
</body>
</html>
`.text
}

/** The page as a file that needs nothing beside it. */
export function backtestPageAsFile(report: BacktestReport, language: Language): string {
  const style = ['../../pages/style.css', './backtest.css'].map((name) =>
    readFileSync(new URL(name, import.meta.url), 'utf8'),
  )
  // Our own, and without the one thing that would end it.
  return backtestPage(report, language, new Html(`<style>\n${style.join('')}</style>`))
}

/** Each chart as a picture of its own, on white: its name, and an SVG that needs nothing beside it. */
export function backtestPictures(report: BacktestReport, language: Language): { name: string; svg: string }[] {
  const mirrored = language === 'ar'
  return sectionsOf(report, backtestWords[language], createWording(language)).flatMap(({ name, question, chart }) =>
    chart === null ? [] : [{ name, svg: drawPicture(chart, { palette: printed, title: question, mirrored }).text }],
  )
}

/** The answer first, as sentences, and what casts doubt on it. */
function answers(report: BacktestReport, words: BacktestWords, wording: Wording): Html {
  const { events, rejected, rejections, gaps, until, assumption, candidates, reproduction } = report
  const labels = labelsOf(report).map((label) => wording.isolate(label))
  const [first] = candidates
  const number = (count: number) => wording.number(count, 0)
  const history = filled(words.history, {
    events: number(events),
    members: number(first?.report.members ?? 0),
    until: wording.date(Math.floor(Date.parse(until) / dayMs)),
  })
  const drafts = candidates.flatMap(({ report: own }, index) =>
    index === 0
      ? []
      : [html`<li>${sentencesOf(own, first?.report, labels[index] ?? '', labels[0] ?? '', words, wording)}</li>`],
  )
  const doubts = [
    ...(reproduction === null || reproduction.differing === 0
      ? []
      : [reproductionText(words.notReproduced, reproduction, wording)]),
    ...(gaps.length === 0 ? [] : [filled(words.gaps, { months: wording.all([...gaps]) })]),
    ...(rejected === 0 ? [] : [filled(words.rejected, { count: number(rejected), first: rejections[0] ?? '' })]),
    ...candidates.flatMap((candidate, index) =>
      warningsOf(candidate.report, labels[index] ?? '', report, words, wording),
    ),
  ]
  return html`${drafts.length === 0 ? null : html`<ul class="answers">${drafts}</ul>`}
${doubts.length === 0 ? null : html`<ul class="warning">${doubts.map((doubt) => html`<li>${doubt}</li>`)}</ul>`}
<p class="second">${history} ${words.assumed[assumption]} ${drafts.length === 0 ? '' : filled(words.comparedWith, { first: labels[0] ?? '' })} ${reproduction?.differing === 0 ? reproductionText(words.reproduced, reproduction, wording) : ''}</p>`
}

function reproductionText(text: string, { transfers, differing, differences }: Reproduction, wording: Wording): string {
  const [first] = differences
  return filled(text, {
    transfers: wording.number(transfers, 0),
    differing: wording.number(differing, 0),
    first: first === undefined ? '' : wording.isolate(`${first.member}, ${first.cause}`),
  })
}

const dayMs = 86_400_000

type Candidate = BacktestReport['candidates'][number]['report']

function sentencesOf(
  own: Candidate,
  first: Candidate | undefined,
  draft: string,
  before: string,
  words: BacktestWords,
  wording: Wording,
): string {
  const said = (own.against ?? []).flatMap(({ asset, gained, lost, same }) => {
    const { earned, scale = 0 } = own.assets.find((each) => each.asset === asset) ?? {}
    const amount = earned?.amount ?? 0
    const change = amount - (first?.assets.find((each) => each.asset === asset)?.earned.amount ?? 0)
    if (change === 0 && gained === 0 && lost === 0) return []
    const number = (count: number) => wording.number(count, 0)
    return [
      filled(words.earned, {
        ...{ draft, asset: readable(asset), first: before },
        ...{ amount: wording.number(amount, scale), change: signedText(wording, change, scale) },
      }),
      filled(words.fares, { gained: number(gained), lost: number(lost), same: number(same) }),
    ]
  })
  return said.length === 0 ? filled(words.sameAsFirst, { draft }) : said.join(' ')
}

function warningsOf(
  own: Candidate,
  draft: string,
  { fewPercent }: BacktestReport,
  words: BacktestWords,
  wording: Wording,
): string[] {
  const far = own.aims.filter(({ isTooFar }) => isTooFar).map(({ name }) => wording.isolate(readableAim(name)))
  const percent = wording.percent({ numerator: fewPercent, denominator: 100 })
  return [
    ...(far.length === 0 ? [] : [filled(words.tooFar, { draft, percent, aims: wording.all(far) })]),
    ...own.rooms.flatMap(({ room, ranOutOn }) =>
      ranOutOn === null
        ? []
        : [filled(words.ranOut, { draft, room: wording.isolate(readableRoom(room)), day: dayIn(wording, ranOutOn) })],
    ),
    ...(own.silent.length === 0
      ? []
      : [
          filled(words.silent, {
            draft,
            rules: wording.all(own.silent.map((rule) => wording.isolate(readable(rule)))),
          }),
        ]),
  ]
}

const dayIn = (wording: Wording, day: string): string => wording.date(Date.parse(day) / dayMs)

function sectionPart(
  { name, question, chart, columns, rows, leftOut }: Section,
  words: BacktestWords,
  wording: Wording,
): Html {
  const mirrored = wording.language === 'ar'
  const cell = (text: string, index: number) =>
    columns[index]?.isNumber ? html`<td class="number">${text}</td>` : html`<td>${text}</td>`
  return html`<section id="${name}"${chart === null ? html` class="plain"` : null}>
<h2>${question}</h2>
${chart === null ? null : html`<figure>${drawChart(chart, { palette: themed, title: question, mirrored })}</figure>`}
<div class="sheet" tabindex="0" role="region" aria-label="${question}"><table>
<thead><tr>${columns.map((column) => html`<th${column.isNumber ? html` class="number"` : null} scope="col">${column.name}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map(cell)}</tr>`)}</tbody>
</table></div>
${
  leftOut === null
    ? null
    : html`<p class="third">${filled(words.firstOnly, { shown: wording.number(leftOut.shown, 0), all: wording.number(leftOut.all, 0) })}</p>`
}
</section>
`
}
