import type { BacktestReport, CandidateReport } from '@laurel/contract'
import { minorText } from '../terminal/money-text.ts'
import { countOf, countText } from '../terminal/terminal.ts'

const line = (what: string, amount: string): string => `  ${what.padEnd(36)}${amount.padStart(16)}`

/** What a backtest comes to, for whoever keeps the shop. */
export function backtestText(report: BacktestReport): string {
  const { events, rejected, rejections, gaps, assumption, candidates, currency, leftOut = 0, refundsAlone } = report
  return [
    `${countOf(events, 'event')} of ${countOf(candidates[0]?.report.members ?? 0, 'member')}`,
    assumed[assumption],
    ...candidates.flatMap((each) => ['', candidateText(each, currency)]),
    ...reproductionText(report.reproduction),
    ...(gaps.length === 0 ? [] : ['', `no orders in ${gaps.join(', ')}: is the history whole?`]),
    ...(leftOut === 0 ? [] : ['', `left out, after the end: ${countText(leftOut)}`]),
    ...(refundsAlone === undefined || refundsAlone.count === 0
      ? []
      : [
          '',
          `refunds whose order is not in the history, so that nothing is taken back: ${countText(refundsAlone.count)}`,
          ...refundsAlone.first.slice(0, 10).map((refund) => `  ${refund}`),
        ]),
    ...(rejected === 0 ? [] : ['', `rejected: ${countText(rejected)}`, ...rejections.slice(0, 10)]),
  ].join('\n')
}

function reproductionText(reproduction: BacktestReport['reproduction']): string[] {
  if (reproduction === null) return []
  const { transfers, differing, differences } = reproduction
  const compared = `${countOf(transfers, 'transfer')} compared, each with what corrected it`
  if (differing === 0) return ['', `what ran, lived again, comes to the ledger as it stands: ${compared}`]
  return [
    '',
    `what ran, lived again, does not come to the ledger: ${compared}, ${countOf(differing, 'differs', 'differ')}`,
    ...differences
      .slice(0, differencesShown)
      .map(
        ({ member, cause, rule, asset, from, to, amount }) =>
          `  ${member}: ${cause}: ${rule} would move ${countText(amount)} ${asset} from ${from} to ${to}`,
      ),
  ]
}

/** On a terminal the first of them are enough. */
const differencesShown = 10

const assumed: Record<BacktestReport['assumption'], string> = {
  'as-asked': 'assumed: members ask for the rewards that they did ask for',
  none: 'assumed: members spend nothing',
  'at-once': 'assumed: whoever can afford the cheapest reward takes it at once',
}

function candidateText({ name, program, report }: CandidateReport, currency: BacktestReport['currency']): string {
  return [
    `${name} (${program})`,
    ...report.assets.flatMap(({ asset, scale, earned, spent, broken, outstanding, debt }) => {
      const said = ({ amount, minor }: typeof earned): string =>
        minor === null
          ? minorText(amount, scale)
          : `${minorText(amount, scale)}  ${minorText(minor, currency.exponent)} ${currency.code}`
      return [
        line(`${asset} earned`, said(earned)),
        line(`${asset} spent`, said(spent)),
        line(`${asset} lapsed or forfeited`, said(broken)),
        line(`${asset} still with members`, said(outstanding)),
        ...(debt.amount === 0 ? [] : [line(`${asset} owed by members`, said(debt))]),
      ]
    }),
    ...report.tiers.map(({ ladder, level, members }) => line(`${ladder}: ${level}`, countText(members))),
    ...report.aims.map(({ name: aim, reached, near, isTooFar }) =>
      line(`${aim} reached${isTooFar ? ' (out of reach)' : ''}`, `${countText(reached)}, near ${countText(near)}`),
    ),
    ...report.cuts.map(({ cap, rule, times }) => line(`${rule} cut by ${cap}`, `${countText(times)} times`)),
    ...report.rooms
      .filter(({ ranOutOn }) => ranOutOn !== null)
      .map(({ room, ranOutOn }) => line(`${room} would have run out on`, ranOutOn ?? '')),
    ...report.silent.map((rule) => line(rule, 'gave nothing')),
    ...(report.against ?? []).flatMap(({ asset, gained, lost, same }) => [
      line(`${asset}: have more than before`, countOf(gained, 'member')),
      line(`${asset}: have less`, countOf(lost, 'member')),
      line(`${asset}: have the same`, countOf(same, 'member')),
    ]),
  ].join('\n')
}
