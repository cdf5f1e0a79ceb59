import type { DoneAct } from '@laurel/contract'
import { useMutation, useQuery } from '@tanstack/react-query'
import { ProblemView } from '../frame/problem-view.tsx'
import { client } from '../session/client.ts'
import { clockText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { sound } from './tone.ts'

/** What was done here last, as long as it can be undone. */
export function Acts({ money }: { readonly money: (minor: number) => string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['acts'],
    queryFn: () => client.call('listTillActs', {}),
    gcTime: 0,
  })
  const undo = useMutation({
    mutationFn: (act: string) => client.call('undoAtTill', { body: { act } }),
    onSuccess: ({ undone }) => {
      sound(undone ? 'well' : 'no')
      void refetch()
    },
    onError: () => sound('no'),
  })
  const problem = undo.error ?? error
  return (
    <section className="sheet" aria-labelledby="acts-title">
      <h2 id="acts-title">{words.acts.title}</h2>
      {problem === null ? null : <ProblemView error={problem} />}
      {undo.data?.undone === false ? <p className="bad">{words.done.notUndone}</p> : null}
      {data?.acts.length === 0 ? <p className="second">{words.acts.none}</p> : null}
      <ul className="rows">
        {data?.acts.map((act) => (
          <li key={act.act} className="row">
            <span className="row-name">
              {words.acts[act.kind]}
              <small className="second">{[clockText(act.at), amountOf(act, money)].filter(Boolean).join(' · ')}</small>
            </span>
            {act.undone ? (
              <span className="second row-missing">{words.done.undone}</span>
            ) : (
              <button
                type="button"
                className="button plain"
                disabled={undo.isPending}
                onClick={() => undo.mutate(act.act)}
              >
                {words.done.undo}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Of a redemption its price is in units that are not known here; its time tells it from others. */
const amountOf = ({ kind, amount }: DoneAct, money: (minor: number) => string): string =>
  kind === 'redemption' || amount === null || amount === 0 ? '' : money(amount)
