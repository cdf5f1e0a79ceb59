import { type DraftAnswer, RequestProblem } from '@laurel/contract'
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { useNames } from '../session/people.ts'
import { useVocabulary } from '../session/vocabulary.ts'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { Differences } from './differences.tsx'
import { type Act, DraftActs } from './draft-acts.tsx'
import { DraftConflict } from './draft-conflict.tsx'
import { DraftSettings } from './draft-settings.tsx'
import { DraftSteps } from './draft-steps.tsx'
import { useKeptText } from './kept-text.ts'
import { Sides } from './sides.tsx'
import { WhatIf } from './what-if.tsx'

/** How soon somebody who writes is told that another has saved. */
const lookMs = 8_000

export interface Asked {
  /** `go-on`: saved as what takes the place of the latest version, which its writer has seen by now. */
  readonly act: Act | 'go-on'
  readonly comment: string
  /** The revision that it stands on: of the one that was read, or of the one that it takes the place of. */
  readonly revision: number
}

/** A draft: written, checked as it is typed, compared with what is in force, and handed on. */
export function Draft({ id }: { readonly id: string }) {
  const { may, program } = useMe()
  const nameOf = useNames()
  const inForce = useVocabulary().program.version ?? 0
  const queryClient = useQueryClient()
  const { data: draft } = useSuspenseQuery({
    queryKey: ['draft', id],
    queryFn: () => client.call('readDraft', { path: { draft: id } }),
    // What is typed stands on what was read: it is not exchanged under somebody's hands.
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [kept, setKept, forget] = useKeptText(program, id)
  const [note, setNote] = useState<string | null>(null)
  const [isBack, setIsBack] = useState(kept !== null && kept.text !== draft.document)
  const [isAsking, setIsAsking] = useState(false)
  const typed = kept?.text ?? draft.document
  const isChanged = typed !== draft.document || (note !== null && note !== draft.note)
  const mayWrite = may('programs:write') && draft.status !== 'published'
  const write = (text: string) => setKept({ revision: kept?.revision ?? draft.revision, text })
  const { data: now } = useQuery({
    queryKey: ['draft-now', id],
    queryFn: () => client.call('readDraft', { path: { draft: id } }),
    refetchInterval: lookMs,
    enabled: isChanged && mayWrite,
  })
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (asked: Asked) => doWith(draft, asked, typed, note ?? draft.note),
    onSuccess: async (_, { act }) => {
      if (act === 'save' || act === 'go-on') forget()
      setNote(null)
      setIsBack(false)
      await Promise.all(
        ['draft', 'draft-now', 'draft-steps', 'drafts', 'versions', 'differences', 'needs-you', 'vocabulary'].map(
          (key) => queryClient.invalidateQueries({ queryKey: [key] }),
        ),
      )
    },
  })
  const isOvertaken = error instanceof RequestProblem && error.body.code === 'draft-changed'
  const standsOn = kept?.revision ?? draft.revision
  const theirs = now !== undefined && now.revision > standsOn && isChanged ? now : null
  const { data: base } = useQuery({
    queryKey: ['version', inForce],
    queryFn: () => client.call('readVersion', { path: { version: String(inForce) } }),
    enabled: inForce > 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const said = words.programRoom
  const takeTheirs = async () => {
    forget()
    reset()
    setIsBack(false)
    await queryClient.invalidateQueries({ queryKey: ['draft', id] })
  }
  return (
    <>
      <p className="second published">
        {said.draftIs(amountText(draft.revision), nameOf(draft.changedBy), said.statuses[draft.status])}
        {draft.note === '' ? '' : ` “${draft.note}”`}
      </p>
      {isBack ? (
        <div className="told-off" role="status">
          <p>{said.keptBack}</p>
          <Button variant="default" size="xs" onClick={() => void takeTheirs()}>
            {said.discard}
          </Button>
        </div>
      ) : null}
      {theirs !== null || isOvertaken ? (
        <DraftConflict
          id={id}
          mine={typed}
          theirs={theirs}
          isPending={isPending}
          onKeepMine={(revision) => mutate({ act: 'save', comment: '', revision })}
          onTakeTheirs={() => void takeTheirs()}
        />
      ) : null}
      {mayWrite && draft.basedOn < draft.latest ? (
        <div className="told-off" role="status">
          <p>{said.publishedSince(amountText(draft.latest))}</p>
          <Button
            variant="default"
            size="xs"
            loading={isPending}
            onClick={() => mutate({ act: 'go-on', comment: '', revision: standsOn })}
          >
            {said.goOnFrom(amountText(draft.latest))}
          </Button>
        </div>
      ) : null}
      {mayWrite ? (
        <>
          <DraftSettings document={typed} note={note ?? draft.note} onWrite={write} onNote={setNote} />
          <DraftActs
            // What is said belongs to one step: it is empty again once that is done, and stays where it was refused.
            key={`${draft.revision} ${draft.status}`}
            draft={draft}
            isChanged={isChanged}
            isPending={isPending}
            onAct={(act, comment) => mutate({ act, comment, revision: standsOn })}
          />
        </>
      ) : null}
      {error === null || isOvertaken ? null : <ProblemView error={error} inForm />}
      {isChanged ? null : <Differences draft={draft} />}
      <Sides document={typed} before={base?.document ?? null} onType={mayWrite ? write : undefined} />
      {mayWrite && may('ledger:read') && isAsking ? (
        <section className="try">
          <h2>{words.whatIf.title}</h2>
          <WhatIf
            key={draft.revision}
            document={typed}
            before={draft.document}
            actFor={(document) => <Button onClick={() => write(document)}>{words.whatIf.write}</Button>}
          />
        </section>
      ) : null}
      {mayWrite && may('ledger:read') ? (
        <p className="what-if-open">
          <button type="button" className="link" aria-expanded={isAsking} onClick={() => setIsAsking(!isAsking)}>
            {isAsking ? words.close : words.whatIf.title}
          </button>
        </p>
      ) : null}
      <DraftSteps id={id} />
    </>
  )
}

async function doWith(
  { id, latest }: DraftAnswer,
  { act, comment, revision }: Asked,
  document: string,
  note: string,
): Promise<DraftAnswer | { readonly version: number }> {
  const path = { draft: id }
  switch (act) {
    case 'save':
      return await client.call('saveDraft', { path, body: { revision, document, note } })
    case 'go-on':
      return await client.call('saveDraft', { path, body: { revision, document, note, basedOn: latest } })
    case 'submit':
      return await client.call('submitDraft', { path, body: { revision, comment } })
    case 'approve':
      return await client.call('reviewDraft', { path, body: { verdict: 'approve', revision, comment } })
    case 'send-back':
      return await client.call('reviewDraft', { path, body: { verdict: 'send-back', revision, comment } })
    case 'publish':
      return await client.call('publishDraft', { path, body: { revision, comment } })
  }
}
