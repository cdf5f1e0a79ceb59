import type { ReportName } from '@laurel/contract'
import { Link } from '@tanstack/react-router'
import { OnlyFor } from '../frame/only-for.tsx'
import { useVocabulary } from '../session/vocabulary.ts'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { labelOf } from './figures.tsx'
import { shareOf, useMargin } from './margin.tsx'
import { Reading } from './reading.tsx'
import { NothingYet } from './report-room.tsx'
import { said } from './report-words.ts'
import { assetOfFigure, type Told, unitText } from './told.ts'
import { useReport, useReports } from './use-reports.ts'
import './reports.css'

/** All reports by their questions, each with its answer so far. */
export const ReportsRoom = () => (
  <OnlyFor scope="insights:read" room={words.reports}>
    <Reports />
  </OnlyFor>
)

function Reports() {
  const { reports, asOf } = useReports()
  return (
    <>
      <title>{`${words.reports} · ${words.name}`}</title>
      <h1>{words.reports}</h1>
      <p className="second room-lead first-lead">{said.lead}</p>
      <Reading />
      {asOf === null ? <NothingYet /> : null}
      <ul className="sheet report-list">
        {reports.map(({ report, question }) => (
          <li key={report}>
            <div>
              <h2>
                <Link to="/reports/$report" params={{ report }}>
                  {question}
                </Link>
              </h2>
              {asOf === null ? null : <AnswerSoFar name={report} />}
            </div>
            <p className="small second">{said.whenBy[report]}</p>
          </li>
        ))}
      </ul>
    </>
  )
}

/** The answer in a line: the sentence of the report, or else its first figure. */
function AnswerSoFar({ name }: { readonly name: ReportName }) {
  const { madeAt } = useReports()
  const named = useVocabulary()
  const [margin] = useMargin()
  const { data: report } = useReport(name, madeAt, name === 'profit-and-loss' ? shareOf(margin) : undefined)
  if (report === undefined) return null
  return <p>{lineOf({ report, named })}</p>
}

function lineOf(told: Told): string {
  const { reading, figures, tables } = told.report
  if (reading !== null) return reading
  const [first] = figures
  const segments = tables.find(({ id }) => id === 'segments')?.rows ?? []
  const untold = first?.untold ?? tables[0]?.untold ?? null
  if (untold !== null) return untold.sentence
  if (first === undefined && segments.length > 0) {
    const membersOf = (segment: string) => amountText(Number(segments.find(([id]) => id === segment)?.[1] ?? 0))
    return said.rfmLine(membersOf('champions'), membersOf('must-not-lose'))
  }
  if (first === undefined || first.value === null) return ''
  return `${labelOf(first, told.named)}: ${unitText(first.value, first.unit, told, assetOfFigure(first, told.named))}.`
}
