import { useQuery } from '@tanstack/react-query'
import { ProblemView } from '../frame/problem-view.tsx'
import { client } from '../session/client.ts'
import { type Named, readable } from '../session/named.ts'
import { words } from '../words/words.ts'

/** The rules behind a line: what gave, and what did not with its reason, in sentences that the shop makes. */
export function Why({ number, named }: { readonly number: number; readonly named: Named }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['why', number],
    queryFn: () =>
      client.call('explainSelf', { path: { number: String(number) }, query: { language: words.language } }),
    staleTime: 300_000,
  })
  if (error !== null) return <ProblemView error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <p className="why second">{words.frame.loading}</p>
  if (data.reasons.length === 0) return <p className="why second">{words.history.noReason}</p>
  const outcomes: Readonly<Record<string, string>> = words.history.outcomes
  return (
    <ul className="why">
      {data.reasons.map(({ rule, sentence, outcome, asset, amount }) => (
        <li key={`${rule} ${outcome}`}>
          <span>{sentence ?? readable(rule)}</span>
          <span className="second">
            {outcomes[outcome] ?? words.history.otherOutcome}
            {asset === null || amount === 0 || named.kindOf(asset) === null ? null : (
              <bdi className="why-amount"> {named.amountOf(amount, asset)}</bdi>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}
