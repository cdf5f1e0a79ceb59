import type { Catalogue, SettlementAnswer } from '@laurel/contract'
import { NativeSelect } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { OnlyFor } from '../frame/only-for.tsx'
import { ProblemView } from '../frame/problem-view.tsx'
import { partOf, useCatalogue } from '../session/catalogue.ts'
import { client } from '../session/client.ts'
import { type Named, textOf, useVocabulary, wordsOf } from '../session/vocabulary.ts'
import type { Column } from '../tables/column.ts'
import { CsvOf } from '../tables/csv-of.tsx'
import { Listing } from '../tables/listing.tsx'
import { isBelowZero, monthText, type Sum, sizeOf } from '../words/format.ts'
import { words } from '../words/words.ts'
import { Charities } from './charities.tsx'
import './partners.css'

type Party = SettlementAnswer['parties'][number]
type Partner = Catalogue['partners'][number]

const route = getRouteApi('/partners')
const said = words.partnersRoom
/** Two years: whoever looks further back has the statements of then. */
const monthsOffered = 24

/** What is earned and used with others, and who owes whom. */
export const PartnersRoom = () => (
  <OnlyFor scope="settlements:read" room={words.partners}>
    <Partners />
  </OnlyFor>
)

function Partners() {
  const named = useVocabulary()
  const catalogue = useCatalogue()
  const partners = partnerColumns(named)
  return (
    <>
      <title>{`${words.partners} · ${words.name}`}</title>
      <h1>{words.partners}</h1>
      <p className="second room-lead first-lead">{said.lead}</p>
      <Settlement named={named} catalogue={catalogue.data} />
      <section className="table-part" aria-labelledby="partners">
        <div className="table-head">
          <h2 id="partners">{said.partners}</h2>
          <CsvOf file="partners" columns={partners} rows={catalogue.data?.partners ?? []} />
        </div>
        <Listing
          title={said.partners}
          answer={partOf(catalogue, (data) => data.partners)}
          columns={partners}
          idOf={({ id }) => id}
          empty={said.partnersEmpty}
        />
      </section>
      <Charities answer={catalogue} named={named} />
    </>
  )
}

/** `2026-11`, and those before it. */
function lastMonths(): string[] {
  const now = new Date()
  return Array.from({ length: monthsOffered }, (_, back) => {
    const month = new Date(Date.UTC(now.getFullYear(), now.getMonth() - back, 1))
    return month.toISOString().slice(0, 7)
  })
}

function Settlement({ named, catalogue }: { readonly named: Named; readonly catalogue: Catalogue | undefined }) {
  const months = lastMonths()
  const { month = months[0] ?? '' } = route.useSearch()
  const navigate = route.useNavigate()
  const answer = useQuery({
    queryKey: ['settlement', month],
    queryFn: () => client.call('readSettlement', { path: { month } }),
    placeholderData: keepPreviousData,
  })
  const columns = partyColumns(named, catalogue)
  const settlement = answer.data
  return (
    <section aria-labelledby="settlement">
      <div className="table-head settlement-head">
        <h2 id="settlement">{said.settled}</h2>
        <div className="room-acts">
          <NativeSelect
            aria-label={said.month}
            value={month}
            data={[...new Set([...months, month])].map((value) => ({ value, label: monthText(`${value}-01`) }))}
            onChange={({ currentTarget }) => navigate({ search: { month: currentTarget.value } })}
          />
          <CsvOf file={`settlement-${month}`} columns={columns} rows={settlement?.parties ?? []} />
        </div>
      </div>
      {answer.error !== null ? (
        <ProblemView error={answer.error} onRetry={() => void answer.refetch()} />
      ) : (
        <>
          <Listing
            title={said.settled}
            answer={partOf(answer, ({ parties }) => parties)}
            columns={columns}
            idOf={({ kind, id }) => `${kind}/${id}`}
            empty={said.emptyMonth}
          />
          {settlement === undefined || settlement.parties.length === 0 ? null : (
            <p className="second settled-line">
              <strong>{sumText(settlement.programOwes ?? 0, named)}</strong> {settlement.ended ? said.over : said.open}
            </p>
          )}
        </>
      )}
    </section>
  )
}

function sumText(programOwes: Sum, named: Named): string {
  if (programOwes === 0) return said.sumEven
  const money = named.money(sizeOf(programOwes))
  return isBelowZero(programOwes) ? said.sumOwed(money) : said.sum(money)
}

function owesText(owes: Sum, named: Named): string {
  if (owes === 0) return said.even
  const money = named.money(sizeOf(owes))
  return isBelowZero(owes) ? said.byYou(money) : said.toYou(money)
}

function partyColumns(named: Named, catalogue: Catalogue | undefined): readonly Column<Party>[] {
  const nameOf = ({ kind, id }: Party) => {
    const known = kind === 'partner' ? catalogue?.partners : catalogue?.charities
    return textOf(known?.find((each) => each.id === id)?.name) ?? wordsOf(id)
  }
  const amountsText = (party: Party, of: 'issued' | 'received') =>
    party.amounts
      .filter((amount) => amount[of] !== 0)
      .map((amount) => named.amountOf(amount[of], amount.asset))
      .join(', ')
  return [
    { id: 'name', title: said.name, cellOf: (party) => <strong>{nameOf(party)}</strong>, textOf: nameOf },
    { id: 'kind', title: said.kind, cellOf: ({ kind }) => said.kinds[kind], textOf: ({ kind }) => said.kinds[kind] },
    {
      id: 'issued',
      title: said.issued,
      isNumber: true,
      cellOf: (party) => amountsText(party, 'issued') || '–',
      textOf: (party) => amountsText(party, 'issued'),
    },
    {
      id: 'received',
      title: said.received,
      isNumber: true,
      cellOf: (party) => amountsText(party, 'received') || '–',
      textOf: (party) => amountsText(party, 'received'),
    },
    {
      id: 'owes',
      title: said.owes,
      isNumber: true,
      cellOf: ({ owes }) => <strong>{owesText(owes, named)}</strong>,
      textOf: ({ owes }) => owes,
    },
  ]
}

function partnerColumns(named: Named): readonly Column<Partner>[] {
  const nameOf = ({ id, name }: Partner) => textOf(name) ?? wordsOf(id)
  const yes = (is: boolean) => (is ? said.yes : said.no)
  const settlesText = ({ settles }: Partner) =>
    settles === null
      ? said.notSettled
      : said.settlesAt(named.money(settles.minor), named.amountOf(settles.amount, settles.asset))
  return [
    {
      id: 'name',
      title: said.called,
      cellOf: (partner) => (
        <>
          <strong>{nameOf(partner)}</strong> <span className="id">{partner.id}</span>
        </>
      ),
      textOf: nameOf,
    },
    { id: 'earn', title: said.earn, cellOf: ({ earn }) => yes(earn), textOf: ({ earn }) => yes(earn) },
    { id: 'burn', title: said.burn, cellOf: ({ burn }) => yes(burn), textOf: ({ burn }) => yes(burn) },
    { id: 'settles', title: said.settles, cellOf: settlesText, textOf: settlesText },
  ]
}
