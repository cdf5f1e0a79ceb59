import type { KeyMade, Scope } from '@laurel/contract'
import { Button, Checkbox, Modal, NativeSelect, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { ShownOnce } from '../tables/shown-once.tsx'
import { words } from '../words/words.ts'
import { scopeMeanings } from './scope-words.ts'
import '../tables/choices.css'
import './make-key.css'

const said = words.keysRoom
const dayMs = 86_400_000
const daysByLast = { never: null, month: 30, quarter: 90, year: 365 } as const

/** What most keys are for; none of them may give points by hand, publish, or let others in. */
const presets = {
  shop: ['events:write', 'members:read', 'members:write', 'redemptions:write', 'vouchers:use', 'account:own'],
  import: ['events:write', 'events:history', 'members:read', 'members:write', 'account:own'],
  reading: ['members:read', 'programs:read', 'ledger:read', 'settlements:read', 'metrics:read', 'account:own'],
  own: [],
} as const satisfies Record<string, readonly Scope[]>
type Preset = keyof typeof presets
const presetNames = Object.keys(presets) as Preset[]

/** Makes a key, and shows it once. */
export function MakeKey() {
  const [isOpen, { open, close }] = useDisclosure(false)
  const [made, setMade] = useState<KeyMade | null>(null)
  return (
    <>
      <Button
        onClick={() => {
          setMade(null)
          open()
        }}
      >
        {said.make}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={said.make}
        closeButtonProps={{ 'aria-label': words.close }}
        // It is shown once: a touch beside it must not be what loses it.
        closeOnClickOutside={made === null}
        size="lg"
        centered
      >
        {made === null ? (
          <KeyForm onMade={setMade} />
        ) : (
          <div className="fields" role="status">
            <p>{said.made(made.name)}</p>
            <ShownOnce label={said.secret} secret={made.key} />
            <Button onClick={close}>{said.done}</Button>
          </div>
        )}
      </Modal>
    </>
  )
}

function KeyForm({ onMade }: { readonly onMade: (made: KeyMade) => void }) {
  const { scopes: own } = useMe()
  const queryClient = useQueryClient()
  const group = useId()
  const [name, setName] = useState('')
  const [preset, setPreset] = useState<Preset>('shop')
  const [chosen, setChosen] = useState<readonly Scope[]>([])
  const [last, setLast] = useState<keyof typeof daysByLast>('never')
  const [isAsked, setIsAsked] = useState(false)
  const scopes: readonly Scope[] = preset === 'own' ? chosen : presets[preset]
  const isReady = name.trim() !== '' && scopes.length > 0
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => {
      const days = daysByLast[last]
      const expiresAt = days === null ? null : new Date(Date.now() + days * dayMs).toISOString()
      return client.call('makeKey', { body: { name: name.trim(), scopes: [...scopes], expiresAt } })
    },
    onSuccess: async (made) => {
      await queryClient.invalidateQueries({ queryKey: ['keys'] })
      onMade(made)
    },
  })
  return (
    <form
      className="fields"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setIsAsked(true)
        if (isReady && !isPending) mutate()
      }}
    >
      <TextInput
        label={said.name}
        description={said.nameHint}
        value={name}
        maxLength={100}
        data-autofocus
        error={isAsked && name.trim() === '' ? said.nameMissing : null}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <fieldset className="choice">
        <legend className="label">{said.presets}</legend>
        <div className="choices two">
          {presetNames.map((each) => (
            <label key={each} className="choice-one">
              <input
                type="radio"
                name={group}
                checked={each === preset}
                onChange={() => setPreset(each)}
                aria-describedby={`${group}-${each}`}
              />
              <span>
                <strong>{said.presetNames[each]}</strong>
                <span id={`${group}-${each}`} className="second small">
                  {said.presetNames[`${each}More`]}
                </span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {preset === 'own' ? (
        <fieldset className="choice scopes">
          <legend className="label">{said.scopes}</legend>
          {own.map((scope) => (
            <Checkbox
              key={scope}
              size="md"
              label={
                <>
                  {scopeMeanings[scope]} <span className="id">{scope}</span>
                </>
              }
              checked={chosen.includes(scope)}
              onChange={() =>
                setChosen(chosen.includes(scope) ? chosen.filter((each) => each !== scope) : [...chosen, scope])
              }
            />
          ))}
          {isAsked && scopes.length === 0 ? <p className="wrong">{said.chooseScope}</p> : null}
        </fieldset>
      ) : (
        <p className="small second">{scopes.map((scope) => scopeMeanings[scope]).join(', ')}.</p>
      )}
      <NativeSelect
        label={said.ends}
        value={last}
        data={Object.entries(said.lasts).map(([value, label]) => ({ value, label }))}
        onChange={({ currentTarget: { value } }) => setLast(value in daysByLast ? (value as typeof last) : 'never')}
      />
      {error === null ? null : <ProblemView error={error} inForm />}
      <Button type="submit" loading={isPending} fullWidth>
        {said.make}
      </Button>
    </form>
  )
}
