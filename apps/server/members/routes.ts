import type { RecordingContext } from '../decisions/recorder.ts'
import type { Bind } from '../http/bind.ts'
import { changeProfile } from './change-profile.ts'
import { createMember } from './create-member.ts'
import { lotsOf, noticesOf, tiersOf } from './describe-member.ts'
import { badgesAnswerOf, progressAnswerOf } from './describe-progress.ts'
import { gatherMember } from './gather-member.ts'
import { readMember } from './read-member.ts'
import { searchMembers } from './search-members.ts'

export function bindMembers(context: RecordingContext, bind: Bind): void {
  bind('createMember', ({ actor, body }) => createMember(context, actor.program, body))
  bind('searchMembers', ({ actor, query }) => searchMembers(context, actor.program, query))
  bind('readMember', ({ actor, path }) => readMember(context, actor.program, path.member))
  bind('changeProfile', async ({ actor, path: { member }, body }) => ({
    member,
    profile: await changeProfile(context, actor.program, member, body),
  }))
  bind('readLots', async ({ actor, path: { member } }) => ({
    member,
    ...lotsOf(await gatherMember(context, actor.program, member)),
  }))
  bind('readTiers', async ({ actor, path: { member } }) => {
    const gathered = await gatherMember(context, actor.program, member)
    return { member, zone: gathered.zone, tiers: tiersOf(gathered) }
  })
  bind('readProgress', async ({ actor, path: { member } }) => ({
    member,
    ...progressAnswerOf(await gatherMember(context, actor.program, member)),
  }))
  bind('readBadges', async ({ actor, path: { member } }) => ({
    member,
    ...badgesAnswerOf(await gatherMember(context, actor.program, member)),
  }))
  bind('readNotices', async ({ actor, path: { member } }) => ({
    member,
    notices: noticesOf(await gatherMember(context, actor.program, member)),
  }))
}
