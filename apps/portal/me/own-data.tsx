import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { Sure } from '../rewards/sure.tsx'
import { client, isProblem } from '../session/client.ts'
import { useDoor } from '../session/own.ts'
import { words } from '../words/words.ts'

/** Taking everything along, and being forgotten. */
export function OwnData() {
  const [isAsked, setAsked] = useState(false)
  const { refetch } = useDoor()
  const forget = useMutation({ mutationFn: () => client.call('eraseSelf', {}), onSuccess: () => refetch() })
  const isOld = isProblem(forget.error, 'sign-in-again')
  return (
    <section className="part own-data">
      <h2>{words.me.data}</h2>
      <a className="button plain" href="/v1/self/export" download>
        {words.me.takeAlong}
      </a>
      <p className="second small">{words.me.takeAlongLead}</p>
      <button type="button" className="button plain danger" onClick={() => setAsked(true)}>
        {words.me.forget}
      </button>
      <p className="second small">{words.me.forgetLead}</p>
      {isAsked ? (
        <Sure
          question={words.me.forgetSure}
          yes={words.me.forgetYes}
          isBusy={forget.isPending}
          onYes={() => {
            setAsked(false)
            forget.mutate()
          }}
          onNo={() => setAsked(false)}
        />
      ) : null}
      {isOld ? (
        <p className="bad" role="alert">
          {words.me.enterAgain}
        </p>
      ) : forget.error === null ? null : (
        <ProblemView error={forget.error} />
      )}
    </section>
  )
}
