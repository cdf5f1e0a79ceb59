import { RequestProblem, type TillState } from '@laurel/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Keys } from '../counter/keys.tsx'
import { ProblemView } from '../frame/problem-view.tsx'
import { client, isProblem } from '../session/client.ts'
import { amountText, clockText } from '../words/format.ts'
import { words } from '../words/words.ts'

type Person = TillState['cashiers'][number]
const [least, most] = [4, 8]

/** Whoever stands here says who they are, and shows it. */
export function Pin({ till, onBegun }: { readonly till: TillState; readonly onBegun: () => void }) {
  const [person, setPerson] = useState<Person | null>(null)
  if (person !== null) return <Digits person={person} onBegun={onBegun} onOther={() => setPerson(null)} />
  return (
    <main className="door">
      <h1>{words.pin.title}</h1>
      {till.cashiers.length === 0 ? <p className="second">{words.pin.nobody}</p> : null}
      <ul className="people">
        {till.cashiers.map((each) => (
          <li key={each.id}>
            <button type="button" className="button plain big" onClick={() => setPerson(each)}>
              {each.name}
            </button>
          </li>
        ))}
      </ul>
    </main>
  )
}

function Digits({
  person,
  onBegun,
  onOther,
}: {
  readonly person: Person
  readonly onBegun: () => void
  readonly onOther: () => void
}) {
  const [pin, setPin] = useState('')
  const begin = useMutation({
    mutationFn: () => client.call('beginShift', { body: { cashier: person.id, pin } }),
    onSuccess: onBegun,
    onError: () => setPin(''),
  })
  const { error } = begin
  return (
    <main className="door">
      <h1>{words.pin.of(person.name)}</h1>
      <p className="pin-dots" role="status" aria-label={words.pin.digits(amountText(pin.length))}>
        {'●'.repeat(pin.length)}
      </p>
      {error === null ? null : isProblem(error, 'wrong-pin') || isProblem(error, 'invalid-request') ? (
        <p className="bad" role="alert">
          {words.pin.wrong}
        </p>
      ) : isProblem(error, 'pin-locked') ? (
        <p className="bad" role="alert">
          {words.pin.locked(clockText(lockedUntilOf(error)))}
        </p>
      ) : (
        <ProblemView error={error} />
      )}
      <Keys
        erase={words.pin.erase}
        onDigit={(digit) => setPin((typed) => (typed.length + digit.length > most ? typed : typed + digit))}
        onErase={() => setPin((typed) => typed.slice(0, -1))}
        onEnter={() => pin.length >= least && begin.mutate()}
      />
      <button
        type="button"
        className="button big"
        disabled={pin.length < least || begin.isPending}
        onClick={() => begin.mutate()}
      >
        {words.pin.enter}
      </button>
      <button type="button" className="button plain big" onClick={onOther}>
        {words.pin.other}
      </button>
    </main>
  )
}

function lockedUntilOf(error: unknown): string {
  const body: object = error instanceof RequestProblem ? error.body : {}
  return 'lockedUntil' in body ? String(body.lockedUntil) : new Date().toISOString()
}
