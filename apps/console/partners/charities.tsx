import type { Catalogue, CharityAnswer } from '@laurel/contract'
import { useQueries } from '@tanstack/react-query'
import { partOf, type useCatalogue } from '../session/catalogue.ts'
import { client } from '../session/client.ts'
import { type Named, textOf, wordsOf } from '../session/vocabulary.ts'
import type { Column } from '../tables/column.ts'
import { CsvOf } from '../tables/csv-of.tsx'
import { Listing } from '../tables/listing.tsx'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'

const said = words.partnersRoom

type Charity = Catalogue['charities'][number] & { readonly standing: CharityAnswer | undefined }

/** What each charity has got of everybody, and what that brought about. */
export function Charities({
  answer,
  named,
}: {
  readonly answer: ReturnType<typeof useCatalogue>
  readonly named: Named
}) {
  const charities = answer.data?.charities ?? []
  const standings = useQueries({
    queries: charities.map(({ id }) => ({
      queryKey: ['charity', id],
      queryFn: () => client.call('readCharity', { path: { charity: id } }),
    })),
  })
  const rows = charities.map((charity, index) => ({ ...charity, standing: standings[index]?.data }))
  const columns = columnsOf(named)
  return (
    <section className="table-part" aria-labelledby="charities">
      <div className="table-head">
        <h2 id="charities">{said.charities}</h2>
        <CsvOf file="charities" columns={columns} rows={rows} />
      </div>
      <Listing
        title={said.charities}
        answer={partOf(answer, () => rows)}
        columns={columns}
        idOf={({ id }) => id}
        empty={said.charitiesEmpty}
      />
    </section>
  )
}

function columnsOf(named: Named): readonly Column<Charity>[] {
  const nameOf = ({ id, name }: Charity) => textOf(name) ?? wordsOf(id)
  const gotText = ({ standing }: Charity) =>
    standing === undefined || standing.amounts.length === 0
      ? '–'
      : standing.amounts.map(({ asset, amount }) => named.amountOf(amount, asset)).join(', ')
  const impactText = ({ standing }: Charity) =>
    standing?.impact == null
      ? said.noImpact
      : said.impactOf(amountText(standing.impact.times), textOf(standing.impact.of) ?? '')
  return [
    {
      id: 'name',
      title: said.called,
      cellOf: (charity) => (
        <>
          <strong>{nameOf(charity)}</strong> <span className="id">{charity.id}</span>
        </>
      ),
      textOf: nameOf,
    },
    { id: 'got', title: said.got, isNumber: true, cellOf: gotText, textOf: gotText },
    {
      id: 'worth',
      title: said.worth,
      isNumber: true,
      cellOf: ({ standing }) => named.money(standing?.worth ?? 0),
      textOf: ({ standing }) => standing?.worth ?? null,
    },
    {
      id: 'impact',
      title: said.impact,
      cellOf: (charity) => <span className="second">{impactText(charity)}</span>,
      textOf: impactText,
    },
  ]
}
