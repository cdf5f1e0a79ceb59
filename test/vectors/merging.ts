import { type MemberEvent, type Timeline, toldBy } from '@laurel/engine'
import { on } from './history-builder.ts'
import { live, ofType } from './reading.ts'

/** Ben goes into ada. */
export const merge = (at: string): MemberEvent => ({
  ...{ type: 'member.merged', source: 'laurel', id: 'm1', stamp: on(at), to: 'ada', head: 'ab'.repeat(32) },
  ...{ actor: 'staff-1', reason: 'same-person' },
})

/** What the one who goes sends, as the one who stays gets it: with the whole past, at the same moment. */
export function receivedOf(timeline: Timeline, gone: readonly MemberEvent[], at: string): MemberEvent {
  const effects = live(timeline, gone).decisions.flatMap((decision) => decision.effects)
  const sent = ofType(effects, 'send').at(-1)
  if (sent?.event.type !== 'merge.received') throw new Error('nothing was sent')
  const events = gone.filter((event) => event.type !== 'time.passed')
  const identity = { source: 'laurel', id: `ben/${sent.id}`, stamp: on(at) }
  return { ...sent.event, ...identity, from: 'ben', into: 'ada', brought: { events, told: toldBy(effects) } }
}
