import { Problem } from '@laurel/contract'
import type { RecordingContext } from '../decisions/recorder.ts'
import { remainingOf } from '../decisions/remaining.ts'
import type { Authenticate } from '../http/bind.ts'
import { isFromOurPage } from '../http/from-our-page.ts'
import type { MemberSignIn } from './member-sign-in.ts'

/** The member who asks for themselves. Whoever was merged asks as whoever remains (MRG-1). */
export function createMemberOfRequest(context: RecordingContext, signIn: MemberSignIn): Authenticate {
  return async (request) => {
    const found = await signIn.signedIn(request)
    if (found === null) throw new Problem('unauthenticated')
    if (request.method !== 'GET' && !isFromOurPage(request)) throw new Problem('cross-site')
    const { program } = found
    const member = await remainingOf(context, program, found.member)
    const name = `member/${member}`
    return { name, person: null, member, program, scopes: new Set(['self'] as const), partner: null, holder: null }
  }
}
