import type { Bind } from '../http/bind.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { readSending, sendOffer, stopSending } from './send-offer.ts'

/** `wake` lets the sender look for what is to be sent. */
export function bindOffers(context: ProgramContext, bind: Bind, wake: () => void): void {
  bind('sendOffer', async ({ actor, path, body, idempotencyKey }) => {
    const sending = await sendOffer(context, actor.program, path.offer, body.members, idempotencyKey)
    wake()
    return sending
  })
  bind('readSending', ({ actor, path }) => readSending(context, actor.program, path.offer, path.sending))
  bind('cancelSending', ({ actor, path }) => stopSending(context, actor.program, path.offer, path.sending))
}
