import type { Guest, TillState } from '@laurel/contract'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useEffect, useEffectEvent, useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { client, isWithoutLine, newActName, queryClient, stateKey } from '../session/client.ts'
import { type GuestWithoutLine, guestWithoutLine, remember } from '../session/known.ts'
import { words } from '../words/words.ts'
import { Camera, canSeeCodes } from './camera.tsx'
import { sound } from './tone.ts'

/** How the codes of cards begin. */
const ofCard = 'lc1.'
/** A scanner types faster than any hand; what comes slower is no scan. */
const scannerPauseMs = 80

/** Whose purchase it is: a card under the camera or a scanner, or a number that is said. */
export function Find({
  till,
  onFound,
  onUnknown,
}: {
  readonly till: TillState
  readonly onFound: (guest: Guest) => void
  /** There is no line to ask. */
  readonly onUnknown: (guest: GuestWithoutLine) => void
}) {
  const [isMissing, setMissing] = useState(false)
  const [isLooking, setLooking] = useState(false)
  const find = useMutation({
    mutationFn: ({ said, key }: { readonly said: string; readonly key: string }) =>
      client.call('findGuest', {
        body: said.startsWith(ofCard) ? { card: said } : { phone: said },
        idempotencyKey: key,
      }),
    onSuccess: (guest, { said }) => {
      sound('well')
      onFound(guest)
      // What it would be for is a day without a line: it keeps nobody waiting now.
      if (!said.startsWith(ofCard)) void remember(till, said, guest)
    },
    onError: async (error, { said }) => {
      if (!isWithoutLine(error)) return sound('no')
      void queryClient.invalidateQueries({ queryKey: stateKey })
      onUnknown(await guestWithoutLine(till, said.startsWith(ofCard) ? { card: said } : { phone: said }))
      return sound('well')
    },
  })
  const look = (said: string) => {
    setMissing(said === '')
    setLooking(false)
    if (said !== '') find.mutate({ said, key: newActName() })
  }
  useScanner(look)
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    look(String(new FormData(event.currentTarget).get('guest') ?? '').trim())
  }
  return (
    <section className="sheet" aria-labelledby="find-title">
      <h1 id="find-title">{words.find.title}</h1>
      <p className="second">{words.find.lead}</p>
      <form className="find" noValidate onSubmit={send}>
        <label htmlFor="guest" className="only-read">
          {words.find.field}
        </label>
        <input
          id="guest"
          name="guest"
          className="big-input"
          placeholder={words.find.field}
          autoComplete="off"
          spellCheck={false}
          dir="ltr"
          maxLength={1000}
          // A scanner types where the cursor stands.
          // biome-ignore lint/a11y/noAutofocus: the one thing that this page is for, each time anew
          autoFocus
          aria-invalid={isMissing}
        />
        <button type="submit" className="button big" disabled={find.isPending}>
          {words.find.send}
        </button>
      </form>
      {isMissing ? (
        <p className="bad" role="alert">
          {words.find.missing}
        </p>
      ) : find.error === null || isWithoutLine(find.error) ? null : (
        <ProblemView error={find.error} />
      )}
      {isLooking ? <Camera onCode={look} /> : null}
      {canSeeCodes() ? (
        <button
          type="button"
          className="button plain big"
          aria-pressed={isLooking}
          onClick={() => setLooking(!isLooking)}
        >
          {isLooking ? words.find.stopCamera : words.find.camera}
        </button>
      ) : null}
    </section>
  )
}

/** A scanner that types, while nobody types into a field: what comes as fast as only it does, and ends with Enter. */
function useScanner(onScan: (code: string) => void): void {
  const scanned = useEffectEvent(onScan)
  useEffect(() => {
    let typed = ''
    let lastAt = 0
    const listen = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLInputElement) return
      if (event.timeStamp - lastAt > scannerPauseMs) typed = ''
      lastAt = event.timeStamp
      if (event.key.length === 1) typed += event.key
      else if (event.key === 'Enter' && typed.startsWith(ofCard)) {
        event.preventDefault()
        scanned(typed)
        typed = ''
      }
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}
