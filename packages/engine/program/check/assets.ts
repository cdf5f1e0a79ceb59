import type { AssetText } from '../document/assets.ts'
import type { Named } from '../list-shape.ts'
import type { Reading } from '../shape.ts'
import { childOf } from '../syntax-tree.ts'
import { daysOf } from './program-level.ts'
import { remark } from './remark.ts'

export function checkAssets(assets: readonly Named<AssetText>[], reading: Reading): void {
  for (const { id, value } of assets) {
    const { tree, smallest } = value
    if (smallest !== null && smallest.unit !== id) {
      const message = `The smallest part of \`${id}\` is told in \`${smallest.unit}\``
      const number = smallest.scale === 0 ? '1' : `0.${'0'.repeat(smallest.scale - 1)}1`
      remark(reading, 'error', [tree, 'smallest'], 'bad-smallest', message, `Write ${number} ${id}`)
    }
    checkClasses(value, reading)
    if (value.kind === 'qualifying') checkQualifying(id, value, reading)
    else checkSpendable(id, value, reading)
    if (value.kind === 'money') checkMoneyAsset(id, value, reading)
    if (value.gifting !== null) checkGifting(id, value.gifting, reading)
    if (value.worth !== null && value.worth.asset !== id) {
      const message = `This is the worth of \`${value.worth.asset}\`, and it stands at \`${id}\``
      remark(reading, 'error', [tree, 'worth'], 'price-unit', message, `Write the worth of ${id}`)
    }
  }
}

function checkMoneyAsset(id: string, asset: AssetText, reading: Reading): void {
  const { tree, smallest } = asset
  const exponent = reading.names.currency?.exponent ?? null
  if (smallest !== null && exponent !== null && smallest.scale !== exponent) {
    const number = exponent === 0 ? '1' : `0.${'0'.repeat(exponent - 1)}1`
    const message = `\`${id}\` is money, and its smallest part is not the smallest coin of ${reading.names.currency?.code}`
    remark(reading, 'error', [tree, 'smallest'], 'money-smallest', message, `Write ${number} ${id}, or leave it out`)
  }
  if (asset.worth !== null) {
    const message = `\`${id}\` is money: it is worth what it says`
    remark(reading, 'error', [tree, 'worth'], 'money-worth', message, 'Leave `worth` out, or say kind: spendable')
  }
}

function checkGifting(id: string, gifting: NonNullable<AssetText['gifting']>, reading: Reading): void {
  const { tree, most, least } = gifting
  for (const [key, amount] of [
    ['most', most],
    ['least', least],
  ] as const) {
    if (amount === null || amount.asset === id) continue
    const message = `This is about gifts of \`${id}\`, and counts \`${amount.asset}\``
    remark(reading, 'error', [tree, key], 'gifting-unit', message, `Write it in ${id}`)
    return
  }
  if (most.units === 0 || (least !== null && least.units > most.units)) {
    const message = most.units === 0 ? 'Nothing can be given' : 'The least is more than the most: nothing can be given'
    remark(reading, 'error', [tree, 'most'], 'gifting-unit', message, 'Raise `most`, or leave `gifting` out')
  }
}

function checkClasses(asset: AssetText, reading: Reading): void {
  const seen = new Set<string>()
  for (const name of asset.burnOrder ?? []) {
    if (seen.has(name)) {
      remark(reading, 'error', [asset.tree, 'burnOrder'], 'duplicate-item', `\`${name}\` stands here twice`, 'Keep one')
    }
    seen.add(name)
  }
}

function checkQualifying(id: string, asset: AssetText, reading: Reading): void {
  for (const key of ['pending', 'burnOrder', 'gifting', 'lapsedReturns', 'warn', 'worth']) {
    if (childOf(asset.tree, key) === undefined) continue
    const message = `\`${id}\` is qualifying: it is never spent, so \`${key}\` means nothing`
    remark(
      reading,
      'error',
      [asset.tree, key],
      'qualifying-not-spent',
      message,
      `Leave \`${key}\` out, or say kind: spendable`,
    )
  }
}

function checkSpendable(id: string, asset: AssetText, reading: Reading): void {
  const { tree, pending, expires } = asset
  if (childOf(tree, 'pending') === undefined) {
    const message = `\`pending\` is not stated: \`${id}\` can be spent at once, also what a refund will take back`
    remark(
      reading,
      'note',
      [tree],
      'silent-pending',
      message,
      'Add `pending: none`, or the time in which goods come back, for instance `pending: P14D`',
    )
  }
  // Tickets lapse with their draw, and there is nothing to come back for.
  const lapses = expires.type !== 'never' && asset.kind !== 'tickets'
  if (lapses && childOf(tree, 'lapsedReturns') === undefined) {
    const message = '`lapsedReturns` is not stated: what a refund gives back after its last day is lost at once'
    remark(
      reading,
      'note',
      [tree],
      'silent-lapsed-returns',
      message,
      'Say how long it is kept then, for instance `lapsedReturns: { member: none, shop: P30D }`',
    )
  }
  if (pending === null || pending.type === 'none' || expires.type !== 'life') return
  const waiting = daysOf(pending.type === 'period' ? pending.period : pending.longest).most
  const life = daysOf(expires.life).least
  if (waiting < life) return
  const message = `It waits for up to ${waiting} days and then lives for ${life}: members see it longer than they have it`
  remark(
    reading,
    'warning',
    [tree, 'pending'],
    'life-within-pending',
    message,
    'Let it wait for a shorter time, or live longer',
  )
}
