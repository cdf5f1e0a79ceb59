import type { DraftAnswer } from '@laurel/contract'
import { Button, Modal, NumberInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { client } from '../session/client.ts'
import { words } from '../words/words.ts'

/** Publishes a draft to a share of the members, drawn by chance, with as many held out to compare with. */
export function BeginPilot({
  draft: { id, revision },
  isDisabled,
}: {
  readonly draft: DraftAnswer
  readonly isDisabled: boolean
}) {
  const [isOpen, { open, close }] = useDisclosure(false)
  const [share, setShare] = useState<number | string>(10)
  const [holdout, setHoldout] = useState<number | string>(10)
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      client.call('beginPilot', {
        path: { draft: id },
        body: { revision, share: Number(share), holdout: Number(holdout) },
      }),
    onSuccess: async ({ pilot }) => {
      await Promise.all(
        ['drafts', 'draft', 'versions', 'pilots', 'vocabulary'].map((key) =>
          queryClient.invalidateQueries({ queryKey: [key] }),
        ),
      )
      await navigate({ to: '/pilots/$pilot', params: { pilot: String(pilot) } })
    },
  })
  const said = words.pilotRoom
  return (
    <>
      <Button variant="default" disabled={isDisabled} onClick={open}>
        {said.begin}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={said.begin}
        closeButtonProps={{ 'aria-label': words.close }}
        centered
      >
        <form
          className="adjust"
          onSubmit={(event) => {
            event.preventDefault()
            if (!isPending) mutate()
          }}
        >
          <p className="second">{said.beginLead}</p>
          <NumberInput label={said.share} value={share} onChange={setShare} min={1} max={99} suffix=" %" />
          <NumberInput label={said.holdout} value={holdout} onChange={setHoldout} min={0} max={99} suffix=" %" />
          {error === null ? null : <ProblemView error={error} inForm />}
          <Button type="submit" loading={isPending} fullWidth>
            {said.beginNow}
          </Button>
        </form>
      </Modal>
    </>
  )
}
