import { type Catalogue, Problem } from '@laurel/contract'
import {
  type Budget,
  type Challenge,
  codesOf,
  localText,
  type Offer,
  type Program,
  type Reward,
  roomOfBudget,
  seatsOf,
  stockOf,
} from '@laurel/engine'
import { bucketOf } from '@laurel/ledger'
import { rowsOf } from '../db/transaction.ts'
import { sendingOf } from '../offers/send-offer.ts'
import { type ProgramContext, rulingAt } from '../programs/timeline.ts'
import { lastSendings, type RoomRow, roomsOfProgram, waitingByRoom } from './queries.ts'

/** What was counted of what the program has only so much of. */
interface Counted {
  readonly roomBy: ReadonlyMap<string, RoomRow>
  readonly waitingBy: ReadonlyMap<string, number>
}

/** What the program in force has for its members, with how much of it is left. */
export async function readCatalogue(context: ProgramContext, id: string): Promise<Catalogue> {
  const found = await context.timelines.of(id)
  if (found === null) throw new Problem('no-program')
  const program = rulingAt(found, context.now(id))
  const rooms = roomsIn(program)
  const buckets = [...new Set(rooms.map((room) => bucketOf(id, room)))]
  const { application } = context.database
  const [used, waiting, sendings] = await Promise.all([
    rowsOf(application, roomsOfProgram(buckets, id, rooms)),
    rowsOf(application, waitingByRoom(id, rooms)),
    rowsOf(application, lastSendings(id)),
  ])
  const counted = {
    roomBy: new Map(used.map((row) => [row.room, row])),
    waitingBy: new Map(waiting.map((row) => [row.room, row.waiting])),
  }
  const sendingByOffer = new Map(sendings.map((row) => [row.offer, sendingOf(row)]))
  return {
    zone: program.zone,
    rewards: [...program.rewards.values()].map((reward) => rewardOf(reward, counted)),
    offers: [...program.offers.values()].map((offer) => ({
      ...offerOf(offer, counted),
      lastSending: sendingByOffer.get(offer.id) ?? null,
    })),
    challenges: [...program.challenges.values()].map((challenge) => challengeOf(challenge, counted)),
    partners: [...program.partners.values()].map(({ id: partner, name, earn, burn, settles }) => ({
      ...{ id: partner, name, earn, burn },
      settles: settles === null ? null : { asset: settles.asset, amount: settles.amount, minor: settles.minor },
    })),
    charities: [...program.charities.values()].map(({ id: charity, name }) => ({ id: charity, name })),
  }
}

/** Of which there is only so much. */
function roomsIn({ rewards, offers, challenges }: Program): string[] {
  const ofRewards = [...rewards.values()].flatMap((reward) => [
    ...(reward.stock === null ? [] : [stockOf(reward.id)]),
    ...(reward.codes === 'uploaded' ? [codesOf(reward.id)] : []),
    ...sessionsOf(reward).map(({ id }) => seatsOf(reward.id, id)),
  ])
  const budgets = [...[...offers.values()].map(budgetOfOffer), ...[...challenges.values()].map(({ budget }) => budget)]
  return [...ofRewards, ...budgets.flatMap((budget) => (budget === null ? [] : [roomOfBudget(budget)]))]
}

const sessionsOf = ({ kind }: Reward) => (kind.type === 'experience' ? kind.sessions : [])
const budgetOfOffer = ({ type }: Offer): Budget | null => (type.type === 'goal' ? type.budget : null)

function rewardOf(reward: Reward, { roomBy, waitingBy }: Counted): Catalogue['rewards'][number] {
  const { id, name, kind, codes, stock } = reward
  const usedOf = (room: string) => Number(roomBy.get(room)?.used ?? 0)
  const ofCodes = roomBy.get(codesOf(id))
  const uploaded = codes === 'uploaded' ? Number(ofCodes?.added ?? 0) : null
  const leftOfCodes = uploaded === null ? null : Math.max(0, uploaded - Number(ofCodes?.used ?? 0))
  const leftOfStock = stock === null ? null : Math.max(0, stock - usedOf(stockOf(id)))
  const left = [leftOfCodes, leftOfStock].filter((each) => each !== null)
  return {
    ...{ id, name, kind: kind.type, codes, price: priceOf(reward), of: stock ?? uploaded },
    left: left.length === 0 ? null : Math.min(...left),
    sessions: sessionsOf(reward).map(({ id: session, starts, place, seats }) => {
      const room = seatsOf(id, session)
      return {
        ...{ id: session, starts: localText(starts), place, seats },
        ...{ taken: usedOf(room), waiting: waitingBy.get(room) ?? 0 },
      }
    }),
  }
}

function priceOf({ price }: Reward): Catalogue['rewards'][number]['price'] {
  if (price === null) return null
  switch (price.type) {
    case 'free':
      return null
    case 'fixed': {
      const amounts = price.choices.map(({ amount }) => amount)
      return { asset: price.asset, least: Math.min(...amounts), most: Math.max(...amounts) }
    }
    case 'chosen':
      return { asset: price.asset, least: price.least, most: price.most }
  }
}

function offerOf(offer: Offer, counted: Counted): Omit<Catalogue['offers'][number], 'lastSending'> {
  const { id, name, type, holdout, sendTo } = offer
  return {
    ...{ id, name, kind: type.type, holdout: percentOf(holdout), byRule: sendTo !== null },
    budget: budgetOf(budgetOfOffer(offer), counted),
  }
}

function challengeOf(
  { id, name, window, holdout, budget }: Challenge,
  counted: Counted,
): Catalogue['challenges'][number] {
  return {
    ...{ id, name, holdout: percentOf(holdout), budget: budgetOf(budget, counted) },
    each: window.type === 'calendar' ? window.unit : null,
    opens: window.type === 'dates' ? localText(window.from) : null,
    closes: window.type === 'dates' ? localText(window.through) : null,
  }
}

const percentOf = (share: Offer['holdout']): number | null =>
  share === null ? null : (share.numerator * 100) / share.denominator

function budgetOf(budget: Budget | null, { roomBy }: Counted): Catalogue['offers'][number]['budget'] {
  if (budget === null) return null
  const used = Number(roomBy.get(roomOfBudget(budget))?.used ?? 0)
  const { most } = budget
  switch (most.type) {
    case 'amount':
      return { of: 'amount', asset: most.asset, most: most.amount, used }
    case 'worth':
      return { of: 'worth', asset: null, most: most.minor, used }
    case 'times':
      return { of: 'times', asset: null, most: most.times, used }
  }
}
