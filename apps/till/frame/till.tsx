import type { TillState } from '@laurel/contract'
import { chooseLanguage, languages, Mark } from '@laurel/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Counter } from '../counter/counter.tsx'
import { Enrol } from '../door/enrol.tsx'
import { Pin } from '../door/pin.tsx'
import { client, isProblem, isWithoutLine, queryClient, stateKey } from '../session/client.ts'
import { keepState, keptState, useWaiting } from '../session/outbox.ts'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { ProblemView } from './problem-view.tsx'

const doorKey = ['door']
/** A till that was revoked, or whose cashier has left, is told so at a quiet counter, too. */
const lookAgainMs = 60_000
/** Where there was no line: as soon as there is one. */
const lookForLineMs = 5_000
const beat = ({ state: { error } }: { readonly state: { readonly error: unknown } }): number =>
  error === null ? lookAgainMs : lookForLineMs

/** A device that is no till yet is made one; then whoever stands at it shows a PIN; then there is the counter. */
export function Till() {
  // Asked first and by everybody: a page that has to be refused something to find out would begin with an error.
  const door = useQuery({ queryKey: doorKey, queryFn: () => client.call('readTillDoor', {}), refetchInterval: beat })
  const isEnrolled = door.data?.enrolled === true
  const till = useQuery({
    queryKey: stateKey,
    enabled: isEnrolled,
    queryFn: async () => {
      const state = await client.call('readTill', {})
      // Not allowed in a private window: then there is nothing to begin with without a line.
      await keepState(state).catch(() => undefined)
      return state
    },
    refetchInterval: beat,
  })
  const kept = useQuery({ queryKey: ['kept'], queryFn: keptState, gcTime: 0, staleTime: 0 })
  const again = () => {
    void queryClient.invalidateQueries({ queryKey: doorKey })
    void queryClient.invalidateQueries({ queryKey: stateKey })
  }
  const error = door.error ?? till.error
  // Without a line it is the till that it was, for whoever was at it; and until the shop has said otherwise, so that a line that is back
  // takes nothing off the counter.
  const [isOnKept, setOnKept] = useState(false)
  if (!isOnKept && till.data === undefined && isWithoutLine(error)) setOnKept(true)
  const data = till.data ?? (isOnKept ? (kept.data ?? undefined) : undefined)
  if (door.data?.enrolled === false || isProblem(till.error, 'unauthenticated')) return <Enrol onEnrolled={again} />
  if (data === undefined)
    return (
      <main className="door">
        {error === null ? <p role="status">{words.frame.loading}</p> : <ProblemView error={error} onRetry={again} />}
      </main>
    )
  return (
    <div className="frame">
      <Head till={data} onLocked={again} />
      <Line isLost={isWithoutLine(error)} />
      {data.shift === null ? <Pin till={data} onBegun={again} /> : <Counter till={data} />}
    </div>
  )
}

/** A quiet line, never a blocked page. */
function Line({ isLost }: { readonly isLost: boolean }) {
  const waiting = useWaiting()
  return (
    <div role="status">
      {isLost || waiting > 0 ? (
        <p className="line-lost">
          {isLost ? `${words.line.lost} ` : ''}
          {waiting > 0 ? words.line.holds(amountText(waiting)) : ''}
        </p>
      ) : null}
    </div>
  )
}

function Head({ till, onLocked }: { readonly till: TillState; readonly onLocked: () => void }) {
  const lock = useMutation({ mutationFn: () => client.call('endShift', {}), onSuccess: onLocked })
  return (
    <header className="head">
      <Mark size={24} />
      <span className="head-name">{till.name}</span>
      {till.shift === null ? (
        <select
          className="head-language"
          aria-label={words.frame.language}
          value={words.language}
          onChange={({ target }) => {
            const chosen = languages.find(({ language }) => language === target.value)
            if (chosen !== undefined) chooseLanguage(chosen.language)
          }}
        >
          {languages.map(({ language, name }) => (
            <option key={language} value={language}>
              {name}
            </option>
          ))}
        </select>
      ) : (
        <>
          <span className="second head-person">{words.frame.at(till.shift.name)}</span>
          <button type="button" className="button plain" disabled={lock.isPending} onClick={() => lock.mutate()}>
            {words.frame.lock}
          </button>
        </>
      )}
    </header>
  )
}
