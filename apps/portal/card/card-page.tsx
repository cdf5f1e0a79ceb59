import type { Brand, OwnCard } from '@laurel/contract'
import { Waiting } from '../frame/waiting.tsx'
import { type Named, useNamed } from '../session/named.ts'
import { dayText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { CardCode } from './card-code.tsx'
import { Badges, Challenges, Offers } from './challenges.tsx'
import { Lapses } from './lapses.tsx'
import { Notices } from './notices.tsx'
import { Stamps } from './stamps.tsx'
import { TierBar } from './tier-bar.tsx'
import './card.css'

/** What one has, how far one is, and what happens next. */
export function CardPage({ card, shop }: { readonly card: OwnCard; readonly shop: Brand }) {
  const named = useNamed()
  if (named === null) return <Waiting />
  return (
    <div className="columns">
      <div className="column">
        <Face card={card} shop={shop} named={named} />
        <Notices card={card} named={named} />
        {card.tiers.map((tier) => (
          <TierBar key={tier.ladder} tier={tier} named={named} />
        ))}
        <Stamps card={card} named={named} />
      </div>
      <div className="column">
        <Challenges card={card} named={named} />
        <Offers card={card} named={named} />
        <Lapses card={card} named={named} />
        <Badges card={card} named={named} />
      </div>
    </div>
  )
}

/** The card itself, in the shop's colour. */
function Face({ card, shop, named }: { readonly card: OwnCard; readonly shop: Brand; readonly named: Named }) {
  const { name, balances, tiers, joinedOn, id } = card
  // Stamps are drawn on cards of their own, and what only counts for a level stands in its bar.
  const shown = balances.filter(({ asset }) => ['spendable', 'money', 'tickets'].includes(named.kindOf(asset) ?? ''))
  return (
    <section className="face" aria-label={shop.shop}>
      <div className="face-head">
        <h1>{name === null ? shop.shop : words.card.hello(name)}</h1>
        {tiers.map(({ ladder, level }) => (
          <span key={ladder} className="chip">
            {named.level(ladder, level)}
          </span>
        ))}
      </div>
      <div className="figures">
        {shown.map(({ asset, active, pending, held, debt }) => (
          <div key={asset} className="balance">
            <p className="figure">
              <bdi>{named.amount(active, asset)}</bdi> <span className="unit">{named.unit(active, asset)}</span>
            </p>
            {pending > 0 ? <p>{words.card.pending(named.amountOf(pending, asset))}</p> : null}
            {held > 0 ? <p>{words.card.held(named.amountOf(held, asset))}</p> : null}
            {debt > 0 ? <p>{words.card.owed(named.amountOf(debt, asset))}</p> : null}
          </div>
        ))}
        {shown.length === 0 && card.cards.length === 0 ? <p>{words.card.nothingYet}</p> : null}
      </div>
      <CardCode />
      <p className="face-foot">
        <span>
          {words.card.number} <bdi>{id}</bdi>
        </span>
        {joinedOn === null ? null : <span>{words.card.since(dayText(joinedOn))}</span>}
      </p>
    </section>
  )
}
