import type { OwnWays, SecondStepBegun } from '@laurel/contract'
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { client } from '../session/client.ts'
import { ShownOnce } from '../tables/shown-once.tsx'
import { words } from '../words/words.ts'
import { waysQuery } from './ways.ts'

const said = words.accountRoom

/** An authenticator app beside the password: set up, confirmed by a code of it, or done without. */
export function SecondStep({ ways }: { readonly ways: OwnWays }) {
  const queryClient = useQueryClient()
  const [password, setPassword] = useState('')
  const [begun, setBegun] = useState<SecondStepBegun | null>(null)
  const [now, setNow] = useState<string | null>(null)
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      if (!ways.secondStep) return setBegun(await client.call('beginSecondStep', { body: { password } }))
      await client.call('endSecondStep', { body: { password } })
      setNow(said.isOff)
    },
    onSuccess: async () => {
      setPassword('')
      await queryClient.invalidateQueries({ queryKey: waysQuery.queryKey })
    },
  })
  if (begun !== null && !ways.secondStep) {
    return (
      <Confirm
        begun={begun}
        onDone={async () => {
          setNow(said.isOn)
          setBegun(null)
          await queryClient.invalidateQueries({ queryKey: waysQuery.queryKey })
        }}
      />
    )
  }
  return (
    <>
      <p className="second">{ways.secondStep ? said.secondStepOn : said.secondStepOff}</p>
      {now === null ? null : <p role="status">{now}</p>}
      {ways.password ? (
        <form
          className="fields narrow"
          onSubmit={(event) => {
            event.preventDefault()
            if (password !== '' && !isPending) mutate()
          }}
        >
          <PasswordInput
            label={said.proof}
            autoComplete="current-password"
            maxLength={128}
            value={password}
            onChange={({ currentTarget }) => setPassword(currentTarget.value)}
          />
          {error === null ? null : <ProblemView error={error} inForm />}
          <div className="room-acts">
            <Button type="submit" variant="default" disabled={password === ''} loading={isPending}>
              {ways.secondStep ? said.doWithout : said.setUp}
            </Button>
          </div>
        </form>
      ) : null}
    </>
  )
}

function Confirm({ begun, onDone }: { readonly begun: SecondStepBegun; readonly onDone: () => Promise<void> }) {
  const [code, setCode] = useState('')
  const isCode = /^\d{6}$/.test(code.replaceAll(/\s/g, ''))
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => client.call('confirmSecondStep', { body: { code } }),
    onSuccess: onDone,
  })
  return (
    <form
      className="fields narrow"
      onSubmit={(event) => {
        event.preventDefault()
        if (isCode && !isPending) mutate()
      }}
    >
      <p>{said.read}</p>
      <Squares rows={begun.squares} />
      <ShownOnce label={said.secret} secret={begun.secret} />
      <ShownOnce label={said.backup} secret={begun.backupCodes.join('  ')} />
      <TextInput
        label={said.code}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={10}
        value={code}
        error={code.length >= 6 && !isCode ? said.codeWrong : null}
        onChange={({ currentTarget }) => setCode(currentTarget.value)}
      />
      {error === null ? null : <ProblemView error={error} inForm />}
      <div className="room-acts">
        <Button type="submit" disabled={!isCode} loading={isPending}>
          {said.turnOn}
        </Button>
      </div>
    </form>
  )
}

/** Dark on white in both themes: apps read no other. */
function Squares({ rows }: { readonly rows: readonly string[] }) {
  const path = rows
    .flatMap((row, y) => [...row].map((square, x) => (square === '1' ? `M${x} ${y}h1v1h-1z` : '')))
    .join('')
  return (
    <svg className="squares" viewBox={`0 0 ${rows.length} ${rows.length}`} role="img" aria-label={said.picture}>
      <path d={path} />
    </svg>
  )
}
