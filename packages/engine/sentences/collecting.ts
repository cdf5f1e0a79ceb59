import type { Asset, Expiry, Program } from '../program/program.ts'
import { type Part, type Said, toAll, toBusiness, when } from './explanation.ts'
import type { Speaker } from './speaker.ts'

/** What one collects, asset by asset. */
export function collecting(speaker: Speaker, { assets }: Program): Part[] {
  return assets.map((asset) => ({
    id: asset.id,
    name: speaker.asset(asset.id),
    sentences: assetSentences(speaker, asset),
  }))
}

function assetSentences(speaker: Speaker, asset: Asset): Said[] {
  const { say } = speaker
  const isSpent = asset.kind !== 'qualifying'
  return [
    toAll(say.collects[asset.kind]),
    ...when(asset.kind === 'money' ? null : asset.worth, ({ amount, minor }) =>
      toAll(say.worth({ amount: speaker.amount(asset.id, amount), money: speaker.money(minor) })),
    ),
    ...(isSpent ? [toAll(pendingSentence(speaker, asset))] : []),
    ...(isSpent || asset.expiry.type !== 'never' ? expirySentences(speaker, asset.expiry).map(toAll) : []),
    // LOT-1: what waits does not grow old.
    ...(isSpent && asset.pending.type !== 'none' && asset.expiry.type === 'life' ? [toAll(say.lifeFromUsable)] : []),
    ...when(asset.warn.length === 0 ? null : asset.warn, (periods) =>
      toAll(say.warned({ periods: speaker.all(periods.map((period) => speaker.period(period))) })),
    ),
    ...when(asset.lapsedReturns.member, (period) => toAll(say.givenBackLate({ period: speaker.period(period) }))),
    ...when(asset.lapsedReturns.shop, (period) => toAll(say.givenBackLateByShop({ period: speaker.period(period) }))),
    ...when(asset.gifting, ({ least, most, each }) =>
      toAll(
        say.gifting({
          least: speaker.amount(asset.id, least),
          most: speaker.amount(asset.id, most),
          span: speaker.spanOf(each),
        }),
      ),
    ),
    ...when(asset.burnOrder.length === 0 ? null : asset.burnOrder, (classes) =>
      toBusiness(say.spentFirst({ classes: speaker.all(classes.map((each) => speaker.quoted(each))) })),
    ),
    ...(asset.shown ? [] : [toBusiness(say.notShown)]),
  ]
}

function pendingSentence(speaker: Speaker, { pending }: Asset): string {
  switch (pending.type) {
    case 'none':
      return speaker.say.usableAtOnce
    case 'period':
      return speaker.say.usableAfter({ period: speaker.period(pending.period) })
    case 'event':
      return speaker.say.usableAfterDelivery({ period: speaker.period(pending.longest) })
  }
}

/** When it is lost; several sentences where a least life is stated. */
export function expirySentences(speaker: Speaker, expiry: Expiry): string[] {
  const { say } = speaker
  switch (expiry.type) {
    case 'never':
      return [say.lapsesNever]
    case 'life': {
      const period = speaker.period(expiry.life)
      return [expiry.endOf === null ? say.lapsesAfter({ period }) : say.lapsesAtEndOf[expiry.endOf]({ period })]
    }
    case 'inactive': {
      const deeds = [...expiry.moves].map((event) => deedText(speaker, event))
      return [say.lapsesIdle({ period: speaker.period(expiry.idle), deeds: speaker.any(deeds) })]
    }
    case 'date':
      return [say.lapsesOn({ day: speaker.wording.dayOfYear(expiry.month, expiry.day) }), ...leastLife(speaker, expiry)]
    case 'anniversary':
      return [say.lapsesOnAnniversary, ...leastLife(speaker, expiry)]
  }
}

const leastLife = (speaker: Speaker, { leastLife: life }: Extract<Expiry, { leastLife: unknown }>): string[] =>
  life === null ? [] : [speaker.say.leastLife({ period: speaker.period(life) })]

function deedText(speaker: Speaker, event: string): string {
  if (event === 'order.paid' || event === 'redemption.confirmed') return speaker.say.deeds[event]
  return speaker.quoted(event.slice('activity.'.length))
}
