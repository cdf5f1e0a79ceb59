import { type InsightRunAnswer, RequestProblem } from '@laurel/contract'
import { Button } from '@mantine/core'
import { ProblemView } from '../frame/problem-view.tsx'
import { UnderWay } from '../frame/under-way.tsx'
import { useMe } from '../session/me.ts'
import { agoText, amountText, dayText } from '../words/format.ts'
import { said } from './report-words.ts'
import { useCancelReading, useReports, useStartReading } from './use-reports.ts'

/** Of which day the reports are, what became of the last reading, and the way to read now. */
export function Reading() {
  const { asOf, madeAt, run } = useReports()
  return (
    <div className="reading">
      {asOf === null || madeAt === null ? null : (
        <p className="small second">{said.asOf(dayText(asOf), agoText(madeAt))}</p>
      )}
      {run?.status === 'running' ? (
        <Running run={run} />
      ) : (
        <>
          {run?.status === 'failed' ? <p className="warning-text">{said.failed(run.failure ?? '')}</p> : null}
          {run?.status === 'cancelled' ? <p className="small second">{said.cancelled}</p> : null}
          <ReadNow lastRun={run?.id ?? null} />
        </>
      )}
    </div>
  )
}

function ReadNow({ lastRun }: { readonly lastRun: string | null }) {
  const { may } = useMe()
  const { mutate, isPending, error } = useStartReading(lastRun)
  // Somebody else was faster: theirs is shown at once.
  const isAnothers = error instanceof RequestProblem && error.body.code === 'insights-running'
  if (!may('insights:run')) return null
  return (
    <>
      <Button variant="default" size="sm" loading={isPending} onClick={() => mutate()}>
        {said.now}
      </Button>
      {error === null || isAnothers ? null : <ProblemView error={error} inForm />}
    </>
  )
}

function Running({ run: { id, parts } }: { readonly run: InsightRunAnswer }) {
  const { may } = useMe()
  const { mutate, isPending, error } = useCancelReading(id)
  const what =
    parts.all === 0
      ? said.counting
      : parts.done === parts.all
        ? said.writing
        : said.scoring(amountText(parts.done), amountText(parts.all))
  return (
    <UnderWay what={what} done={parts.done} all={parts.all} aside={said.stays}>
      {may('insights:run') ? (
        <Button variant="default" loading={isPending} onClick={() => mutate()}>
          {said.cancel}
        </Button>
      ) : null}
      {error === null ? null : <ProblemView error={error} inForm />}
    </UnderWay>
  )
}
