import type { Bind } from '../http/bind.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { publishDraft } from './publish-draft.ts'
import { publishProgram } from './publish-program.ts'
import { compareDraft, listDraftSteps, listDrafts, readDraft } from './read-drafts.ts'
import { rollBack, withdrawVersion } from './restore-version.ts'
import { approveDraft, sendDraftBack, submitDraft } from './review-draft.ts'
import { saveDraft } from './save-draft.ts'

export function bindPublishing(context: ProgramContext, bind: Bind): void {
  bind('publishProgram', async ({ actor, query, body }) => {
    const input = { document: body, note: query.note ?? '' }
    const { findings, ...published } = await publishProgram(context, actor.name, actor.program, input)
    return { ...published, findings: findings.map((finding) => ({ ...finding })) }
  })
  bind('rollBack', ({ actor, path, body }) => rollBack(context, actor, { ...path, ...body }))
  bind('withdrawVersion', ({ actor, path, body }) =>
    withdrawVersion(context, actor.name, actor.program, { ...path, ...body }),
  )
  bind('listDrafts', ({ actor, query }) => listDrafts(context, actor.program, query))
  bind('readDraft', ({ actor, path }) => readDraft(context, actor.program, path.draft))
  bind('compareDraft', ({ actor, path, query }) => compareDraft(context, actor.program, path.draft, query))
  bind('listDraftSteps', ({ actor, path, query }) => listDraftSteps(context, actor.program, path.draft, query))
  bind('saveDraft', ({ actor, path, body }) => saveDraft(context, actor, { ...path, ...body }))
  bind('submitDraft', ({ actor, path, body }) => submitDraft(context, actor, { ...path, ...body }))
  bind('reviewDraft', ({ actor, path, body: { verdict, ...read } }) => {
    switch (verdict) {
      case 'approve':
        return approveDraft(context, actor, { ...path, ...read })
      case 'send-back':
        return sendDraftBack(context, actor, { ...path, ...read })
    }
  })
  bind('publishDraft', async ({ actor, path, body }) => {
    const { findings, ...published } = await publishDraft(context, actor, { ...path, ...body })
    return { ...published, findings: findings.map((finding) => ({ ...finding })) }
  })
}
