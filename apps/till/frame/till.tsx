import type { TillState } from '@laurel/contract'
import { Mark } from '@laurel/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Counter } from '../counter/counter.tsx'
import { Enrol } from '../door/enrol.tsx'
import { Pin } from '../door/pin.tsx'
import { client, isProblem, queryClient, stateKey } from '../session/client.ts'
import { chooseLanguage, languages, words } from '../words/words.ts'
import { ProblemView } from './problem-view.tsx'

const doorKey = ['door']
/** A till that was revoked, or whose cashier has left, is told so at a quiet counter, too. */
const lookAgainMs = 60_000

/** A device that is no till yet is made one; then whoever stands at it shows a PIN; then there is the counter. */
export function Till() {
  // Asked first and by everybody: a page that has to be refused something to find out would begin with an error.
  const door = useQuery({ queryKey: doorKey, queryFn: () => client.call('readTillDoor', {}) })
  const isEnrolled = door.data?.enrolled === true
  const till = useQuery({
    queryKey: stateKey,
    enabled: isEnrolled,
    queryFn: () => client.call('readTill', {}),
    refetchInterval: lookAgainMs,
  })
  const again = () => {
    void queryClient.invalidateQueries({ queryKey: doorKey })
    void queryClient.invalidateQueries({ queryKey: stateKey })
  }
  if (door.data?.enrolled === false || isProblem(till.error, 'unauthenticated')) return <Enrol onEnrolled={again} />
  const { data } = till
  const error = door.error ?? till.error
  if (data === undefined)
    return (
      <main className="door">
        {error === null ? <p role="status">{words.frame.loading}</p> : <ProblemView error={error} onRetry={again} />}
      </main>
    )
  return (
    <div className="frame">
      <Head till={data} onLocked={again} />
      {data.shift === null ? <Pin till={data} onBegun={again} /> : <Counter till={data} />}
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
