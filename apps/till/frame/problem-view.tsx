import { isProblem, isWithoutLine } from '../session/client.ts'
import { words } from '../words/words.ts'

/** What happened, and what to do, in one breath: there is a queue. */
export function ProblemView({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const [title, remedy] = saidOf(error)
  return (
    <div className="problem" role="alert">
      <p className="problem-title">{title}</p>
      {remedy === '' ? null : <p className="second">{remedy}</p>}
      {onRetry === undefined ? null : (
        <button type="button" className="button plain" onClick={onRetry}>
          {words.frame.tryAgain}
        </button>
      )}
    </div>
  )
}

function saidOf(error: unknown): readonly [title: string, remedy: string] {
  const { problem, find } = words
  if (isWithoutLine(error)) return [problem.network, problem.networkRemedy]
  const known = [
    ['too-many-requests', problem.tooOften],
    ['visit-over', problem.visitOver],
    ['pin-first', problem.pinFirst],
    ['nobody-found', find.nobody],
    ['unknown-card-code', find.unknownCard],
    ['card-code-over', find.over],
    ['card-code-used', find.used],
  ] as const
  const said = known.find(([code]) => isProblem(error, code))?.[1]
  return said === undefined ? [problem.refused, problem.refusedRemedy] : [said, '']
}
