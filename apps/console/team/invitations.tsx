import type { Invitation } from '@laurel/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { useWho } from '../session/people.ts'
import type { Column } from '../tables/column.ts'
import { ConfirmAct } from '../tables/confirm-act.tsx'
import { CsvButton } from '../tables/csv-button.tsx'
import { Listing } from '../tables/listing.tsx'
import { agoText, dayText } from '../words/format.ts'
import { words } from '../words/words.ts'

/** As many as may be open at once. */
const invitationsMax = 200

async function readInvitations(signal: AbortSignal) {
  const query = { limit: String(invitationsMax) }
  const { invitations: rows } = await client.call('listInvitations', { query, signal })
  return { rows, next: null }
}

/** Who is expected, until they come or their link is over. */
export function Invitations() {
  const answer = useQuery({ queryKey: ['invitations'], queryFn: ({ signal }) => readInvitations(signal) })
  const columns = useColumns()
  const said = words.teamRoom
  return (
    <section className="table-part" aria-labelledby="invitations">
      <div className="table-head">
        <h2 id="invitations">{said.invitations}</h2>
        {(answer.data?.rows.length ?? 0) === 0 ? null : (
          <CsvButton file="invitations" columns={columns} readPage={(_, signal) => readInvitations(signal)} />
        )}
      </div>
      <Listing
        title={said.invitations}
        answer={answer}
        columns={columns}
        idOf={({ id }) => id}
        empty={said.invitationsEmpty}
      />
    </section>
  )
}

function useColumns(): readonly Column<Invitation>[] {
  const { may } = useMe()
  const whoOf = useWho()
  const queryClient = useQueryClient()
  const said = words.teamRoom
  const emailOf = ({ email }: Invitation) => email ?? said.anybody
  const columns: Column<Invitation>[] = [
    { id: 'email', title: said.email, cellOf: (row) => <strong>{emailOf(row)}</strong>, textOf: emailOf },
    { id: 'role', title: said.role, cellOf: ({ role }) => said.roles[role], textOf: ({ role }) => said.roles[role] },
    {
      id: 'invited',
      title: said.invited,
      cellOf: ({ invitedAt, invitedBy }) => (
        <span className="second">{said.invitedBy(agoText(invitedAt), whoOf(invitedBy))}</span>
      ),
      textOf: ({ invitedAt }) => invitedAt,
    },
    {
      id: 'until',
      title: said.until,
      cellOf: ({ expiresAt }) => <span className="second">{dayText(expiresAt)}</span>,
      textOf: ({ expiresAt }) => expiresAt,
    },
  ]
  if (!may('team:write')) return columns
  return [
    ...columns,
    {
      id: 'acts',
      title: said.acts,
      cellOf: (row) => (
        <span className="row-acts">
          <ConfirmAct
            act={said.takeBack}
            title={said.takeBackTitle(emailOf(row))}
            onAct={async () => {
              await client.call('revokeInvitation', { path: { invitation: row.id } })
              await queryClient.invalidateQueries({ queryKey: ['invitations'] })
            }}
          >
            {said.takeBackMore}
          </ConfirmAct>
        </span>
      ),
    },
  ]
}
