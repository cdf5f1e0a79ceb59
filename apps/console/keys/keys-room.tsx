import type { ApiKey } from '@laurel/contract'
import { Checkbox } from '@mantine/core'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { OnlyFor } from '../frame/only-for.tsx'
import { client } from '../session/client.ts'
import { useWho } from '../session/people.ts'
import type { Column } from '../tables/column.ts'
import { ConfirmAct } from '../tables/confirm-act.tsx'
import { CsvButton } from '../tables/csv-button.tsx'
import { Listing } from '../tables/listing.tsx'
import { agoText, dayText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { MakeKey } from './make-key.tsx'
import { scopesText } from './scope-words.ts'

const keysOnPage = 50
const keysInFile = 200

const route = getRouteApi('/keys')
const said = words.keysRoom

/** What lets programs in, and what each of them may. */
export const KeysRoom = () => (
  <OnlyFor scope="keys:write" room={words.keys}>
    <Keys />
  </OnlyFor>
)

const readKeys = (ended: boolean, limit: number) => async (cursor: string | undefined, signal: AbortSignal) => {
  const query = { ended: ended ? 'true' : undefined, cursor, limit: String(limit) } as const
  const { keys: rows, next } = await client.call('listKeys', { query, signal })
  return { rows, next }
}

function Keys() {
  const { cursor, ended = false } = route.useSearch()
  const navigate = route.useNavigate()
  const columns = useColumns()
  const answer = useQuery({
    queryKey: ['keys', ended, cursor],
    queryFn: ({ signal }) => readKeys(ended, keysOnPage)(cursor, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <title>{`${words.keys} · ${words.name}`}</title>
      <div className="room-head">
        <h1>{words.keys}</h1>
        <div className="room-acts">
          <CsvButton file="keys" columns={columns} readPage={readKeys(ended, keysInFile)} />
          <MakeKey />
        </div>
      </div>
      <p className="second room-lead">{said.lead}</p>
      <div className="filters">
        <Checkbox
          label={said.showEnded}
          checked={ended}
          onChange={({ currentTarget }) => navigate({ search: { ended: currentTarget.checked ? true : undefined } })}
        />
      </div>
      <Listing
        title={words.keys}
        answer={answer}
        columns={columns}
        idOf={({ id }) => id}
        empty={said.empty}
        cursor={cursor}
        onPage={(to) => navigate({ search: { ended: ended ? true : undefined, cursor: to } })}
      />
    </>
  )
}

const statusOf = ({ inForce, revokedAt }: ApiKey): string => {
  if (inForce) return said.statuses.inForce
  return revokedAt === null ? said.statuses.expired : said.statuses.revoked
}

function useColumns(): readonly Column<ApiKey>[] {
  const whoOf = useWho()
  const queryClient = useQueryClient()
  return [
    {
      id: 'name',
      title: said.name,
      cellOf: ({ name, id }) => (
        <>
          <strong>{name}</strong> <span className="id">{id}</span>
        </>
      ),
      textOf: ({ name }) => name,
    },
    {
      id: 'scopes',
      title: said.scopes,
      cellOf: ({ scopes }) => (
        <span className="second" title={scopes.join(', ')}>
          {scopesText(scopes)}
        </span>
      ),
      textOf: ({ scopes }) => scopes.join(' '),
    },
    {
      id: 'made',
      title: said.created,
      cellOf: ({ createdAt, createdBy }) => (
        <span className="second">{said.createdBy(agoText(createdAt), whoOf(createdBy))}</span>
      ),
      textOf: ({ createdAt }) => createdAt,
    },
    {
      id: 'ends',
      title: said.expires,
      cellOf: ({ expiresAt }) => <span className="second">{expiresAt === null ? said.never : dayText(expiresAt)}</span>,
      textOf: ({ expiresAt }) => expiresAt,
    },
    {
      id: 'status',
      title: said.status,
      cellOf: (key) => <span className={key.inForce ? 'chip' : 'third'}>{statusOf(key)}</span>,
      textOf: statusOf,
    },
    {
      id: 'acts',
      title: said.acts,
      cellOf: (key) =>
        key.inForce ? (
          <span className="row-acts">
            <ConfirmAct
              act={said.revoke}
              title={said.revokeTitle(key.name)}
              onAct={async () => {
                await client.call('revokeKey', { path: { key: key.id } })
                await queryClient.invalidateQueries({ queryKey: ['keys'] })
              }}
            >
              {said.revokeMore}
            </ConfirmAct>
          </span>
        ) : null,
    },
  ]
}
