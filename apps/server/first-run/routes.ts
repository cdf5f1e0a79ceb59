import type { Bind } from '../http/bind.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { passCookies } from '../sign-in/routes.ts'
import type { SignIn } from '../sign-in/sign-in.ts'
import type { FirstRun } from './first-run.ts'
import { foundShop } from './found-shop.ts'

export function bindFirstRun(context: ProgramContext, bind: Bind, { programs }: FirstRun, signIn: SignIn): void {
  bind('listReadyPrograms', async () => ({
    programs: programs.map(({ id, name, sentence, currency, zone }) => ({ id, name, sentence, currency, zone })),
  }))
  bind('found', async ({ body, request, reply }) => {
    const founded = await foundShop(context, signIn.hashOf, programs, body)
    if (signIn.originOf(request) === null) return { ...founded, signedIn: false }
    const { email, password } = body.owner
    const answer = await signIn.ask(request, '/sign-in/email', { email, password })
    passCookies(reply, answer)
    return { ...founded, signedIn: answer.ok }
  })
}
