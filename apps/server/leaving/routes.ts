import { actingAs } from '../access/acting-as.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { Bind } from '../http/bind.ts'
import { comeOrGo } from './come-or-go.ts'
import { eraseMember } from './erase-member.ts'
import type { ErasedFile } from './erased-file.ts'
import { listErased } from './list-erased.ts'

export function bindLeaving(context: RecordingContext, bind: Bind, file: ErasedFile | null): void {
  bind('freezeMember', ({ actor, path, body: { frozen, reason, actor: person }, idempotencyKey }) =>
    comeOrGo(context, actor.program, path.member, {
      type: 'member.frozen',
      id: `freeze/${idempotencyKey}`,
      frozen,
      reason,
      actor: actingAs(actor, person),
    }),
  )
  bind('leaveProgram', ({ actor, path, idempotencyKey }) =>
    comeOrGo(context, actor.program, path.member, { type: 'member.left', id: `leave/${idempotencyKey}` }),
  )
  bind('rejoinProgram', ({ actor, path, idempotencyKey }) =>
    comeOrGo(context, actor.program, path.member, { type: 'member.joined', id: `rejoin/${idempotencyKey}` }),
  )
  bind('listErased', ({ actor, query }) => listErased(context, actor.program, query))
  bind('eraseMember', ({ actor, path, query }) => eraseMember(context, file, actor, path.member, query))
}
