import type { ReportTable } from '@laurel/contract'
import type { ReactNode } from 'react'
import { amountText, monthText } from '../words/format.ts'
import { CohortsAnswer, MapAnswer, SegmentsAnswer, SharesAnswer, TrustAnswer, ValuesAnswer } from './buying-answers.tsx'
import { ExperimentsAnswer } from './experiments-answer.tsx'
import {
  CohortsOfPointsAnswer,
  JournalsAnswer,
  LapsingAnswer,
  MeasuredAnswer,
  MovementAnswer,
  TrailAnswer,
} from './money-answers.tsx'
import { Answer } from './report-table.tsx'
import { numberIn, type Row, type Told, textIn } from './told.ts'

interface Asked {
  readonly table: ReportTable
  readonly told: Told
}

const ageOf = (row: Row): string => amountText(numberIn(row, 'age') ?? 0)
const monthOf = (row: Row): string => monthText(`${textIn(row, 'month')}-01`)

/** The picture that a table has; a table without one is its figures. */
const pictures: Readonly<Record<string, (asked: Asked) => ReactNode>> = {
  'home/lapsing': LapsingAnswer,
  'retention/cohorts': CohortsAnswer,
  'retention/retention': (asked) => <SharesAnswer {...asked} of="retained" pointOf={ageOf} />,
  'retention/churn': (asked) => <SharesAnswer {...asked} of="churn" pointOf={monthOf} />,
  'rfm/map': MapAnswer,
  'rfm/segments': SegmentsAnswer,
  'lifetime-value/segments': ValuesAnswer,
  'lifetime-value/trust': TrustAnswer,
  'experiments/experiments': ExperimentsAnswer,
  'profit-and-loss/measured': MeasuredAnswer,
  'liability/points': (asked) => <MovementAnswer {...asked} unit="points" />,
  'liability/money': (asked) => <MovementAnswer {...asked} unit="minor" />,
  'liability/journals': JournalsAnswer,
  'breakage/cohorts': CohortsOfPointsAnswer,
  'breakage/trail': TrailAnswer,
}

/** The tables of a report, each under its question. */
export const Answers = ({ told }: { readonly told: Told }) =>
  told.report.tables.map((table) => {
    const Picture = pictures[`${told.report.report}/${table.id}`] ?? Answer
    return <Picture key={table.id} table={table} told={told} />
  })
