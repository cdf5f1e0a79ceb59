import { type MemberAnswer, RequestProblem } from '@laurel/contract'
import { Button, Modal, NativeSelect, NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { client, newActName } from '../session/client.ts'
import type { Named } from '../session/vocabulary.ts'
import { words } from '../words/words.ts'

/** As much as one act may say (the interface's limit). */
const unitsMax = 1_000_000_000_000

/** Gives or takes by hand, with a reason that is kept for ever. */
export function Adjust({ member, named }: { readonly member: MemberAnswer; readonly named: Named }) {
  const [isOpen, { open, close }] = useDisclosure(false)
  const [said, setSaid] = useState<string | null>(null)
  return (
    <div className="room-acts">
      {said === null ? null : (
        <p role="status" className="second">
          {said}
        </p>
      )}
      <Button onClick={open}>{words.adjust.open}</Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={words.adjust.title(member.profile.name ?? member.id)}
        closeButtonProps={{ 'aria-label': words.close }}
        centered
      >
        <AdjustForm
          member={member}
          named={named}
          onDone={(text) => {
            setSaid(text)
            close()
          }}
        />
      </Modal>
    </div>
  )
}

/** It was asked for, and is answered by somebody else. */
const isForSecondPerson = (error: Error): boolean =>
  error instanceof RequestProblem && error.body.code === 'second-person-first'

function AdjustForm({
  member,
  named,
  onDone,
}: {
  readonly member: MemberAnswer
  readonly named: Named
  readonly onDone: (said: string) => void
}) {
  const queryClient = useQueryClient()
  // One name until there is an answer: sent again after the line broke, it happens once.
  const [idempotencyKey, setIdempotencyKey] = useState(newActName)
  const [asset, setAsset] = useState(member.balances[0]?.asset ?? '')
  const [direction, setDirection] = useState<'give' | 'take'>('give')
  const [typed, setTyped] = useState<number | string>('')
  const [reason, setReason] = useState('')
  const scale = named.scaleOf(asset)
  const units = typeof typed === 'number' ? Math.round(typed * 10 ** scale) : 0
  const change = direction === 'give' ? units : -units
  const balance = member.balances.find((each) => each.asset === asset)
  const isReady = units > 0 && units <= unitsMax && reason.trim() !== ''

  const { mutate, isPending, error, data } = useMutation({
    mutationFn: () =>
      client.call('adjustPoints', {
        path: { member: member.id },
        body: { asset, amount: change, reason: reason.trim() },
        idempotencyKey,
      }),
    onSuccess: async ({ granted }) => {
      await queryClient.invalidateQueries({ queryKey: ['member', member.id] })
      if (!granted) setIdempotencyKey(newActName())
      else onDone(words.adjust.done(named.change(change, asset), named.asset(asset)))
    },
    onError: async (problem) => {
      if (!isForSecondPerson(problem)) return
      for (const queryKey of [['waiting-acts'], ['needs-you']]) await queryClient.invalidateQueries({ queryKey })
      onDone(words.adjust.waits)
    },
  })
  return (
    <form
      className="adjust"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady && !isPending) mutate()
      }}
    >
      <SegmentedControl
        fullWidth
        value={direction}
        onChange={(value) => setDirection(value === 'take' ? 'take' : 'give')}
        data={[
          { value: 'give', label: words.adjust.give },
          { value: 'take', label: words.adjust.take },
        ]}
      />
      {member.balances.length < 2 ? null : (
        <NativeSelect
          label={words.adjust.of}
          value={asset}
          onChange={({ currentTarget }) => setAsset(currentTarget.value)}
          data={member.balances.map(({ asset: id }) => ({ value: id, label: named.asset(id) }))}
        />
      )}
      <NumberInput
        label={words.adjust.amount}
        value={typed}
        onChange={setTyped}
        min={0}
        allowNegative={false}
        decimalScale={scale}
        thousandSeparator=","
        hideControls
        data-autofocus
      />
      <TextInput
        label={words.adjust.reason}
        description={words.adjust.reasonHint}
        value={reason}
        maxLength={200}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <p className="second">
        {words.adjust.after(named.amountOf((balance?.active ?? 0) - (balance?.debt ?? 0) + change, asset))}
      </p>
      {error === null || isForSecondPerson(error) ? null : <ProblemView error={error} inForm />}
      {data !== undefined && !data.granted ? (
        <p role="alert" className="warning-text">
          {words.adjust.refused(data.refusal?.code ?? '')}
        </p>
      ) : null}
      <Button type="submit" loading={isPending} disabled={!isReady} fullWidth>
        {units === 0 ? words.adjust.give : words.adjust.act(named.change(change, asset), named.asset(asset))}
      </Button>
    </form>
  )
}
