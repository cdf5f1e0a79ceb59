import type { ReportAnswer, ReportFigure, ReportTable, ReportUnit } from '@laurel/contract'
import { type Named, wordsOf } from '../session/vocabulary.ts'
import { amountText, dayText, monthText, shortMoneyText } from '../words/format.ts'
import { said, wordIn } from './report-words.ts'

/** A report with what it is read by. */
export interface Told {
  readonly report: ReportAnswer
  readonly named: Named
}

type Value = string | number | null
/** A line of a table, by the ids of its columns. */
export type Row = Readonly<Record<string, Value>>

export const rowsIn = (table: ReportTable): Row[] =>
  table.rows.map((row) => Object.fromEntries(table.columns.map(({ id }, at) => [id, row[at] ?? null])))

export const numberIn = (row: Row, column: string): number | null => {
  const value = row[column]
  return typeof value === 'number' ? value : null
}
export const textIn = (row: Row, column: string): string => String(row[column] ?? '')

/** What members spend first: figures without an asset of their own are of this one. */
export const mainAsset = ({ program }: Named): string =>
  program.assets.find(({ kind }) => kind === 'spendable' || kind === 'money')?.id ?? ''

/** `figure` is of an asset: `breakage-points` of points. */
export const assetOfFigure = ({ id }: Pick<ReportFigure, 'id'>, named: Named): string =>
  id.startsWith('breakage-') ? id.slice('breakage-'.length) : mainAsset(named)

export const percentText = (share: number): string => `${amountText(Math.round(share * 1000), 1)} %`

/** A number as people read it. Estimates have decimals that say nothing: they are rounded. */
export function unitText(value: number, unit: ReportUnit | null, { report, named }: Told, asset: string): string {
  switch (unit) {
    case 'minor':
      return named.money(Math.round(value))
    case 'share':
      return percentText(value)
    case 'points':
      return named.amount(Math.round(value), asset)
    case 'members':
    case 'orders':
    case 'days':
      return amountText(Math.round(value))
    case 'number':
    case null:
      return report.report === 'home' ? said.perHundred(amountText(Math.round(100 * value))) : decimalText(value)
  }
}

/** The same as it stands at a chart: what is large without decimals. */
export function markText(value: number, unit: ReportUnit | null, told: Told, asset: string): string {
  const { code, exponent } = told.named.program.currency
  const whole = 10 ** exponent
  switch (unit) {
    case 'minor':
      return shortMoneyText(Math.abs(value) >= 1000 * whole ? Math.round(value / whole) * whole : value, code, exponent)
    case 'share':
      return `${amountText(Math.round(value * 100))} %`
    case 'points':
    case 'members':
    case 'orders':
    case 'days':
    case 'number':
    case null:
      return unitText(value, unit, told, asset)
  }
}

/** Three digits that say something, and all of those before the point. */
function decimalText(value: number): string {
  if (Number.isInteger(value)) return amountText(value)
  const size = Math.abs(value)
  const decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3
  return amountText(Math.round(value * 10 ** decimals), decimals)
}

/** As a spreadsheet adds it up: money and points in whole ones. */
function inFileOf(value: Value, unit: ReportUnit | null, { report, named }: Told, asset: string): Value {
  if (typeof value !== 'number') return value
  if (unit === 'minor') return value / 10 ** report.exponent
  if (unit === 'points') return value / 10 ** named.scaleOf(asset)
  return value
}

/** Of one cell what is read, and what a file has. */
export function cellOf(told: Told, { id, unit }: ReportTable['columns'][number], row: Row) {
  const value = row[id] ?? null
  const asset = typeof row['asset'] === 'string' ? row['asset'] : mainAsset(told.named)
  if (value === null) return { text: '–', value: null }
  if (value === 0 && (id === 'debit' || id === 'credit')) return { text: '', value }
  if (typeof value === 'number') {
    return { text: unitText(value, unit, told, asset), value: inFileOf(value, unit, told, asset) }
  }
  return { text: nameText(id, value, told.named), value }
}

/** Names, months and days of a report as this program, and its people, call them. */
function nameText(column: string, value: string, named: Named): string {
  if (/^\d{4}-\d{2}$/.test(value)) return monthText(`${value}-01`)
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return dayText(value)
  switch (column) {
    case 'asset':
      return wordsOf(named.asset(value))
    case 'segment':
      return segmentText(value)
    case 'experiment':
      return experimentText(value, named)
    case 'verdict':
      return wordIn(said.verdicts, value) ?? said.cannotTell
    case 'group':
      return said.groups(value)
    case 'why':
    case 'account':
      return wordsOf(value)
    default:
      return value
  }
}

export const segmentText = (segment: string): string => wordIn(said.segments, segment) ?? wordsOf(segment)

/** `offer:spring` reads `Spring (offer)`. */
export function experimentText(experiment: string, named: Named): string {
  const colon = experiment.indexOf(':')
  const [kind, id] = colon < 0 ? ['rule', experiment] : [experiment.slice(0, colon), experiment.slice(colon + 1)]
  const name = kind === 'pilot' ? said.pilot(id) : kind === 'challenge' ? named.challenge(id) : wordsOf(id)
  return said.experiment(wordIn(said.kinds, kind) ?? wordsOf(kind), name)
}

export const questionOf = ({ report }: ReportAnswer, { id, label }: Pick<ReportTable, 'id' | 'label'>): string =>
  wordIn(said.questions, `${report}/${id}`) ?? label

/** Rows of a table, asset by asset. */
export function byAsset(table: ReportTable): { readonly asset: string; readonly table: ReportTable }[] {
  const at = table.columns.findIndex(({ id }) => id === 'asset')
  return [...Map.groupBy(table.rows, (row) => String(row[at]))].map(([asset, rows]) => ({
    ...{ asset, table: { ...table, rows } },
  }))
}
