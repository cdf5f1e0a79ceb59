import { type RoleName, roleNames, roles, type StaffLimit } from '@laurel/contract'
import { Button, Modal, NativeSelect, NumberInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { client } from '../session/client.ts'
import { useVocabulary, wordsOf } from '../session/vocabulary.ts'
import { words } from '../words/words.ts'
import { said } from './said.ts'

export const limitsKey = ['limits']
/** As much as one act may say (the interface's limit). */
const unitsMax = 1_000_000_000_000

/** Roles that adjust at all. */
const adjusting = roleNames.filter((role) => {
  const { scopes }: { readonly scopes: readonly string[] } = roles[role]
  return scopes.includes('adjustments:write')
})

/** Sets how much people of a role may adjust alone; of one that is there, how much alone. */
export function SetLimit({ act, limit }: { readonly act: string; readonly limit?: StaffLimit }) {
  const [isOpen, { open, close }] = useDisclosure(false)
  return (
    <>
      {limit === undefined ? (
        <Button variant="default" onClick={open}>
          {act}
        </Button>
      ) : (
        <button type="button" className="link" onClick={open}>
          {act}
        </button>
      )}
      <Modal
        opened={isOpen}
        onClose={close}
        title={said.setTitle}
        closeButtonProps={{ 'aria-label': words.close }}
        centered
      >
        <LimitForm limit={limit} onDone={close} />
      </Modal>
    </>
  )
}

function LimitForm({ limit, onDone }: { readonly limit: StaffLimit | undefined; readonly onDone: () => void }) {
  const named = useVocabulary()
  const queryClient = useQueryClient()
  const { assets } = named.program
  const [role, setRole] = useState<RoleName>(limit?.role ?? 'support')
  const [asset, setAsset] = useState(limit?.asset ?? assets[0]?.id ?? '')
  const scale = named.scaleOf(asset)
  const [typed, setTyped] = useState<number | string>(
    limit?.mostPerDay === undefined || limit.mostPerDay === null ? '' : limit.mostPerDay / 10 ** scale,
  )
  const units = typeof typed === 'number' ? Math.round(typed * 10 ** scale) : null
  const isReady = units !== null && units >= 0 && units <= unitsMax && asset !== ''
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => client.call('setLimit', { body: { role, asset, mostPerDay: units } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: limitsKey })
      onDone()
    },
  })
  return (
    <form
      className="fields"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady && !isPending) mutate()
      }}
    >
      <NativeSelect
        label={said.role}
        value={role}
        disabled={limit !== undefined}
        onChange={({ currentTarget }) => setRole(adjusting.find((each) => each === currentTarget.value) ?? role)}
        data={adjusting.map((value) => ({ value, label: words.teamRoom.roles[value] }))}
      />
      <NativeSelect
        label={said.asset}
        value={asset}
        disabled={limit !== undefined}
        onChange={({ currentTarget }) => setAsset(currentTarget.value)}
        data={assets.map(({ id }) => ({ value: id, label: wordsOf(named.asset(id)) }))}
      />
      <NumberInput
        label={said.most}
        description={said.mostHint}
        value={typed}
        onChange={setTyped}
        min={0}
        allowNegative={false}
        decimalScale={scale}
        thousandSeparator=","
        hideControls
        data-autofocus
      />
      <p className="small second">{said.setMore}</p>
      {error === null ? null : <ProblemView error={error} inForm />}
      <Button type="submit" disabled={!isReady} loading={isPending} fullWidth>
        {said.setAct}
      </Button>
    </form>
  )
}
