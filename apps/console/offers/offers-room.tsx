import type { Catalogue } from '@laurel/contract'
import { OnlyFor } from '../frame/only-for.tsx'
import { partOf, useCatalogue } from '../session/catalogue.ts'
import { useMe } from '../session/me.ts'
import { type Named, textOf, useVocabulary, wordsOf } from '../session/vocabulary.ts'
import type { Column } from '../tables/column.ts'
import { CsvOf } from '../tables/csv-of.tsx'
import { Listing } from '../tables/listing.tsx'
import { agoText, amountText, dayText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { HeldOut } from './held-out.tsx'
import { SendOffer } from './send-offer.tsx'
import { StopSending } from './stop-sending.tsx'

type Offer = Catalogue['offers'][number]
type Challenge = Catalogue['challenges'][number]

const said = words.offersRoom
/** As often as a sending moves on by a page of members. */
const whileSendingMs = 2_000

/** What goes to members one by one, what is open to many, and who is held out so that its effect can be told. */
export const OffersRoom = () => (
  <OnlyFor scope="programs:read" room={words.offers}>
    <Offers />
  </OnlyFor>
)

function Offers() {
  const first = useCatalogue()
  const isSending = first.data?.offers.some(({ lastSending }) => lastSending?.status === 'running') ?? false
  const answer = useCatalogue(isSending ? whileSendingMs : false)
  const named = useVocabulary()
  const offers = useOfferColumns(named)
  const challenges = useChallengeColumns(named)
  return (
    <>
      <title>{`${words.offers} · ${words.name}`}</title>
      <h1>{words.offers}</h1>
      <p className="second room-lead first-lead">{said.lead}</p>
      <section aria-labelledby="offers">
        <div className="table-head">
          <h2 id="offers">{said.offers}</h2>
          <CsvOf file="offers" columns={offers} rows={answer.data?.offers ?? []} />
        </div>
        <Listing
          title={said.offers}
          answer={partOf(answer, (data) => data.offers)}
          columns={offers}
          idOf={({ id }) => id}
          empty={said.offersEmpty}
        />
      </section>
      <section className="table-part" aria-labelledby="challenges">
        <div className="table-head">
          <h2 id="challenges">{said.challenges}</h2>
          <CsvOf file="challenges" columns={challenges} rows={answer.data?.challenges ?? []} />
        </div>
        <Listing
          title={said.challenges}
          answer={partOf(answer, (data) => data.challenges)}
          columns={challenges}
          idOf={({ id }) => id}
          empty={said.challengesEmpty}
        />
      </section>
    </>
  )
}

const nameOf = ({ id, name }: Pick<Offer, 'id' | 'name'>): string => textOf(name) ?? wordsOf(id)

const heldOutText = (holdout: number | null): string =>
  holdout === null ? said.nobody : said.percent(String(Number(holdout.toFixed(2))))

function budgetText(budget: Offer['budget'], named: Named): string {
  if (budget === null) return said.noBudget
  const { of, asset, most, used } = budget
  switch (of) {
    case 'amount':
      return said.usedOf(named.amount(used, asset ?? ''), named.amountOf(most, asset ?? ''))
    case 'worth':
      return said.usedOf(named.money(used), named.money(most))
    case 'times':
      return said.usedOf(amountText(used), said.times(amountText(most)))
  }
}

function sendingText({ lastSending }: Offer): string {
  if (lastSending === null) return said.never
  const { status, looked, sent, startedAt } = lastSending
  return status === 'running' ? said.running(amountText(looked)) : said.sending(amountText(sent), agoText(startedAt))
}

/** What both tables begin with. */
const sharedColumns = <Row extends Pick<Offer, 'id' | 'name' | 'holdout' | 'budget'>>(named: Named) => ({
  name: {
    id: 'name',
    title: said.name,
    cellOf: (row: Row) => (
      <>
        <strong>{nameOf(row)}</strong> <span className="id">{row.id}</span>
      </>
    ),
    textOf: nameOf,
  } satisfies Column<Row>,
  heldOut: {
    id: 'held-out',
    title: said.heldOut,
    cellOf: ({ holdout }: Row) => (
      <span className={holdout === null ? 'second' : undefined}>{heldOutText(holdout)}</span>
    ),
    textOf: ({ holdout }: Row) => holdout,
  } satisfies Column<Row>,
  budget: {
    id: 'budget',
    title: said.budget,
    cellOf: ({ budget }: Row) => (
      <span className={budget === null ? 'second' : undefined}>{budgetText(budget, named)}</span>
    ),
    textOf: ({ budget }: Row) => budget?.used ?? null,
  } satisfies Column<Row>,
})

function useOfferColumns(named: Named): readonly Column<Offer>[] {
  const { may } = useMe()
  const { name, heldOut, budget } = sharedColumns<Offer>(named)
  return [
    name,
    { id: 'kind', title: said.kind, cellOf: ({ kind }) => said.kinds[kind], textOf: ({ kind }) => said.kinds[kind] },
    heldOut,
    budget,
    {
      id: 'sent',
      title: said.lastSent,
      cellOf: (offer) => <span className="second">{sendingText(offer)}</span>,
      textOf: ({ lastSending }) => lastSending?.startedAt ?? null,
    },
    {
      id: 'acts',
      title: said.acts,
      cellOf: (offer) => (
        <span className="row-acts">
          {offer.holdout !== null && may('members:read') ? (
            <HeldOut experiment={`offer:${offer.id}`} name={nameOf(offer)} />
          ) : null}
          {!may('offers:write') ? null : offer.lastSending?.status === 'running' ? (
            <StopSending sending={offer.lastSending} name={nameOf(offer)} />
          ) : (
            <SendOffer offer={offer} name={nameOf(offer)} />
          )}
        </span>
      ),
    },
  ]
}

function windowText({ each, opens, closes }: Challenge): string {
  if (each !== null) return said.each[each]
  return opens === null || closes === null ? said.forGood : said.fromTo(dayText(opens), dayText(closes))
}

function useChallengeColumns(named: Named): readonly Column<Challenge>[] {
  const { may } = useMe()
  const { name, heldOut, budget } = sharedColumns<Challenge>(named)
  return [
    name,
    { id: 'window', title: said.window, cellOf: windowText, textOf: windowText },
    heldOut,
    budget,
    {
      id: 'acts',
      title: said.acts,
      cellOf: (challenge) =>
        challenge.holdout !== null && may('members:read') ? (
          <span className="row-acts">
            <HeldOut experiment={`challenge:${challenge.id}`} name={nameOf(challenge)} />
          </span>
        ) : null,
    },
  ]
}
