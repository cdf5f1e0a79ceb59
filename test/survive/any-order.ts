import { type Client, createClient, type EventToSend } from '@laurel/contract'
import { generateLife, type Setting } from '../../apps/cli/demo/life.ts'
import { createDice } from '../load/dice.ts'
import { type DrillOptions, onGround, type Verdict } from './drill.ts'

/** A request of the shuffled stream holds up to so many, of any members. */
const perRequestMax = 40

/** R4: facts doubled, shuffled and delayed, against the same in order: the same members in the end (EVT-2). */
export async function anyOrder({ seed, count, say }: DrillOptions): Promise<Verdict> {
  return await onGround({}, async ({ server, key }) => {
    const client = createClient({ url: server.url, key })
    const lives = Array.from({ length: count }, (_, index) => factsOf(seed, index))
    say(`R4: ${lives.flat().length} facts of ${count} members, in order`)
    for (const life of lives) await send(client, renamed(life, 'tidy'))
    say('R4: the same doubled, shuffled and delayed')
    const dice = createDice(seed)
    const doubled = lives.flatMap((life) => [...renamed(life, 'shuffled'), ...renamed(life, 'shuffled')])
    const shuffled = doubled.map((event) => ({ event, at: dice() })).sort((a, b) => a.at - b.at)
    await Promise.all(
      partsOf(
        shuffled.map(({ event }) => event),
        4,
      ).map(async (part) => {
        for (let from = 0; from < part.length; ) {
          const size = 1 + Math.floor(dice() * perRequestMax)
          await send(client, part.slice(from, from + size))
          from += size
        }
      }),
    )
    const different: string[] = []
    for (const life of lives) {
      const member = life[0]?.member ?? ''
      const [tidy, other] = [await standingOf(client, `tidy-${member}`), await standingOf(client, `shuffled-${member}`)]
      if (tidy !== other) different.push(`${member}: ${tidy} against ${other}`)
    }
    const { clean } = await client.call('verifyLedger', {})
    const detail = `${shuffled.length} facts in any order: ${different.length} of ${count} members differ${different.length > 0 ? ` (${different[0]})` : ''}; verify ${clean ? 'is clean' : 'finds disagreements'}`
    const passed = different.length === 0 && clean
    return { server, result: { id: 'R4', what: 'every stream doubled, shuffled and delayed', passed, detail } }
  })
}

function factsOf(seed: number, index: number): EventToSend[] {
  const setting: Setting = {
    seed,
    endsOn: Temporal.Now.plainDateISO('America/New_York'),
    windowDays: 400,
    zone: 'America/New_York',
    currency: 'USD',
    source: 'tidy',
    places: [],
    moneyOff: null,
    pendingDays: 0,
    reviews: false,
  }
  return generateLife(setting, index).happenings.flatMap((one) => (one.type === 'event' ? [one.event] : []))
}

/** The same life of another member, told by another source: identities are unique in the program. */
const renamed = (life: readonly EventToSend[], source: string): EventToSend[] =>
  life.map((event) => ({ ...event, source, member: `${source}-${event.member}` }))

async function send(client: Client, events: readonly EventToSend[]) {
  if (events.length === 0) return
  const answers = await client.call('recordEvents', { query: { history: 'true' }, body: [...events] })
  const wrong = [answers].flat().find(({ status }) => status !== 'recorded' && status !== 'repeated')
  if (wrong !== undefined) throw new Error(`an event was not recorded: ${JSON.stringify(wrong)}`)
}

/** Everything a member can see of themselves, without the name. */
async function standingOf(client: Client, member: string): Promise<string> {
  const path = { member }
  const { balances, tiers, joinedOn } = await client.call('readMember', { path })
  const { lots, pending } = await client.call('readLots', { path })
  const unnamed = pending.map(({ order: _order, ...entry }) => entry)
  return JSON.stringify({ joinedOn, balances, tiers, lots, pending: unnamed })
}

function partsOf<Item>(items: readonly Item[], count: number): Item[][] {
  return Array.from({ length: count }, (_, part) => items.filter((_item, index) => index % count === part))
}
