import type { SaleMade } from '@laurel/contract'
import { useMutation } from '@tanstack/react-query'
import { ProblemView } from '../frame/problem-view.tsx'
import { client } from '../session/client.ts'
import type { Named } from '../session/named.ts'
import { words } from '../words/words.ts'
import { sound } from './tone.ts'

interface DoneProps {
  readonly made: SaleMade
  readonly money: (minor: number) => string
  readonly named: Named | null
  readonly onNext: () => void
  readonly onUndone: () => void
}

/** The sale is recorded: what it brought, and the two things that may come next. */
export function Done({ made, money, named, onNext, onUndone }: DoneProps) {
  const undo = useMutation({
    mutationFn: () => client.call('undoAtTill', { body: { act: made.sale } }),
    onSuccess: ({ undone }) => {
      sound(undone ? 'well' : 'no')
      if (undone) onUndone()
    },
    onError: () => sound('no'),
  })
  const isUndone = undo.data?.undone === true
  return (
    <section className="sheet" aria-labelledby="done-title">
      <div role="status">
        <h2 id="done-title" className={isUndone ? 'sale-title' : 'sale-title good'}>
          {isUndone ? words.done.undone : words.done.title}
        </h2>
      </div>
      <p className="figure">{money(made.total - made.off - made.byGiftCard)}</p>
      {isUndone ? null : (
        <dl className="sums">
          {made.earned.length === 0 ? <p className="second">{words.done.nothing}</p> : null}
          {made.earned.map(({ asset, amount }) => (
            <div key={asset} className="sum">
              <dt>{words.done.earned}</dt>
              <dd className="good">{named === null ? amount : `+${named.amountOf(amount, asset)}`}</dd>
            </div>
          ))}
        </dl>
      )}
      {undo.error === null ? null : <ProblemView error={undo.error} />}
      {undo.data?.undone === false ? <p className="bad">{words.done.notUndone}</p> : null}
      {/* biome-ignore lint/a11y/noAutofocus: what is left to do, and Enter does it */}
      <button type="button" className="button big" autoFocus onClick={onNext}>
        {words.done.next}
      </button>
      {isUndone ? null : (
        <button type="button" className="button plain big" disabled={undo.isPending} onClick={() => undo.mutate()}>
          {words.done.undo}
        </button>
      )}
    </section>
  )
}

/** The sale is kept here until there is a line. */
export function Kept({ onNext }: { readonly onNext: () => void }) {
  return (
    <section className="sheet" aria-labelledby="done-title">
      <div role="status">
        <h2 id="done-title" className="sale-title good">
          {words.line.kept}
        </h2>
      </div>
      <p className="second">{words.line.later}</p>
      {/* biome-ignore lint/a11y/noAutofocus: what is left to do, and Enter does it */}
      <button type="button" className="button big" autoFocus onClick={onNext}>
        {words.done.next}
      </button>
    </section>
  )
}
