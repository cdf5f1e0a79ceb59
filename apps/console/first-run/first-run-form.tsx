import { type Client, type Founded, type ReadyProgramAnswer, RequestProblem } from '@laurel/contract'
import { Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { BrandPreview } from '../settings/brand-preview.tsx'
import { ColourField } from '../settings/colour-field.tsx'
import { words } from '../words/words.ts'
import { currencies, likelyCurrency, likelyZone, zones } from './home-ground.ts'
import { ProgramChoice } from './program-choice.tsx'

interface Typed {
  readonly program: string
  readonly name: string
  readonly currency: string
  readonly zone: string
  readonly colour: string
  readonly ownName: string
  readonly email: string
  readonly password: string
}
type Wrong = Partial<Record<keyof Typed, string>>

/** Which field of the page a field of the request is. */
const fieldByPath: Readonly<Record<string, keyof Typed>> = {
  '/program/from': 'program',
  '/program/name': 'name',
  '/program/currency': 'currency',
  '/program/zone': 'zone',
  '/colour': 'colour',
  '/owner/name': 'ownName',
  '/owner/email': 'email',
  '/owner/password': 'password',
}
const passwordLeast = 12

export function FirstRunForm({
  programs,
  client,
  onFounded,
}: {
  readonly programs: readonly ReadyProgramAnswer[]
  readonly client: Client
  readonly onFounded: (founded: Founded) => void
}) {
  const [typed, setTyped] = useState<Typed>(() => ({
    ...{ program: '', name: '', currency: likelyCurrency(), zone: likelyZone(), colour: '#1b6b49' },
    ...{ ownName: '', email: '', password: '' },
  }))
  const [wrong, setWrong] = useState<Wrong>({})
  const said = words.firstRun
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => {
      const { program: from, name, currency, zone, colour, ownName, email, password } = typed
      const owner = { name: ownName.trim(), email, password }
      return client.call('found', { body: { owner, program: { from, name: name.trim(), currency, zone }, colour } })
    },
    onSuccess: onFounded,
    onError: (failure) => setWrong(wrongIn(failure)),
  })
  const set = (change: Partial<Typed>) => {
    setTyped({ ...typed, ...change })
    setWrong({ ...wrong, ...Object.fromEntries(Object.keys(change).map((field) => [field, undefined])) })
  }
  const textOf = (field: keyof Typed) => ({
    name: field,
    value: typed[field],
    error: wrong[field] ?? null,
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => set({ [field]: currentTarget.value }),
  })
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isPending) return
    const missing = missingIn(typed)
    setWrong(missing)
    const [first] = Object.keys(missing)
    if (first === undefined) mutate()
    else event.currentTarget.querySelector<HTMLElement>(`[name="${first}"]`)?.focus()
  }
  const hasWrong = Object.values(wrong).some((each) => each !== undefined)
  return (
    <form className="sheet first-run-form" noValidate onSubmit={send}>
      <section>
        <ProgramChoice
          programs={programs}
          value={typed.program}
          error={wrong.program ?? null}
          onChange={(program) => set({ program })}
        />
      </section>
      <section className="fields">
        <h2>{said.shop}</h2>
        <TextInput
          label={said.name}
          description={said.nameHint}
          maxLength={60}
          autoComplete="organization"
          {...textOf('name')}
        />
        <div className="pair">
          <NativeSelect
            label={said.currency}
            data={[{ value: '', label: said.choose, disabled: true }, ...currencies(words.language)]}
            {...textOf('currency')}
          />
          <NativeSelect
            label={said.zone}
            data={zones().map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
            {...textOf('zone')}
          />
        </div>
        <p className="small second">{said.zoneHint}</p>
        <ColourField value={typed.colour} onChange={(colour) => set({ colour })} />
        <BrandPreview shop={typed.name.trim() === '' ? said.shop : typed.name} colour={typed.colour} logo={null} />
      </section>
      <section className="fields">
        <h2>{said.you}</h2>
        <p className="second">{said.youLead}</p>
        <TextInput label={said.ownName} maxLength={100} autoComplete="name" {...textOf('ownName')} />
        <TextInput label={said.email} type="email" maxLength={254} autoComplete="username" {...textOf('email')} />
        <PasswordInput
          label={said.password}
          description={said.passwordHint}
          maxLength={128}
          autoComplete="new-password"
          {...textOf('password')}
        />
      </section>
      <section className="fields">
        {error !== null && !hasWrong && Object.keys(wrongIn(error)).length === 0 ? (
          <ProblemView error={error} inForm />
        ) : null}
        {hasWrong ? (
          <p role="alert" className="wrong">
            {said.wrong}
          </p>
        ) : null}
        <Button type="submit" size="md" loading={isPending} fullWidth>
          {said.open}
        </Button>
      </section>
    </form>
  )
}

/** What stands there and cannot be, before anything is sent; in the order of the page. */
function missingIn(typed: Typed): Wrong {
  const said = words.firstRun.missing
  return {
    ...(typed.program === '' ? { program: said.program } : {}),
    ...(typed.name.trim() === '' ? { name: said.name } : {}),
    ...(typed.currency === '' ? { currency: said.currency } : {}),
    ...(typed.ownName.trim() === '' ? { ownName: said.ownName } : {}),
    ...(/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed.email.trim()) ? {} : { email: said.email }),
    ...(typed.password.length < passwordLeast ? { password: said.password } : {}),
  }
}

const wrongIn = (failure: unknown): Wrong =>
  failure instanceof RequestProblem
    ? Object.fromEntries(
        (failure.body.errors ?? []).flatMap(({ path, message }) => {
          const field = fieldByPath[path]
          return field === undefined ? [] : [[field, message]]
        }),
      )
    : {}
