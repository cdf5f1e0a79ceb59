import { Mark } from '@laurel/ui'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { isProblem, programInAddress } from '../session/client.ts'
import { enrol as enrolDevice, useWaiting } from '../session/outbox.ts'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'

interface Typed {
  readonly program: string
  readonly code: string
}

/** A device becomes a till by the code that a manager reads aloud. */
export function Enrol({ onEnrolled }: { readonly onEnrolled: () => void }) {
  const [isMissing, setMissing] = useState(false)
  const waiting = useWaiting()
  const enrol = useMutation({
    mutationFn: (typed: Typed) => enrolDevice(typed),
    onSuccess: onEnrolled,
  })
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const typed = (name: string) => String(fields.get(name) ?? '').trim()
    const body = { program: typed('program').toLowerCase(), code: typed('code') }
    const isWhole = body.program !== '' && body.code !== ''
    setMissing(!isWhole)
    if (isWhole) enrol.mutate(body)
  }
  // A program that is spelt as none can be is as wrong as a code.
  const isWrong = isProblem(enrol.error, 'wrong-till-code') || isProblem(enrol.error, 'invalid-request')
  const said = isMissing ? words.enrol.missing : isWrong ? words.enrol.wrong : null
  return (
    <main className="door">
      <Mark size={40} />
      <h1>{words.enrol.title}</h1>
      <p className="second">{words.enrol.lead}</p>
      {waiting === 0 ? null : (
        <p className="line-lost" role="alert">
          {words.line.holds(amountText(waiting))} {words.line.another}
        </p>
      )}
      <form className="stack" noValidate onSubmit={send}>
        <label htmlFor="program">{words.enrol.program}</label>
        <input
          id="program"
          name="program"
          defaultValue={programInAddress}
          autoCapitalize="none"
          dir="ltr"
          maxLength={100}
        />
        <label htmlFor="code">{words.enrol.code}</label>
        <input
          id="code"
          name="code"
          className="code-input"
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          dir="ltr"
          maxLength={40}
          aria-invalid={said !== null}
          aria-describedby={said === null ? undefined : 'code-wrong'}
        />
        {said === null ? null : (
          <p id="code-wrong" className="bad" role="alert">
            {said}
          </p>
        )}
        {enrol.error === null || isWrong ? null : <ProblemView error={enrol.error} />}
        <button type="submit" className="button" disabled={enrol.isPending}>
          {words.enrol.send}
        </button>
      </form>
    </main>
  )
}
