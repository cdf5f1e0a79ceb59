import type { DraftAnswer } from '@laurel/contract'
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { StartBacktest } from '../backtests/start-backtest.tsx'
import { BeginPilot } from '../pilots/begin-pilot.tsx'
import { useMe } from '../session/me.ts'
import { words } from '../words/words.ts'

export type Act = 'save' | 'submit' | 'approve' | 'send-back' | 'publish'

/** What can be done with a draft as it stands. */
export function DraftActs({
  draft,
  isChanged,
  isPending,
  onAct,
}: {
  readonly draft: DraftAnswer
  readonly isChanged: boolean
  readonly isPending: boolean
  readonly onAct: (act: Act, comment: string) => void
}) {
  const me = useMe()
  const [comment, setComment] = useState('')
  const said = words.programRoom
  const hasErrors = draft.findings.some((finding) => finding['severity'] === 'error')
  const isSettled = !isChanged && !isPending
  const isOwn = draft.changedBy === me.name
  const button = (act: Act, isPossible: boolean, isMain = false) => (
    <Button
      variant={isMain ? 'filled' : 'default'}
      disabled={!isPossible}
      loading={isPending && isPossible}
      onClick={() => onAct(act, comment)}
    >
      {said.acts[act]}
    </Button>
  )
  return (
    <div className="draft-acts">
      {button('save', isChanged && !isPending, isChanged)}
      <StartBacktest draft={draft.id} isDisabled={!isSettled || hasErrors} />
      {draft.status === 'open' && draft.needsApproval ? button('submit', isSettled && !hasErrors, !isChanged) : null}
      {draft.status === 'submitted' ? (
        isOwn && draft.needsApproval ? (
          <p className="second">{said.somebodyElse}</p>
        ) : (
          <>
            <TextInput
              aria-label={said.comment}
              placeholder={said.comment}
              value={comment}
              onChange={({ currentTarget }) => setComment(currentTarget.value)}
            />
            {button('approve', isSettled, true)}
            {button('send-back', isSettled && comment.trim() !== '')}
          </>
        )
      ) : null}
      {!draft.needsApproval || draft.status === 'approved'
        ? button('publish', isSettled && !hasErrors, !isChanged)
        : null}
      {!draft.needsApproval || draft.status === 'approved' ? (
        <BeginPilot draft={draft} isDisabled={!isSettled || hasErrors || draft.latest === 0} />
      ) : null}
    </div>
  )
}
