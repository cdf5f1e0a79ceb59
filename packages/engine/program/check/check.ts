import type { DocumentText } from '../document/document.ts'
import type { Reading } from '../shape.ts'
import { childOf } from '../syntax-tree.ts'
import { checkAssets } from './assets.ts'
import { checkAwarded } from './awarded.ts'
import { checkBenefits } from './benefits.ts'
import { checkDraws } from './draws.ts'
import { checkEarn } from './earn.ts'
import { checkCards, checkLeaderboards } from './games.ts'
import { giftsOf } from './gifts.ts'
import { checkChallenges } from './goals.ts'
import { checkGroups } from './groups.ts'
import { checkOffers, checkReferral } from './offers.ts'
import { checkMemberships, checkPartners, checkPools } from './parties.ts'
import { checkClosing, checkHoldouts } from './policies.ts'
import { checkWhole } from './program-level.ts'
import { checkRewards } from './rewards.ts'
import { checkRings } from './rings.ts'
import { checkCrossing, checkTiers } from './tiers.ts'
import { checkTransitions } from './transitions.ts'
import { checkUses } from './uses.ts'

/** What every word of the document being right does not show: whether together they mean something. */
export function checkProgram(document: DocumentText, reading: Reading): void {
  const from = document.inForce?.from
  const inForceFrom = from === undefined || from === 'always' ? null : from.local
  // What could not be read may be what gives something: only of a whole document can be said what nothing gives.
  const gifts = giving.every((section) => isWhole(document, section)) ? giftsOf(document) : null
  checkWhole(document, reading)
  if (gifts !== null) checkUses(document, gifts, reading)
  checkAssets(document.assets ?? [], reading)
  checkEarn(document.earn ?? [], document.groups ?? [], inForceFrom, reading)
  if (isWhole(document, 'earn')) checkGroups(document.groups ?? [], document.earn ?? [], reading)
  checkTiers(document.tiers ?? [], document, gifts, reading)
  if (isWhole(document, 'tiers')) checkCrossing(document.earn ?? [], document.tiers ?? [], reading)
  checkBenefits(document, inForceFrom, reading)
  checkRewards(document.rewards ?? [], document, gifts, inForceFrom, reading)
  checkAwarded(document, reading)
  checkCards(document.cards ?? [], gifts, reading)
  checkRings(document, reading)
  checkChallenges(document.challenges ?? [], document, gifts, inForceFrom, reading)
  checkLeaderboards(document.leaderboards ?? [], document, gifts, inForceFrom, reading)
  checkDraws(document, gifts, inForceFrom, reading)
  checkOffers(document.offers ?? [], document, gifts, reading)
  if (document.referral !== null) checkReferral(document.referral, document, gifts, reading)
  checkMemberships(document, reading)
  checkPools(document.pools ?? [], reading)
  checkPartners(document, reading)
  if (document.closing !== null) checkClosing(document.closing, document, reading)
  checkHoldouts(document, reading)
  if (document.transitions !== null) checkTransitions(document.transitions, document, inForceFrom, reading)
}

/** Sections that give something, or use what is declared elsewhere. */
const giving = [
  'cards',
  'challenges',
  'draws',
  'earn',
  'leaderboards',
  'memberships',
  'offers',
  'referral',
  'rewards',
  'tiers',
] as const

function isWhole(document: DocumentText, section: (typeof giving)[number]): boolean {
  const written = childOf(document.tree, section)
  const read = document[section]
  if (written === undefined) return true
  if (read === null || written.type === 'text' || written.type === 'refused') return false
  if (written.type === 'list') return Array.isArray(read) && read.length === written.items.length
  return !Array.isArray(read) || read.length === written.entries.length
}
