import { Button, Modal, NativeSelect, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { useActNames } from '../session/act-names.ts'
import { client } from '../session/client.ts'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'

/** Asks what it takes to let another version judge from a past day; nothing is posted by it. */
export function StartCorrection() {
  const [isOpen, { open, close }] = useDisclosure(false)
  return (
    <>
      <Button onClick={open}>{words.correctionRoom.start}</Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={words.correctionRoom.start}
        closeButtonProps={{ 'aria-label': words.close }}
        centered
      >
        <StartForm />
      </Modal>
    </>
  )
}

function StartForm() {
  const navigate = useNavigate()
  const nameOf = useActNames()
  const [chosen, setChosen] = useState<string | null>(null)
  const [from, setFrom] = useState('')
  const [reason, setReason] = useState('')
  const { data } = useQuery({ queryKey: ['versions'], queryFn: () => client.call('listVersions', {}) })
  const versions = (data?.versions ?? []).filter(({ pilot }) => pilot === null).toReversed()
  const version = chosen ?? String(versions[0]?.version ?? '')
  const said = words.correctionRoom
  const isReady = version !== '' && from !== '' && reason.trim() !== ''
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => {
      const body = { version: Number(version), from, reason: reason.trim() }
      return client.call('startCorrection', { body, idempotencyKey: nameOf(body) })
    },
    onSuccess: ({ id }) => navigate({ to: '/corrections/$correction', params: { correction: id } }),
  })
  return (
    <form
      className="adjust"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady && !isPending) mutate()
      }}
    >
      <p className="second">{said.lead}</p>
      <NativeSelect
        label={said.version}
        value={version}
        data={versions.map((each) => ({
          value: String(each.version),
          label: words.versions.numbered(amountText(each.version)),
        }))}
        onChange={({ currentTarget }) => setChosen(currentTarget.value)}
      />
      <TextInput
        type="date"
        label={said.from}
        value={from}
        onChange={({ currentTarget }) => setFrom(currentTarget.value)}
      />
      <TextInput
        label={said.reason}
        description={said.reasonHint}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      {error === null ? null : <ProblemView error={error} inForm />}
      <Button type="submit" disabled={!isReady} loading={isPending} fullWidth>
        {said.look}
      </Button>
    </form>
  )
}
