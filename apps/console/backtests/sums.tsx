import { Link } from '@tanstack/react-router'
import { BarsChart } from '../charts/bars-chart.tsx'
import { LinesChart } from '../charts/lines-chart.tsx'
import { type Cell, Question } from '../charts/question.tsx'
import { wordsOf } from '../session/vocabulary.ts'
import { amountText, monthText } from '../words/format.ts'
import { words } from '../words/words.ts'
import {
  type Asset,
  amountCell,
  assetOf,
  changeCell,
  countCell,
  moneyChangeOf,
  shareText,
  type Told,
  textCell,
} from './told-report.ts'

const flows = ['earned', 'spent', 'broken', 'outstanding', 'debt'] as const

/** What was earned, used, lapsed and is still there: as it ran, and under each draft. */
export function Costs({ told, assets }: { readonly told: Told; readonly assets: readonly string[] }) {
  const said = words.report
  const [, ...drafts] = told.candidates
  const rows = assets.flatMap((asset) =>
    flows.flatMap((flow): Cell[][] => {
      const scale = scaleOf(told, asset)
      const found = told.candidates.map(({ own }) => assetOf(own, asset)?.[flow] ?? nothing)
      if (found.every(({ amount }) => amount === 0)) return []
      const [before = nothing, after] = found
      return [
        [
          textCell(said[flow](wordsOf(told.named.asset(asset)))),
          ...found.map(({ amount }) => amountCell(amount, scale)),
          ...(drafts.length === 1 && after !== undefined
            ? [changeCell(after.amount - before.amount, scale), worthCell(told, before, after)]
            : []),
        ],
      ]
    }),
  )
  const columns = [
    { name: said.of },
    ...told.candidates.map(({ label }) => ({ name: label, isNumber: true })),
    ...(drafts.length === 1
      ? [
          { name: said.change, isNumber: true },
          { name: said.worth, isNumber: true },
        ]
      : []),
  ]
  return <Question title={said.costs} file={`${told.file}-costs`} columns={columns} rows={rows} />
}

const nothing: Asset['earned'] = { amount: 0, minor: null }

/** Without a stated worth there is nothing to say. */
function worthCell(told: Told, before: Asset['earned'], after: Asset['earned']): Cell {
  if (before.minor === null || after.minor === null) return { text: '–', value: null }
  const worth = after.minor - before.minor
  return { text: moneyChangeOf(told, worth), value: worth / 10 ** told.report.currency.exponent }
}

/** Of whichever program knows the asset. */
const scaleOf = ({ candidates }: Told, asset: string): number =>
  candidates.map(({ own }) => assetOf(own, asset)?.scale).find((scale) => scale !== undefined) ?? 0

/** Month by month what was earned, less what was taken back. */
export function Months({ told, asset }: { readonly told: Told; readonly asset: string }) {
  const said = words.report
  const byMonth = told.candidates.map(({ own }) => {
    const sums = new Map<string, number>()
    for (const rule of own.rules.filter((each) => each.asset === asset)) {
      for (const { month, given, takenBack } of rule.months) {
        sums.set(month, (sums.get(month) ?? 0) + given.amount - takenBack.amount)
      }
    }
    return sums
  })
  const months = [...new Set(byMonth.flatMap((sums) => [...sums.keys()]))].sort()
  if (months.length === 0) return null
  const scale = scaleOf(told, asset)
  const title = said.months(told.named.asset(asset))
  return (
    <Question
      title={title}
      file={`${told.file}-months-${asset}`}
      columns={[{ name: said.month }, ...told.candidates.map(({ label }) => ({ name: label, isNumber: true }))]}
      rows={months.map((month) => [
        { text: monthText(`${month}-01`), value: month },
        ...byMonth.map((sums) => amountCell(sums.get(month) ?? 0, scale)),
      ])}
    >
      <LinesChart
        points={months.map((month) => monthText(`${month}-01`))}
        lines={told.candidates.map(({ label }, index) => ({
          label,
          values: months.map((month) => byMonth[index]?.get(month) ?? 0),
        }))}
        textOf={(value) => amountText(value, scale)}
      />
    </Question>
  )
}

/** Who gains and who loses, how much, which segments, and for whom it changes most. */
export function Fares({ told, asset }: { readonly told: Told; readonly asset: string }) {
  const said = words.report
  const name = told.named.asset(asset)
  return told.candidates.map(({ label, own }) => {
    const against = own.against?.find((each) => each.asset === asset)
    if (against === undefined || against.gained + against.lost === 0) return null
    const scale = assetOf(own, asset)?.scale ?? 0
    const { gained, lost, same, up, down, sizes, segments, mostGained, mostLost } = against
    const all = gained + lost + same
    const file = `${told.file}-${asset}`
    const fares = [
      { text: said.gained, count: gained, sum: up },
      { text: said.lost, count: lost, sum: -down },
      { text: said.same, count: same, sum: 0 },
    ]
    const gaps = [...mostGained, ...mostLost]
    return (
      <div key={label}>
        <Question
          title={said.fare(name)}
          file={`${file}-fares`}
          columns={[
            { name: said.members },
            { name: said.count, isNumber: true },
            { name: said.change, isNumber: true },
          ]}
          rows={fares.map(({ text, count, sum }) => [
            textCell(text),
            { text: shareText(count, all), value: count },
            changeCell(sum, scale),
          ])}
        >
          <BarsChart
            whole={all}
            groups={fares.map(({ text, count }, index) => ({
              label: text,
              bars: [
                {
                  series: index === 0 ? 1 : index === 1 ? 2 : 0,
                  value: count,
                  text: shareText(count, all),
                },
              ],
            }))}
          />
        </Question>
        <Question
          title={said.sizes(name)}
          file={`${file}-sizes`}
          columns={[{ name: said.difference }, { name: said.members, isNumber: true }]}
          rows={sizes.map(({ from, to, members }) => [
            textCell(said.between(changeCell(from, scale).text, changeCell(to, scale).text)),
            countCell(members),
          ])}
        />
        {segments.length === 0 ? null : (
          <Question
            title={said.segments(name)}
            file={`${file}-segments`}
            columns={[
              { name: said.segment },
              ...[said.gained, said.lost, said.same, said.inAllMore, said.inAllLess].map((each) => ({
                name: each,
                isNumber: true,
              })),
            ]}
            rows={segments.map((each) => [
              textCell(wordsOf(each.segment)),
              ...[countCell(each.gained), countCell(each.lost), countCell(each.same)],
              ...[amountCell(each.up, scale), amountCell(each.down, scale)],
            ])}
          />
        )}
        <Question
          title={said.most(name)}
          file={`${file}-most`}
          columns={[
            { name: said.member },
            ...[said.before, said.after, said.change].map((each) => ({ name: each, isNumber: true })),
          ]}
          rows={gaps.map(({ member, before, after }) => [
            {
              text: (
                <Link to="/members/$member" params={{ member }}>
                  {member}
                </Link>
              ),
              value: member,
            },
            ...[amountCell(before, scale), amountCell(after, scale), changeCell(after - before, scale)],
          ])}
        />
      </div>
    )
  })
}
