import type { Catalogue } from '@laurel/contract'
import { getRouteApi } from '@tanstack/react-router'
import { OnlyFor } from '../frame/only-for.tsx'
import { partOf, useCatalogue } from '../session/catalogue.ts'
import { useMe } from '../session/me.ts'
import { type Named, textOf, useVocabulary, wordsOf } from '../session/vocabulary.ts'
import type { Column } from '../tables/column.ts'
import { CsvOf } from '../tables/csv-of.tsx'
import { Listing } from '../tables/listing.tsx'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { LookUp } from './look-up.tsx'
import { Sessions } from './sessions.tsx'
import { UploadCodes } from './upload-codes.tsx'

type Reward = Catalogue['rewards'][number]

const route = getRouteApi('/rewards')
const said = words.rewardsRoom

/** What members can have, how much of it is left, and what somebody shows at the counter. */
export const RewardsRoom = () => (
  <OnlyFor scope="programs:read" room={words.rewards}>
    <Rewards />
  </OnlyFor>
)

function Rewards() {
  const { seats } = route.useSearch()
  const { may } = useMe()
  const named = useVocabulary()
  const answer = useCatalogue()
  const columns = useColumns(named)
  return (
    <>
      <title>{`${words.rewards} · ${words.name}`}</title>
      <div className="room-head">
        <h1>{words.rewards}</h1>
        <div className="room-acts">
          <CsvOf file="rewards" columns={columns} rows={answer.data?.rewards ?? []} />
        </div>
      </div>
      <p className="second room-lead">{said.lead}</p>
      <Listing
        title={words.rewards}
        answer={partOf(answer, ({ rewards }) => rewards)}
        columns={columns}
        idOf={({ id }) => id}
        empty={said.empty}
        openedOf={(reward) => (reward.id === seats ? <Sessions reward={reward} /> : null)}
      />
      {may('vouchers:use') ? <LookUp named={named} /> : null}
    </>
  )
}

export const rewardName = ({ id, name }: Pick<Reward, 'id' | 'name'>): string => textOf(name) ?? wordsOf(id)

function priceText({ price }: Reward, named: Named): string {
  if (price === null) return said.free
  const { asset, least, most } = price
  if (most === null) return said.priceFrom(named.amountOf(least, asset))
  return least === most
    ? named.amountOf(least, asset)
    : said.priceFromTo(named.amount(least, asset), named.amountOf(most, asset))
}

function leftText({ left, of, sessions }: Reward): string {
  if (sessions.length > 0) return said.sessions(sessions.length, amountText(sessions.length))
  if (left === null) return said.unlimited
  return of === null ? amountText(left) : said.leftOf(amountText(left), amountText(of))
}

function useColumns(named: Named): readonly Column<Reward>[] {
  const { may } = useMe()
  const { seats } = route.useSearch()
  const navigate = route.useNavigate()
  return [
    {
      id: 'name',
      title: said.name,
      cellOf: (reward) => (
        <>
          <strong>{rewardName(reward)}</strong> <span className="id">{reward.id}</span>
        </>
      ),
      textOf: rewardName,
    },
    { id: 'kind', title: said.kind, cellOf: ({ kind }) => said.kinds[kind], textOf: ({ kind }) => kind },
    {
      id: 'price',
      title: said.price,
      cellOf: (reward) => (
        <span className={reward.price === null ? 'second' : undefined}>{priceText(reward, named)}</span>
      ),
      textOf: (reward) => priceText(reward, named),
    },
    {
      id: 'left',
      title: said.left,
      cellOf: (reward) => (
        <span className={reward.left === 0 ? 'chip warning' : reward.left === null ? 'second' : undefined}>
          {leftText(reward)}
        </span>
      ),
      textOf: ({ left }) => left,
    },
    {
      id: 'acts',
      title: said.acts,
      cellOf: (reward) => (
        <span className="row-acts">
          {reward.sessions.length === 0 ? null : (
            <button
              type="button"
              className="link"
              aria-expanded={reward.id === seats}
              onClick={() =>
                navigate({ search: { seats: reward.id === seats ? undefined : reward.id }, resetScroll: false })
              }
            >
              {reward.id === seats ? said.close : said.seats}
            </button>
          )}
          {reward.codes === 'uploaded' && may('codes:write') ? <UploadCodes reward={reward} /> : null}
        </span>
      ),
    },
  ]
}
