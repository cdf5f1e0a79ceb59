import type { ReportName } from '@laurel/contract'
import { getRouteApi, Link } from '@tanstack/react-router'
import { OnlyFor } from '../frame/only-for.tsx'
import { ProblemView } from '../frame/problem-view.tsx'
import { Waiting } from '../frame/waiting.tsx'
import { useVocabulary } from '../session/vocabulary.ts'
import { words } from '../words/words.ts'
import { Answers } from './answers.tsx'
import { FigureTile } from './figures.tsx'
import { Margin, shareOf, useMargin } from './margin.tsx'
import { Reading } from './reading.tsx'
import { said } from './report-words.ts'
import { SegmentMembers } from './segment-members.tsx'
import type { Told } from './told.ts'
import { Trends } from './trends.tsx'
import { useReport, useReports } from './use-reports.ts'
import '../charts/charts.css'
import './reports.css'

const route = getRouteApi('/reports/$report')

/** One report: its question, the answer in a sentence where there is one, figures, pictures and tables. */
export const ReportRoom = () => (
  <OnlyFor scope="insights:read" room={words.reports}>
    <Named />
  </OnlyFor>
)

function Named() {
  const { report: asked } = route.useParams()
  const { reports } = useReports()
  const found = reports.find(({ report }) => report === asked)
  if (found !== undefined) return <Report key={found.report} name={found.report} question={found.question} />
  return (
    <div className="problem">
      <h1>{said.nowhere}</h1>
      <Link to="/reports">{said.all}</Link>
    </div>
  )
}

function Report({ name, question }: { readonly name: ReportName; readonly question: string }) {
  const { madeAt } = useReports()
  const [margin, setMargin] = useMargin()
  const named = useVocabulary()
  const needsMargin = name === 'profit-and-loss'
  const { data: report, error, refetch } = useReport(name, madeAt, needsMargin ? shareOf(margin) : undefined)
  return (
    <>
      <title>{`${question} · ${words.name}`}</title>
      <p className="way">
        <Link to="/reports">{words.reports}</Link>
      </p>
      <h1>{question}</h1>
      {error === null ? null : <ProblemView error={error} onRetry={() => void refetch()} />}
      {report === undefined ? (
        error === null ? (
          <Waiting rows={10} />
        ) : null
      ) : (
        <>
          {report.asOf === null || report.reading === null ? null : <p className="lead">{report.reading}</p>}
          <details className="definition">
            <summary>{said.told}</summary>
            <p className="second">{report.definition}</p>
          </details>
          <Reading />
          {needsMargin && madeAt !== null ? <Margin key={margin} percent={margin} onState={setMargin} /> : null}
          {report.asOf === null ? <NothingYet /> : <Found told={{ report, named }} />}
        </>
      )}
    </>
  )
}

export const NothingYet = () => (
  <div className="empty">
    <h2>{said.nothingYet}</h2>
    <p className="second">{said.nothingYetMore}</p>
  </div>
)

function Found({ told }: { readonly told: Told }) {
  const { segment, cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const { report } = told
  const segments = report.tables.find(({ id }) => id === 'segments')?.rows.map(([id]) => String(id)) ?? []
  const sentences = [...new Set(report.figures.map(({ untold }) => untold?.sentence ?? null))]
  // Said once, not in every place that waits for the same.
  const sameUntold = sentences.length === 1 ? (sentences[0] ?? null) : null
  return (
    <>
      {sameUntold !== null ? <p className="untold">{sameUntold}</p> : null}
      {report.figures.length === 0 || sameUntold !== null ? null : (
        <div className="sheet">
          <div className="tiles wide-tiles">
            {report.figures.map((figure) => (
              <FigureTile key={figure.id} figure={figure} told={told} />
            ))}
          </div>
        </div>
      )}
      <Trends told={told} />
      <Answers told={told} />
      {report.report === 'rfm' && segments.length > 0 ? (
        <SegmentMembers
          segments={segments}
          segment={segment ?? segments[0] ?? ''}
          cursor={cursor}
          madeAt={report.madeAt}
          onGo={(to) => navigate({ search: to, resetScroll: false, replace: true })}
        />
      ) : null}
    </>
  )
}
