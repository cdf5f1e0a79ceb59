import type { Context } from '../context.ts'
import type { Bind } from '../http/bind.ts'
import type { Mailer } from '../mail/mailer.ts'
import type { SignIn } from '../sign-in/sign-in.ts'
import { changeRole, listTeam, removeFromTeam, requireOnTeam } from './change-team.ts'
import { invite, listInvitations, revokeInvitation } from './invite.ts'
import {
  beginSecondStep,
  changeOwnPassword,
  confirmSecondStep,
  endSecondStep,
  readOwnWays,
  removeOwnPasskey,
} from './own-account.ts'
import { readMe } from './read-me.ts'
import { endSessions, listSessions } from './sessions.ts'

export function bindTeam(context: Context, bind: Bind, signIn: SignIn, mailer: Mailer): void {
  bind('readMe', ({ actor }) => readMe(context, actor))
  bind('listOwnSessions', async ({ actor, query, request }) => {
    if (actor.person === null) return { sessions: [], next: null }
    const current = (await signIn.signedIn(request))?.session ?? null
    return await listSessions(context, actor.person, current, query)
  })
  bind('endOwnSession', async ({ actor, path }) =>
    actor.person === null
      ? { ended: 0 }
      : await endSessions(context, actor.name, actor.program, actor.person, path.session),
  )

  bind('readOwnWays', (call) => readOwnWays(context, signIn, call))
  bind('changeOwnPassword', (call) => changeOwnPassword(context, signIn, call, call.body))
  bind('beginSecondStep', (call) => beginSecondStep(signIn, call, call.body.password))
  bind('confirmSecondStep', (call) => confirmSecondStep(context, signIn, call, call.body.code))
  bind('endSecondStep', (call) => endSecondStep(context, signIn, call, call.body.password))
  bind('removeOwnPasskey', ({ actor, path }) => removeOwnPasskey(context, actor, path.passkey))

  bind('listTeam', ({ actor, query }) => listTeam(context, actor.program, query))
  bind('changeRole', ({ actor, path, body }) => changeRole(context, actor.name, actor.program, path.person, body.role))
  bind('removeFromTeam', ({ actor, path }) => removeFromTeam(context, actor.name, actor.program, path.person))
  bind('listSessions', async ({ actor, path, query }) => {
    await requireOnTeam(context, actor.program, path.person)
    return await listSessions(context, path.person, null, query)
  })
  bind('endSessions', async ({ actor, path }) => {
    await requireOnTeam(context, actor.program, path.person)
    return await endSessions(context, actor.name, actor.program, path.person)
  })

  bind('listInvitations', ({ actor, query }) => listInvitations(context, actor.program, query))
  bind('invite', ({ actor, body, request }) => {
    // Who asks over a name that nobody has said is ours asks with a key; the link then says where we listen.
    const origin = signIn.originOf(request) ?? `${request.protocol}://${request.host}`
    return invite(context, mailer, actor.name, { program: actor.program, ...body }, origin)
  })
  bind('revokeInvitation', ({ actor, path }) => revokeInvitation(context, actor.name, actor.program, path.invitation))
}
