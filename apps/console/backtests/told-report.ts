import type { BacktestReport, CandidateReport } from '@laurel/contract'
import { type Named, wordsOf } from '../session/vocabulary.ts'
import { amountText, changeText, moneyText } from '../words/format.ts'
import { words } from '../words/words.ts'

export type Asset = CandidateReport['report']['assets'][number]

/** A report with what it is read by: names of the program, words for its amounts. */
export interface Told {
  readonly report: BacktestReport
  readonly named: Named
  /** What ran, then each draft. */
  readonly candidates: readonly { readonly label: string; readonly own: CandidateReport['report'] }[]
  /** How the files of its tables begin. */
  readonly file: string
}

export function toldOf(report: BacktestReport, named: Named): Told {
  const candidates = report.candidates.map(({ name, report: own }, index) => ({
    label: index === 0 ? words.report.now : name,
    own,
  }))
  const [, draft] = candidates
  return { report, named, candidates, file: `backtest-${draft?.label ?? report.candidates[0]?.program ?? ''}` }
}

export const assetOf = (own: CandidateReport['report'], asset: string): Asset | undefined =>
  own.assets.find((each) => each.asset === asset)

const moneyOf = ({ report: { currency } }: Told, minor: number): string =>
  moneyText(minor, currency.code, currency.exponent)

/** Of money that changes, with its sign. */
export const moneyChangeOf = (told: Told, minor: number): string =>
  minor === 0 ? moneyOf(told, 0) : `${minor > 0 ? '+' : '−'}${moneyOf(told, Math.abs(minor))}`

/** Empty of nothing; small parts with a decimal: `0.4 %` says something that `0 %` does not. */
export function percentOf(part: number, whole: number): string {
  if (whole === 0 || part === 0) return ''
  const share = part / whole
  return `${share < 0.1 ? amountText(Math.round(share * 1000), 1) : amountText(Math.round(share * 100))} %`
}

/** `tier:standing/gold` as people of this program call it. */
export function aimText(name: string, { named }: Told): string {
  const [kind = '', rest = ''] = [name.slice(0, name.indexOf(':')), name.slice(name.indexOf(':') + 1)]
  const [id = '', part = ''] = rest.split('/')
  if (kind === 'tier') return named.level(id, part)
  if (kind === 'reward') return named.reward(id)
  if (kind === 'card') return named.card(id)
  return part === '' || part === 'goal' ? named.challenge(id) : `${named.challenge(id)}: ${wordsOf(part)}`
}

/** `budget:spring/ever` reads `Spring`, `rule:base/2026-03` reads `Base, 2026-03`. */
export const roomText = (room: string): string =>
  wordsOf(room.slice(room.indexOf(':') + 1).replace(/\/ever$/, '')).replace('/', ', ')

/** What a draft comes to, in sentences: the answer before its figures. */
export function verdictOf(told: Told, own: CandidateReport['report']): string[] {
  const said = words.report
  const first = told.candidates[0]?.own
  const sentences = (own.against ?? []).flatMap(({ asset, gained, lost, same }) => {
    const [after, before] = [assetOf(own, asset), first === undefined ? undefined : assetOf(first, asset)]
    const scale = after?.scale ?? 0
    const change = (after?.earned.amount ?? 0) - (before?.earned.amount ?? 0)
    if (change === 0 && gained === 0 && lost === 0) return []
    const worth = (after?.earned.minor ?? 0) - (before?.earned.minor ?? 0)
    const name = told.named.asset(asset)
    const amount = `${amountText(Math.abs(change), scale)} ${name}`
    const percent = percentOf(Math.abs(change), before?.earned.amount ?? 0)
    const worthText = worth === 0 ? '' : moneyOf(told, Math.abs(worth))
    const begin =
      change === 0
        ? said.asMuch(name)
        : change > 0
          ? said.more(amount, percent, worthText)
          : said.less(amount, percent, worthText)
    return [`${begin} ${said.fares(amountText(gained), amountText(lost), amountText(same))}`]
  })
  return sentences.length === 0 ? [said.nothing] : sentences
}

/** `356 (89 %)` */
export function shareText(count: number, all: number): string {
  const percent = percentOf(count, all)
  return percent === '' ? amountText(count) : words.report.membersText(amountText(count), percent)
}

/** An amount of an asset, as a cell that a file reads as a number. */
export const amountCell = (units: number, scale: number) => ({
  text: amountText(units, scale),
  value: units / 10 ** scale,
})
export const changeCell = (units: number, scale: number) => ({
  text: changeText(units, scale),
  value: units / 10 ** scale,
})
export const countCell = (count: number) => ({ text: amountText(count), value: count })
export const textCell = (text: string) => ({ text, value: text })
