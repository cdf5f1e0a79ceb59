import { Button, PasswordInput } from '@mantine/core'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { WorkIn } from '../frame/work-in.tsx'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { words } from '../words/words.ts'
import { OwnSessions } from './own-sessions.tsx'
import { Passkeys } from './passkeys.tsx'
import { SecondStep } from './second-step.tsx'
import { waysQuery } from './ways.ts'
import './account.css'

const route = getRouteApi('/account')
const said = words.accountRoom

/** One's own way in: password, second step, passkeys, and where one is signed in. */
export function AccountRoom() {
  const { company } = route.useSearch()
  const me = useMe()
  const { data: ways } = useSuspenseQuery(waysQuery)
  return (
    <>
      <title>{`${words.account} · ${words.name}`}</title>
      <h1>{me.person?.name ?? me.name}</h1>
      <p className="second room-lead first-lead">{me.person?.email ?? said.key}</p>
      {me.person === null ? null : (
        <>
          <div className="sheet account">
            <section aria-labelledby="password">
              <h2 id="password">{said.password}</h2>
              {ways.password ? <ChangePassword /> : <p className="second">{said.noPassword}</p>}
            </section>
            <section aria-labelledby="second-step">
              <h2 id="second-step">{said.secondStep}</h2>
              <SecondStep ways={ways} />
            </section>
            <section aria-labelledby="passkeys">
              <h2 id="passkeys">{said.passkeys}</h2>
              <Passkeys ways={ways} />
            </section>
            {ways.company === null ? null : (
              <section aria-labelledby="company">
                <h2 id="company">{said.company}</h2>
                {ways.company.linked ? (
                  <p className="second">{said.linked(ways.company.name)}</p>
                ) : (
                  <form method="post" action="/account/company" className="fields narrow">
                    {company === 'refused' ? (
                      <p className="wrong" role="alert">
                        {said.companyRefused}
                      </p>
                    ) : null}
                    <Button type="submit" variant="default">
                      {said.notLinked(ways.company.name)}
                    </Button>
                  </form>
                )}
              </section>
            )}
            <section aria-labelledby="programs">
              <h2 id="programs">{said.programs}</h2>
              <ul className="own-programs">
                {me.programs.map(({ program, role }) => (
                  <li key={program}>
                    <span>{said.role(program, role === null ? '' : words.teamRoom.roles[role])}</span>
                    {program === me.program ? (
                      <span className="third">{said.here}</span>
                    ) : (
                      <WorkIn program={program} text={said.workIn(program)} next="/console" />
                    )}
                  </li>
                ))}
              </ul>
            </section>
          </div>
          <OwnSessions />
        </>
      )}
    </>
  )
}

function ChangePassword() {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const isReady = current !== '' && next.length >= 12
  const { mutate, isPending, error, isSuccess } = useMutation({
    mutationFn: () => client.call('changeOwnPassword', { body: { current, password: next } }),
    onSuccess: () => {
      setCurrent('')
      setNext('')
    },
  })
  return (
    <form
      className="fields narrow"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady && !isPending) mutate()
      }}
    >
      <PasswordInput
        label={said.current}
        autoComplete="current-password"
        maxLength={128}
        value={current}
        onChange={({ currentTarget }) => setCurrent(currentTarget.value)}
      />
      <PasswordInput
        label={said.next}
        description={said.nextHint}
        autoComplete="new-password"
        maxLength={128}
        value={next}
        onChange={({ currentTarget }) => setNext(currentTarget.value)}
      />
      {error === null ? null : <ProblemView error={error} inForm />}
      <div className="room-acts">
        <Button type="submit" variant="default" disabled={!isReady} loading={isPending}>
          {said.change}
        </Button>
        {isSuccess && current === '' ? (
          <p role="status" className="second">
            {said.changed}
          </p>
        ) : null}
      </div>
    </form>
  )
}
