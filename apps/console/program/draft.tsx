import type { DraftAnswer } from '@laurel/contract'
import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { StartBacktest } from '../backtests/start-backtest.tsx'
import { ProblemView } from '../frame/problem-view.tsx'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { Sides } from './sides.tsx'

type Act = 'save' | 'submit' | 'approve' | 'send-back' | 'publish'

/** A draft: written, checked as it is typed, compared with what is in force, and handed on. */
export function Draft({ id }: { readonly id: string }) {
  const { may } = useMe()
  const queryClient = useQueryClient()
  const { data: draft } = useSuspenseQuery({
    queryKey: ['draft', id],
    queryFn: () => client.call('readDraft', { path: { draft: id } }),
    // What is typed stands on what was read: it is not exchanged under somebody's hands.
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [typed, setTyped] = useState<string | null>(null)
  const [comment, setComment] = useState('')
  const isChanged = typed !== null && typed !== draft.document
  const { mutate, isPending, error } = useMutation({
    mutationFn: (act: Act) => doWith(draft, act, typed ?? draft.document, comment),
    onSuccess: async () => {
      await Promise.all(
        ['draft', 'drafts', 'versions', 'differences', 'needs-you', 'vocabulary'].map((key) =>
          queryClient.invalidateQueries({ queryKey: [key] }),
        ),
      )
      setTyped(null)
      setComment('')
    },
  })
  const said = words.programRoom
  const mayWrite = may('programs:write') && draft.status !== 'published'
  const hasErrors = draft.findings.some((finding) => finding['severity'] === 'error')
  const isSettled = !isChanged && !isPending
  const button = (act: Act, isPossible: boolean, isMain = false) => (
    <Button
      variant={isMain ? 'filled' : 'default'}
      disabled={!isPossible}
      loading={isPending && isPossible}
      onClick={() => mutate(act)}
    >
      {said.acts[act]}
    </Button>
  )
  return (
    <>
      <p className="second published">
        {said.draftIs(amountText(draft.revision), draft.changedBy, said.statuses[draft.status])}
        {draft.note === '' ? '' : ` “${draft.note}”`}
      </p>
      {mayWrite ? (
        <div className="draft-acts">
          {button('save', isChanged && !isPending, isChanged)}
          {draft.status === 'open' && draft.needsApproval
            ? button('submit', isSettled && !hasErrors, !isChanged)
            : null}
          {draft.status === 'submitted' ? (
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
          ) : null}
          {!draft.needsApproval || draft.status === 'approved'
            ? button('publish', isSettled && !hasErrors, !isChanged)
            : null}
          <StartBacktest draft={id} isDisabled={!isSettled || hasErrors} />
        </div>
      ) : null}
      {error === null ? null : <ProblemView error={error} inForm />}
      {isChanged ? null : <Differences draft={draft} />}
      <Sides document={typed ?? draft.document} {...(mayWrite ? { onType: setTyped } : {})} />
    </>
  )
}

async function doWith({ id, revision }: DraftAnswer, act: Act, document: string, comment: string): Promise<unknown> {
  const path = { draft: id }
  switch (act) {
    case 'save':
      return await client.call('saveDraft', { path, body: { revision, document } })
    case 'submit':
      return await client.call('submitDraft', { path, body: { revision } })
    case 'approve':
      return await client.call('reviewDraft', { path, body: { verdict: 'approve', revision, comment } })
    case 'send-back':
      return await client.call('reviewDraft', { path, body: { verdict: 'send-back', revision, comment } })
    case 'publish':
      return await client.call('publishDraft', { path, body: { revision } })
  }
}

/** What changes when it is published, in sentences. */
function Differences({ draft: { id, revision, findings } }: { readonly draft: DraftAnswer }) {
  const isReadable = !findings.some((finding) => finding['severity'] === 'error')
  const { data, error } = useQuery({
    queryKey: ['differences', id, revision],
    queryFn: () => client.call('compareDraft', { path: { draft: id } }),
    enabled: isReadable,
  })
  if (error !== null) return <ProblemView error={error} inForm />
  if (data === undefined) return null
  const said = words.programRoom
  return (
    <section className="sheet differences" aria-label={said.changes}>
      <h2>{said.changes}</h2>
      {data.differences.length === 0 ? (
        <p className="second">{said.noChanges(amountText(data.version))}</p>
      ) : (
        <ul>
          {data.differences.map(({ path, kind, text }) => (
            <li key={path + kind + text}>
              <span className="chip">{said.kinds[kind]}</span> {text}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
