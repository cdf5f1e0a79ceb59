import { type createClient, RequestProblem, type RouteAnswer, type Routes } from '@laurel/contract'
import {
  dayFromCivil,
  type Held,
  type LocalTime,
  type MemberStanding,
  type Notice,
  type Program,
  plansAt,
  type RankStanding,
  startOf,
  type VoucherStanding,
} from '@laurel/engine'

type Client = ReturnType<typeof createClient>

/** What the answer is, or null where the server knows nobody. */
export async function ifKnown<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof RequestProblem && error.body.code === 'unknown-member') return null
    throw error
  }
}

/** What rows can change, as the interface tells it; of referrals it tells nothing yet. */
export async function readHeld(client: Client, member: string, now: LocalTime): Promise<Omit<Held, 'referral'>> {
  return heldOf(client, await client.call('readMember', { path: { member } }), now)
}

async function heldOf(client: Client, answer: RouteAnswer<Routes['readMember']>, now: LocalTime) {
  const path = { member: answer.id }
  const { badges } = await client.call('readBadges', { path })
  const plans = answer.memberships.map(({ since, until, ends, ended, ...plan }) => ({
    ...plan,
    ...{ since: localIn(since), until: localIn(until), endsAt: localIn(ends) },
    ended: ended === null ? null : localIn(ended),
  }))
  const state = answer.status === 'member' ? ('active' as const) : answer.status
  return {
    tiers: answer.tiers.map(({ toRise, toStay, ...tier }) => ({
      ...tier,
      ...{ toRise: toRise?.missing ?? null, toStay: toStay?.missing ?? null },
    })),
    vouchers: await readVouchers(client, answer.id),
    badges: badges.map(({ badge }) => badge),
    plans: plansAt(plans, now),
    state,
    pool: answer.pool,
  }
}

/** All there ever were, as they were issued. */
export async function readVouchers(client: Client, member: string): Promise<VoucherStanding[]> {
  const found: VoucherStanding[] = []
  let cursor: string | null = null
  do {
    const query: { status: 'all'; limit: string; cursor?: string } = {
      ...{ status: 'all', limit: '200' },
      ...(cursor === null ? {} : { cursor }),
    }
    const page: RouteAnswer<Routes['listVouchers']> = await client.call('listVouchers', { path: { member }, query })
    found.push(...page.vouchers)
    cursor = page.next
  } while (cursor !== null)
  return found.reverse()
}

/** Everything that a table of what stands can look at. */
export async function readStanding(
  client: Client,
  program: Program,
  member: string,
  now: LocalTime,
): Promise<Omit<MemberStanding, 'referral' | 'seats'>> {
  const path = { member }
  const answer = await client.call('readMember', { path })
  const { lots } = await client.call('readLots', { path })
  const { cards, challenges, offers } = await client.call('readProgress', { path })
  const { notices } = await client.call('readNotices', { path })
  const { entitlements } = await client.call('readEntitlements', { path, query: {} })
  return {
    ...(await heldOf(client, answer, now)),
    ...{ balances: answer.balances, segments: answer.segments, tags: answer.tags, cards, challenges },
    offers: offers.map(({ offer, status, progress }) => ({ offer, status, progress })),
    lots: lots.map(({ asset, amount, lapsesAfter }) => ({
      ...{ asset, amount },
      lapsesAfter: lapsesAfter === null ? null : dayIn(lapsesAfter),
    })),
    ranks: await readAllRanks(client, program, member),
    notices: notices.map(noticeIn),
    benefits: entitlements.flatMap(({ benefit, entitled }) => (entitled ? [benefit] : [])),
  }
}

/** On a leaderboard that names who wants to be seen: in scenarios everybody does. Without a window, in the one that runs or was last. */
export async function readRanks(
  client: Client,
  leaderboard: string,
  member: string,
  window?: string,
): Promise<RankStanding[]> {
  await client.call('chooseToBeSeen', { path: { member }, body: { shown: true } })
  const query = window === undefined ? {} : { window }
  const { ranks } = await client.call('readLeaderboard', { path: { leaderboard }, query })
  return ranks.flatMap((each) => (each.member === member ? [{ leaderboard, rank: each.rank }] : []))
}

async function readAllRanks(client: Client, { leaderboards }: Program, member: string): Promise<RankStanding[]> {
  const found = []
  for (const leaderboard of leaderboards.keys()) found.push(...(await readRanks(client, leaderboard, member)))
  return found
}

function noticeIn(notice: RouteAnswer<Routes['readNotices']>['notices'][number]): Notice {
  switch (notice.kind) {
    case 'points-will-lapse':
      return { ...notice, lots: notice.lots.map(({ lastDay, amount }) => ({ lastDay: dayIn(lastDay), amount })) }
    case 'program-closes':
      return { ...notice, earnsUntil: localIn(notice.earnsUntil), burnsUntil: localIn(notice.burnsUntil) }
    case 'seat-kept':
      return { ...notice, until: localIn(notice.until) }
    case 'session-moved':
      return { ...notice, starts: localIn(notice.starts) }
    case 'tier-will-fall':
    case 'tier-at-risk':
      return { ...notice, on: dayIn(notice.on), countsUntil: localIn(notice.countsUntil) }
    case 'session-called-off':
    case 'award-sold-out':
      return { ...notice, on: dayIn(notice.on) }
  }
}

function dayIn(date: string): number {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  return dayFromCivil(year, month, day)
}

/** `2026-01-07T12:00:00.000`, without a zone: a reading of the program's clock. */
function localIn(text: string): LocalTime {
  const [date = '', clock = ''] = text.split('T')
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number)
  return startOf(dayIn(date)) + Math.round((hours * 3600 + minutes * 60 + seconds) * 1000)
}
