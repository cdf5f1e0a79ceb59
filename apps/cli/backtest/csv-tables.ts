import type { BacktestReport, CandidateReport, CsvCell } from '@laurel/contract'
import { type CsvTable, decimalOf } from '../csv-table.ts'

/** Every table of the report, whole. Amounts are decimals of their asset, money is decimals of the program's currency. */
export function csvTables({ currency, candidates, ...report }: BacktestReport): CsvTable[] {
  const money = (minor: number | null) => (minor === null ? null : decimalOf(minor, currency.exponent))
  const each = (name: string, columns: readonly string[], rowsOf: (of: CandidateReport['report']) => CsvCell[][]) => ({
    name,
    columns: ['candidate', ...columns],
    rows: candidates.flatMap((candidate) => rowsOf(candidate.report).map((row) => [candidate.name, ...row])),
  })
  const worth = `worth ${currency.code}`
  const fares = ['gained', 'lost', 'same', 'up', 'down']
  return [
    {
      name: 'history',
      columns: ['what', 'value'],
      rows: [
        ...(['events', 'repeated', 'rejected', 'assumption', 'until'] as const).map((key) => [key, report[key]]),
        ...(report.reproduction === null
          ? []
          : (['transfers', 'differing'] as const).map((key) => [
              `${key} of the ledger`,
              report.reproduction?.[key] ?? 0,
            ])),
        ...(report.leftOut === undefined ? [] : [['left out, after the end', report.leftOut]]),
        ...(report.refundsAlone === undefined ? [] : [['refunds without their order', report.refundsAlone.count]]),
        ...(report.refundsAlone?.first ?? []).map((refund) => ['refund without its order', refund]),
        ...report.gaps.map((month) => ['month without an order', month]),
        ...report.rejections.map((rejection) => ['rejection', rejection]),
      ],
    },
    {
      name: 'ledger-differences',
      columns: ['member', 'cause', 'rule', 'asset', 'from', 'to', 'smallest units'],
      rows: (report.reproduction?.differences ?? []).map(({ member, cause, rule, asset, from, to, amount }) => [
        ...[member, cause, rule, asset, from, to],
        amount,
      ]),
    },
    each('assets', ['asset', 'what', 'amount', worth], (of) =>
      of.assets.flatMap((asset) =>
        (['earned', 'spent', 'broken', 'outstanding', 'debt'] as const).map((kind) => {
          const { amount, minor } = asset[kind]
          return [asset.asset, kind, decimalOf(amount, asset.scale), money(minor)]
        }),
      ),
    ),
    each('rules', ['rule', 'asset', 'month', 'given', `given ${worth}`, 'taken back', `taken back ${worth}`], (of) =>
      of.rules.flatMap(({ rule, asset, months }) =>
        months.map(({ month, given, takenBack }) => {
          const amounts = [given, takenBack].flatMap(({ amount, minor }) => [
            decimalOf(amount, scaleIn(of, asset)),
            money(minor),
          ])
          return [rule, asset, month, ...amounts]
        }),
      ),
    ),
    each('silent-rules', ['rule'], (of) => of.silent.map((rule) => [rule])),
    each('tiers', ['ladder', 'level', 'members'], (of) =>
      of.tiers.map(({ ladder, level, members }) => [ladder, level, members]),
    ),
    each('tier-changes', ['ladder', 'month', 'up', 'down'], (of) =>
      of.tierChanges.map(({ ladder, month, up, down }) => [ladder, month, up, down]),
    ),
    each('aims', ['aim', 'target', 'reached', 'near', 'members', 'too far'], (of) =>
      of.aims.map(({ name, target, reached, near, isTooFar }) => [name, target, reached, near, of.members, isTooFar]),
    ),
    each('caps', ['cap', 'rule', 'times', 'amount'], (of) =>
      of.cuts.map(({ cap, rule, times, amount }) => [cap, rule, times, amount]),
    ),
    each('budgets', ['budget', 'whole', 'asked', 'ran out on'], (of) =>
      of.rooms.map(({ room, whole, asked, ranOutOn }) => [room, whole, asked, ranOutOn]),
    ),
    each('vouchers', ['reward', 'status', 'count'], (of) =>
      of.vouchers.map(({ reward, status, count }) => [reward, status, count]),
    ),
    each('refused', ['code', 'times'], (of) => of.refused.map(({ code, times }) => [code, times])),
    each('differences', ['asset', 'segment', ...fares], (of) =>
      (of.against ?? []).flatMap(({ asset, segments, ...all }) =>
        [{ segment: null, ...all }, ...segments].map(({ segment, gained, lost, same, up, down }) => {
          const amounts = [up, down].map((amount) => decimalOf(amount, scaleIn(of, asset)))
          return [asset, segment, gained, lost, same, ...amounts]
        }),
      ),
    ),
    each('difference-sizes', ['asset', 'from', 'to', 'members'], (of) =>
      (of.against ?? []).flatMap(({ asset, sizes }) =>
        sizes.map(({ from, to, members }) => {
          const ends = [from, to].map((amount) => decimalOf(amount, scaleIn(of, asset)))
          return [asset, ...ends, members]
        }),
      ),
    ),
    each('biggest-differences', ['asset', 'member', 'before', 'after'], (of) =>
      (of.against ?? []).flatMap(({ asset, mostGained, mostLost }) =>
        [...mostGained, ...mostLost].map(({ member, before, after }) => {
          const amounts = [before, after].map((amount) => decimalOf(amount, scaleIn(of, asset)))
          return [asset, member, ...amounts]
        }),
      ),
    ),
  ]
}

const scaleIn = ({ assets }: CandidateReport['report'], asset: string): number =>
  assets.find((each) => each.asset === asset)?.scale ?? 0
