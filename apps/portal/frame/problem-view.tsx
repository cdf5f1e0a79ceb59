import { isProblem } from '../session/client.ts'
import { words } from '../words/words.ts'

/** What happened, and what to do: in the words of members, who have no use for a code. */
export function ProblemView({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { problem } = words
  const isLine = error instanceof TypeError
  const isOften = isProblem(error, 'too-many-requests')
  return (
    <div className="problem" role="alert">
      <h2>{isLine ? problem.network : isOften ? problem.tooOften : problem.refused}</h2>
      {isOften ? null : <p className="second">{isLine ? problem.networkRemedy : problem.refusedRemedy}</p>}
      {onRetry === undefined ? null : (
        <button type="button" className="button plain" onClick={onRetry}>
          {words.frame.tryAgain}
        </button>
      )}
    </div>
  )
}
