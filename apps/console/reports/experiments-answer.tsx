import type { ReportTable } from '@laurel/contract'
import { IntervalsChart } from '../charts/intervals-chart.tsx'
import { amountText, dayText } from '../words/format.ts'
import { Answer } from './report-table.tsx'
import { said, wordIn } from './report-words.ts'
import {
  experimentText,
  markText,
  numberIn,
  percentText,
  type Row,
  rowsIn,
  type Told,
  textIn,
  unitText,
} from './told.ts'

/** What stands in the readings above the table, and in its file. */
const inFile = [
  ...['sentence', 'spend-treated', 'spend-held-out', 'buyers-treated', 'buyers-held-out', 'buyers-difference'],
  ...['buyers-low', 'buyers-high', 'incremental-low', 'incremental-high', 'since', 'visible'],
]

/** Each experiment in plain words, then all of them beside each other. */
export function ExperimentsAnswer({ table, told }: { readonly table: ReportTable; readonly told: Told }) {
  const rows = rowsIn(table)
  const measured = rows.filter((row) => numberIn(row, 'difference') !== null)
  const textOf = (value: number) => unitText(value, 'minor', told, '')
  return (
    <>
      {rows.length === 0 ? null : (
        <ul className="sheet experiments">
          {rows.map((row) => (
            <Reading key={textIn(row, 'experiment')} row={row} told={told} />
          ))}
        </ul>
      )}
      <Answer table={table} told={told} note={rows.length === 0 ? undefined : said.drawn} hidden={inFile}>
        {measured.length === 0 ? undefined : (
          <IntervalsChart
            textOf={(value) => markText(value, 'minor', told, '')}
            intervals={measured.map((row) => ({
              label: experimentText(textIn(row, 'experiment'), told.named),
              ...{ value: numberIn(row, 'difference') ?? 0, low: numberIn(row, 'low'), high: numberIn(row, 'high') },
              text: said.perMember(textOf(numberIn(row, 'difference') ?? 0), verdictText(row)),
            }))}
          />
        )}
      </Answer>
    </>
  )
}

const verdictText = (row: Row): string => wordIn(said.verdicts, textIn(row, 'verdict')) ?? said.cannotTell

function Reading({ row, told }: { readonly row: Row; readonly told: Told }) {
  const money = (column: string) => unitText(numberIn(row, column) ?? 0, 'minor', told, '')
  const share = (column: string) => percentText(numberIn(row, column) ?? 0)
  const members = (column: string) => amountText(numberIn(row, column) ?? 0)
  const isTold = numberIn(row, 'difference') !== null
  const isSure = ['more', 'less'].includes(textIn(row, 'verdict'))
  const since = row['since']
  return (
    <li>
      <h3>
        {experimentText(textIn(row, 'experiment'), told.named)}{' '}
        <span className={isSure ? 'chip' : 'chip warning'}>{verdictText(row)}</span>
      </h3>
      <p>{textIn(row, 'sentence')}</p>
      <p className="small second">
        {typeof since === 'string' ? said.since(dayText(since)) : ''}{' '}
        {said.arms(members('treated'), members('held-out'))}
      </p>
      {isTold ? (
        <p className="small second">
          {said.spentEach(money('spend-treated'), money('spend-held-out'))}{' '}
          {said.boughtEach(share('buyers-treated'), share('buyers-held-out'))}{' '}
          {isSure
            ? said.broughtInAll(money('incremental'), money('incremental-low'), money('incremental-high'))
            : said.visible(money('visible'))}
        </p>
      ) : null}
    </li>
  )
}
