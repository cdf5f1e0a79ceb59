import type { Program, Report } from '@laurel/engine'
import { minorText } from '../import/decimal.ts'
import { countOf, countText } from '../terminal/terminal.ts'

/** One candidate as a command was given it. */
export interface Judged {
  readonly name: string
  readonly program: Program
  readonly report: Report
}

const line = (what: string, amount: string): string => `  ${what.padEnd(36)}${amount.padStart(16)}`

/** What a candidate comes to, for whoever keeps the shop. */
export function candidateText({ name, program, report }: Judged): string {
  const { currency } = program
  return [
    `${name} (${program.id})`,
    ...report.assets.flatMap(({ asset, earned, spent, broken, outstanding, debt }) => {
      const scale = program.assets.find(({ id }) => id === asset)?.scale ?? 0
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
    ...Object.entries(report.against?.all ?? {}).flatMap(([asset, counts]) => comparedText(asset, counts)),
  ].join('\n')
}

function comparedText(asset: string, counts: unknown): string[] {
  const { gained = 0, lost = 0, same = 0 } = counts as Record<string, number>
  return [
    line(`${asset}: have more than before`, countOf(gained, 'member')),
    line(`${asset}: have less`, countOf(lost, 'member')),
    line(`${asset}: have the same`, countOf(same, 'member')),
  ]
}
