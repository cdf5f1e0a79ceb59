import type { StaffSession } from '@laurel/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../session/client.ts'
import type { Column } from '../tables/column.ts'
import { ConfirmAct } from '../tables/confirm-act.tsx'
import { CsvOf } from '../tables/csv-of.tsx'
import { Listing } from '../tables/listing.tsx'
import { sessionColumns } from '../team/session-columns.tsx'
import { words } from '../words/words.ts'

const said = words.accountRoom
/** Nobody has more places to sit at. */
const sessionsMax = 50

/** Where one is signed in oneself; any but this one can be ended. */
export function OwnSessions() {
  const queryClient = useQueryClient()
  const answer = useQuery({
    queryKey: ['own-sessions'],
    queryFn: async ({ signal }) => {
      const { sessions: rows } = await client.call('listOwnSessions', { query: { limit: String(sessionsMax) }, signal })
      return { rows, next: null }
    },
  })
  const columns: readonly Column<StaffSession>[] = [
    ...sessionColumns,
    {
      id: 'acts',
      title: words.teamRoom.acts,
      cellOf: ({ id, current }) =>
        current ? null : (
          <span className="row-acts">
            <ConfirmAct
              act={said.end}
              title={said.endTitle}
              onAct={async () => {
                await client.call('endOwnSession', { path: { session: id } })
                await queryClient.invalidateQueries({ queryKey: ['own-sessions'] })
              }}
            >
              {said.endMore}
            </ConfirmAct>
          </span>
        ),
    },
  ]
  return (
    <section className="table-part" aria-labelledby="sessions">
      <div className="table-head">
        <h2 id="sessions">{said.sessions}</h2>
        <CsvOf file="sessions" columns={columns} rows={answer.data?.rows ?? []} />
      </div>
      <Listing
        title={said.sessions}
        answer={answer}
        columns={columns}
        idOf={({ id }) => id}
        empty={words.teamRoom.sessionsEmpty}
      />
    </section>
  )
}
