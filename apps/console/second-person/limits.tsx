import type { StaffLimit } from '@laurel/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { useVocabulary, wordsOf } from '../session/vocabulary.ts'
import type { Column } from '../tables/column.ts'
import { ConfirmAct } from '../tables/confirm-act.tsx'
import { CsvOf } from '../tables/csv-of.tsx'
import { Listing } from '../tables/listing.tsx'
import { words } from '../words/words.ts'
import { said } from './said.ts'
import { limitsKey, SetLimit } from './set-limit.tsx'

/** How much people of each role may adjust without a second person. */
export function Limits() {
  const { may } = useMe()
  const columns = useColumns()
  const answer = useQuery({
    queryKey: limitsKey,
    queryFn: async ({ signal }) => ({ rows: (await client.call('listLimits', { signal })).limits, next: null }),
  })
  return (
    <section className="table-part" aria-labelledby="limits">
      <div className="table-head">
        <h2 id="limits">{said.limits}</h2>
        <div className="room-acts">
          <CsvOf file="limits" columns={columns} rows={answer.data?.rows ?? []} />
          {may('team:write') ? <SetLimit act={said.set} /> : null}
        </div>
      </div>
      <p className="second">{said.limitsLead}</p>
      <Listing
        title={said.limits}
        answer={answer}
        columns={columns}
        idOf={({ role, asset }) => `${role}/${asset}`}
        empty={said.limitsEmpty}
      />
    </section>
  )
}

function useColumns(): readonly Column<StaffLimit>[] {
  const named = useVocabulary()
  const { may } = useMe()
  const queryClient = useQueryClient()
  const { roles } = words.teamRoom
  const assetOf = ({ asset }: StaffLimit) => wordsOf(named.asset(asset))
  const mostOf = ({ mostPerDay, asset }: StaffLimit) => (mostPerDay === null ? '' : named.amount(mostPerDay, asset))
  const columns: Column<StaffLimit>[] = [
    {
      id: 'role',
      title: said.role,
      cellOf: ({ role }) => <strong>{roles[role]}</strong>,
      textOf: ({ role }) => roles[role],
    },
    { id: 'asset', title: said.asset, cellOf: assetOf, textOf: assetOf },
    { id: 'most', title: said.most, isNumber: true, cellOf: mostOf, textOf: mostOf },
  ]
  if (!may('team:write')) return columns
  return [
    ...columns,
    {
      id: 'acts',
      title: said.acts,
      cellOf: (limit) => (
        <span className="row-acts">
          <SetLimit act={said.change} limit={limit} />
          <ConfirmAct
            act={said.takeAway}
            title={said.takeAwayTitle(roles[limit.role], assetOf(limit))}
            onAct={async () => {
              await client.call('setLimit', { body: { role: limit.role, asset: limit.asset, mostPerDay: null } })
              await queryClient.invalidateQueries({ queryKey: limitsKey })
            }}
          >
            {said.takeAwayMore}
          </ConfirmAct>
        </span>
      ),
    },
  ]
}
