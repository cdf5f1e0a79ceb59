import { createWording, type OwnReward, ownIdentity } from '@laurel/contract'
import {
  codesOf,
  decide,
  explainToMembers,
  type Language,
  localText,
  type Program,
  type Reward,
  seatsOf,
  stockOf,
  toldToMembers,
} from '@laurel/engine'
import { readRoomLeft } from '../decisions/offered-room.ts'
import { type GatheredMember, gatherMember } from '../members/gather-member.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { ruling } from './told.ts'

/** What a member can redeem, what it costs them, what is missing, and why it cannot be had: judged as the request itself would be. */
export async function listOwnRewards(context: ProgramContext, program: string, id: string, language: Language) {
  const gathered = await gatherMember(context, program, id)
  const { zone } = gathered
  const document = ruling(gathered)
  if (document === null) return { zone, rewards: [] }
  const told = [...toldToMembers(document).rewards.values()].filter(({ price }) => price !== null)
  const { sections } = explainToMembers(document, createWording(language))
  const parts = sections.find((section) => section.id === 'rewards')?.parts ?? []
  const leftOf = await readRoomLeft(context, gathered, told.flatMap(roomsOf))
  return {
    zone,
    rewards: told.map((reward) => ({
      ...rewardOf(gathered, document, reward, leftOf),
      sentences: parts.find((part) => part.id === reward.id)?.sentences.map(({ text }) => text) ?? [],
    })),
  }
}

function roomsOf({ id, stock, codes, kind }: Reward): string[] {
  return [
    ...(stock === null ? [] : [stockOf(id)]),
    ...(codes === 'uploaded' ? [codesOf(id)] : []),
    ...(kind.type === 'experience' ? kind.sessions.map((session) => seatsOf(id, session.id)) : []),
  ]
}

type LeftOf = (room: string) => number

function rewardOf(
  gathered: GatheredMember,
  document: Program,
  reward: Reward,
  leftOf: LeftOf,
): Omit<OwnReward, 'sentences'> {
  const { id, kind, name, stock, codes } = reward
  const counted = [...(stock === null ? [] : [stockOf(id)]), ...(codes === 'uploaded' ? [codesOf(id)] : [])]
  const left = counted.length === 0 ? null : Math.max(0, Math.min(...counted.map(leftOf)))
  const isExperience = kind.type === 'experience'
  const own = isExperience ? null : paysPart(reward) ? atCheckout(reward) : judged(gathered, reward, null)
  const sessions = (isExperience ? kind.sessions : []).map((session) => {
    const seats = Math.max(0, leftOf(seatsOf(id, session.id)))
    const look = judged(gathered, reward, session.id)
    const isKept = gathered.member.keptSeats?.some((kept) => kept.reward === id && kept.session === session.id) ?? false
    const refusal = look.refusal ?? (seats < 1 && !isKept ? 'sold-out' : null)
    const place = session.place === null ? null : { ...document.places.get(session.place)?.name }
    return { look, session: { id: session.id, starts: localText(session.starts), place, left: seats, refusal } }
  })
  // A price is the same for every session; where each is refused for another reason, what is missing is what is missing for all.
  const first = own ?? sessions.map(({ look }) => look).find(({ price }) => price !== null) ?? sessions[0]?.look
  const refusal = own?.refusal ?? (left === 0 ? 'sold-out' : null)
  const isOpen = sessions.some(({ session }) => session.refusal === null)
  return {
    id,
    kind: kind.type,
    name: { ...name },
    price: first?.price ?? priceInGeneral(reward),
    missing: first?.missing ?? 0,
    refusal: isExperience ? (isOpen ? null : (sessions[0]?.session.refusal ?? 'unknown-session')) : refusal,
    left,
    sessions: sessions.map(({ session }) => session),
    waitingList: isExperience && kind.waitingAccept !== null,
    charity: kind.type === 'donation' ? kind.charity : null,
  }
}

/** Points that pay a part of an order are spent with it, at a till or in a shop: burnt here they would buy nothing. */
export const paysPart = ({ kind }: Reward): boolean => kind.type === 'pay-with-points'

const atCheckout = (reward: Reward): Look => ({ price: priceInGeneral(reward), missing: 0, refusal: 'at-checkout' })

interface Look {
  readonly price: OwnReward['price']
  readonly missing: number
  readonly refusal: string | null
}

/** What the program would answer, as far as it does not depend on what others take: nothing is claimed by a question. */
function judged({ timeline, member, stamp }: GatheredMember, reward: Reward, session: string | null): Look {
  const { effects } = decide(timeline, member, {
    ...{ type: 'redemption.reserve', ...ownIdentity('reserve/look'), stamp, redemption: 'look', reward: reward.id },
    ...{ points: null, payable: null, session, until: { at: stamp.at, local: stamp.local }, answer: null },
  })
  const [reserved] = effects.flatMap((effect) => (effect.type === 'reserved' ? [priceIn(effect)] : []))
  if (reserved !== undefined) return { price: reserved.amount === 0 ? null : reserved, missing: 0, refusal: null }
  const refused = effects.find((effect) => effect.type === 'refused')?.refusal
  const missing = refused?.shortBy ?? 0
  const asset = reward.price !== null && reward.price.type !== 'free' ? reward.price.asset : null
  const held = member.assets.find((each) => each.asset === asset)?.active ?? 0
  const price = missing > 0 && asset !== null ? { asset, amount: held + missing } : null
  return { price, missing, refusal: refused?.code ?? 'not-now' }
}

const priceIn = ({ asset, amount }: NonNullable<OwnReward['price']>) => ({ asset, amount })

/** For whoever is not told another: the last choice is for everybody. */
function priceInGeneral({ price }: Reward): OwnReward['price'] {
  switch (price?.type) {
    case undefined:
    case 'free':
      return null
    case 'fixed': {
      const choice = price.choices.at(-1)
      return choice === undefined ? null : { asset: price.asset, amount: choice.amount }
    }
    case 'chosen':
      return { asset: price.asset, amount: price.least }
  }
}
