import type { ProgressAnswer } from '@laurel/contract'
import type { UseQueryResult } from '@tanstack/react-query'
import { ProblemView } from '../frame/problem-view.tsx'
import { Waiting } from '../frame/waiting.tsx'
import type { Named } from '../session/vocabulary.ts'
import type { Column } from '../tables/column.ts'
import { CsvOf } from '../tables/csv-of.tsx'
import { amountText, dayText } from '../words/format.ts'
import { words } from '../words/words.ts'

interface Goal {
  readonly id: string
  readonly name: string
  readonly done: number
  readonly target: number | null
  readonly sentence: string
}

/** How far the member is on cards and in challenges. */
export function Progress({
  answer: { data, error, refetch },
  member,
  named,
}: {
  readonly answer: UseQueryResult<ProgressAnswer>
  readonly member: string
  readonly named: Named
}) {
  if (error !== null) return <ProblemView error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Waiting rows={4} />
  const goals: readonly Goal[] = [
    ...data.cards.map(({ card, asset, collected, full, missing, times }) => ({
      ...{ id: `card/${card}`, name: named.card(card), done: collected, target: full },
      sentence: words.progress.card(
        missing === null ? words.progress.noNext : words.progress.missing(named.amountOf(missing, asset)),
        amountText(times),
      ),
    })),
    ...data.challenges.map(({ challenge, until, progress, target, missing, met }) => ({
      ...{ id: `challenge/${challenge}`, name: named.challenge(challenge), done: progress, target },
      sentence: [
        missing === null ? words.progress.done(amountText(met)) : `${words.progress.missing(amountText(missing))}.`,
        until === null ? '' : words.progress.until(dayText(until)),
      ].join(' '),
    })),
  ]
  if (goals.length === 0) return <p className="empty second">{words.progress.empty}</p>
  return (
    <>
      <ul className="sheet ledger-sheet goals">
        {goals.map(({ id, name, done, target, sentence }) => (
          <li key={id}>
            <p>
              <strong>{name}</strong> <span className="second small">{sentence}</span>
            </p>
            <p className="number">
              {amountText(done)}
              {target === null ? '' : ` / ${amountText(target)}`}
            </p>
            <div className="bar" aria-hidden="true">
              <span
                className="bar-done"
                style={{ width: `${target === null ? 100 : Math.min(100, (done / target) * 100)}%` }}
              />
            </div>
          </li>
        ))}
      </ul>
      <div className="pages">
        <CsvOf file={`challenges-${member}`} columns={columns} rows={goals} />
      </div>
    </>
  )
}

const columns: Column<Goal>[] = (
  [
    [words.progress.name, ({ name }) => name],
    [words.progress.reached, ({ done }) => done],
    [words.progress.target, ({ target }) => target],
    [words.progress.state, ({ sentence }) => sentence],
  ] satisfies readonly (readonly [string, (goal: Goal) => string | number | null])[]
).map(([title, textOf]) => ({ id: title, title, textOf, cellOf: textOf }))
