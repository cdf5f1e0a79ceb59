import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { useMe } from '../session/me.ts'
import { words } from '../words/words.ts'

interface Granted {
  readonly granted: boolean
  readonly refusal: { readonly code: string } | null
}

/** Counted or not, with a reason that is kept for ever. */
export function AnswerForm({
  queue,
  isReady,
  onAccept,
  onDismiss,
  children,
}: {
  readonly queue: 'refunds' | 'overdue'
  readonly isReady: boolean
  readonly onAccept: (reason: string) => Promise<Granted>
  readonly onDismiss: (reason: string) => Promise<void>
  readonly children?: ReactNode
}) {
  const { may } = useMe()
  const queryClient = useQueryClient()
  const [reason, setReason] = useState('')
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: async (isAccepted: boolean): Promise<Granted> => {
      if (isAccepted) return await onAccept(reason.trim())
      await onDismiss(reason.trim())
      return { granted: true, refusal: null }
    },
    onSuccess: async ({ granted }) => {
      if (!granted) return
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: [queue] }),
        queryClient.invalidateQueries({ queryKey: ['needs-you'] }),
        queryClient.invalidateQueries({ queryKey: ['member'] }),
      ])
    },
  })
  const said = words.queues
  if (!may('adjustments:write')) return <p className="second">{said.mayNot}</p>
  const isSaid = reason.trim() !== '' && isReady
  return (
    <form
      className="answer"
      onSubmit={(event) => {
        event.preventDefault()
        if (isSaid && !isPending) mutate(true)
      }}
    >
      {children}
      <TextInput
        label={said.reason}
        description={words.adjust.reasonHint}
        value={reason}
        maxLength={200}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      {error === null ? null : <ProblemView error={error} inForm />}
      {data?.granted === false ? (
        <p role="alert" className="warning-text">
          {said.refused(data.refusal?.code ?? '')}
        </p>
      ) : null}
      <div className="room-acts">
        <Button type="submit" disabled={!isSaid} loading={isPending}>
          {said.accept}
        </Button>
        <Button variant="default" disabled={reason.trim() === '' || isPending} onClick={() => mutate(false)}>
          {said.dismiss}
        </Button>
      </div>
    </form>
  )
}
