import type { DocumentText } from '../document/document.ts'
import type { MembershipText, PoolText } from '../document/parties.ts'
import type { Named } from '../list-shape.ts'
import { suggestion } from '../nearest.ts'
import type { Reading } from '../shape.ts'
import { childOf } from '../syntax-tree.ts'
import { checkAudience } from './audience.ts'
import { checkHoldout } from './bounds.ts'
import { daysOf } from './program-level.ts'
import { remark } from './remark.ts'
import { mentionsIn } from './uses.ts'

export function checkMemberships(document: DocumentText, reading: Reading): void {
  for (const { id, value: plan } of document.memberships ?? []) {
    checkAudience(plan.for, plan.tree, reading)
    checkHoldout(plan.holdout, plan.tree, reading)
    checkPlan(id, plan, document, reading)
  }
  if (document.memberships !== null || childOf(document.tree, 'memberships') !== undefined) return
  for (const rule of document.earn ?? []) {
    if (rule.type === 'multiply' || rule.on.type !== 'occasion' || rule.on.occasion !== 'membership.renewed') continue
    const message = 'The program has no memberships that could be renewed'
    remark(
      reading,
      'error',
      [rule.tree, 'on'],
      'membership-missing',
      message,
      'Add `memberships`, or listen to something else',
    )
  }
}

function checkPlan(id: string, plan: MembershipText, document: DocumentText, reading: Reading): void {
  const { tree, trial, every } = plan
  if (trial !== null && daysOf(trial).least > daysOf(every).most) {
    const message = 'It is free for longer than a fee lasts'
    remark(reading, 'warning', [tree, 'trial'], 'trial-beyond-period', message, 'Let the trial be shorter')
  }
  if (plan.benefits !== null || plan.entry !== null) return
  if (mentionsIn([document.earn, document.rewards, document.offers, document.benefits])(id)) return
  const message = 'Members would pay for nothing: it has no benefits, gives nothing on entry, and no rule asks for it'
  remark(
    reading,
    'warning',
    [tree],
    'membership-empty',
    message,
    `Add benefits: […], or a rule with for: { membership: [${id}] }`,
  )
}

/** Kinds of assets that a pool can hold for others to spend. */
const pooled = new Set(['spendable', 'money', 'stamps'])

export function checkPools(pools: readonly Named<PoolText>[], reading: Reading): void {
  for (const { value: pool } of pools) {
    const kind = reading.names.assets.get(pool.of)?.kind
    if (kind === undefined || pooled.has(kind)) continue
    const message = `A pool is spent together, and \`${pool.of}\` is of kind ${kind}`
    remark(reading, 'error', [pool.tree, 'of'], 'pool-asset', message, 'Pool an asset of kind: spendable')
  }
}

/** Points can pay an order anywhere, and where a partner takes none nobody pays the partner for them (PART-1). */
function checkPointsPaid(document: DocumentText, reading: Reading, withPlace: ReadonlySet<string | null>): void {
  if (!(document.rewards ?? []).some(({ value }) => value.type === 'pay-with-points')) return
  for (const { id, value } of document.partners ?? []) {
    if (value.burn === 'yes' || !withPlace.has(id)) continue
    const message = `Points can pay an order at \`${id}\`, which takes none: they would be burned and nobody would pay for them`
    const instead =
      'Say `burn: yes` and what it settles, or let its tills take no points: the answer to such an order says so'
    remark(
      reading,
      'warning',
      [value.tree, ...(value.burn === null ? [] : ['burn'])],
      'partner-takes-no-points',
      message,
      instead,
    )
  }
}

/** Rules that are for places of a partner where nothing can be earned. */
export function checkPartners(document: DocumentText, reading: Reading): void {
  const partners = document.partners ?? []
  const withPlace = new Set((document.places ?? []).map(({ value }) => value.partner))
  checkPointsPaid(document, reading, withPlace)
  const open = partners.filter(({ value }) => value.earn !== 'no').map(({ id }) => id)
  for (const rule of document.earn ?? []) {
    for (const name of rule.partners ?? []) {
      const partner = partners.find(({ id }) => id === name)
      if (partner === undefined) continue
      if (partner.value.earn === 'no') {
        const message = `Members do not earn at \`${name}\`: it says \`earn: no\``
        const instead = suggestion(name, open, 'Say `earn: yes` at the partner, or take it out')
        remark(reading, 'error', [rule.tree, 'partners'], 'partner-closed', message, instead)
      } else if (!withPlace.has(name)) {
        const message = `No place belongs to \`${name}\`: no order can be known to be theirs`
        const instead = `Add a place with \`partner: ${name}\``
        remark(reading, 'warning', [rule.tree, 'partners'], 'partner-without-place', message, instead)
      }
    }
  }
}
