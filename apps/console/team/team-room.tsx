import type { TeamMember } from '@laurel/contract'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { OnlyFor } from '../frame/only-for.tsx'
import { Limits } from '../second-person/limits.tsx'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { useWho } from '../session/people.ts'
import type { Column } from '../tables/column.ts'
import { ConfirmAct } from '../tables/confirm-act.tsx'
import { CsvButton } from '../tables/csv-button.tsx'
import { Listing } from '../tables/listing.tsx'
import { amountText, dayText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { ChangeRole } from './change-role.tsx'
import { Invitations } from './invitations.tsx'
import { Invite } from './invite.tsx'
import { Sessions } from './sessions.tsx'

const peopleOnPage = 50
const peopleInFile = 200

const route = getRouteApi('/team')

/** Who works in this program, as what, and who is expected. */
export const TeamRoom = () => (
  <OnlyFor scope="team:read" room={words.team}>
    <Team />
  </OnlyFor>
)

async function readTeam(cursor: string | undefined, limit: number, signal: AbortSignal) {
  const { team: rows, next } = await client.call('listTeam', { query: { cursor, limit: String(limit) }, signal })
  return { rows, next }
}

function Team() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const { may } = useMe()
  const columns = useColumns()
  const answer = useQuery({
    queryKey: ['team', cursor],
    queryFn: ({ signal }) => readTeam(cursor, peopleOnPage, signal),
    placeholderData: keepPreviousData,
  })
  const said = words.teamRoom
  return (
    <>
      <title>{`${words.team} · ${words.name}`}</title>
      <div className="room-head">
        <h1>{words.team}</h1>
        <div className="room-acts">
          <CsvButton file="team" columns={columns} readPage={(from, signal) => readTeam(from, peopleInFile, signal)} />
          {may('team:write') ? <Invite /> : null}
        </div>
      </div>
      <p className="second room-lead">{may('team:write') ? said.lead : `${said.lead} ${said.mayNot}`}</p>
      <Listing
        title={words.team}
        answer={answer}
        columns={columns}
        idOf={({ person }) => person}
        empty={said.empty}
        cursor={cursor}
        onPage={(to) => navigate({ search: { cursor: to } })}
      />
      <Invitations />
      <Limits />
    </>
  )
}

function useColumns(): readonly Column<TeamMember>[] {
  const { may, name: own } = useMe()
  const whoOf = useWho()
  const queryClient = useQueryClient()
  const said = words.teamRoom
  const isOwn = ({ person }: TeamMember) => own === `staff/${person}`
  const columns: Column<TeamMember>[] = [
    {
      id: 'name',
      title: said.name,
      cellOf: (member) => <strong>{isOwn(member) ? said.you(member.name) : member.name}</strong>,
      textOf: ({ name }) => name,
    },
    {
      id: 'email',
      title: said.email,
      cellOf: ({ email }) => <span className="second">{email}</span>,
      textOf: ({ email }) => email,
    },
    { id: 'role', title: said.role, cellOf: ({ role }) => said.roles[role], textOf: ({ role }) => said.roles[role] },
    {
      id: 'since',
      title: said.since,
      cellOf: ({ since, givenBy }) => <span title={whoOf(givenBy)}>{dayText(since)}</span>,
      textOf: ({ since }) => since,
    },
    {
      id: 'second-step',
      title: said.secondStep,
      cellOf: ({ secondFactor }) => (
        <span className={secondFactor ? undefined : 'third'}>
          {secondFactor ? said.secondStepOn : said.secondStepOff}
        </span>
      ),
      textOf: ({ secondFactor }) => (secondFactor ? said.secondStepOn : said.secondStepOff),
    },
    {
      id: 'sessions',
      title: said.signedIn,
      cellOf: ({ sessions }) => (
        <span className="second">{sessions === 0 ? said.nowhere : said.places(sessions, amountText(sessions))}</span>
      ),
      textOf: ({ sessions }) => sessions,
    },
    {
      id: 'acts',
      title: said.acts,
      cellOf: (member) => (
        <span className="row-acts">
          <Sessions member={member} />
          {may('team:write') ? (
            <>
              <ChangeRole member={member} />
              <ConfirmAct
                act={said.remove}
                title={said.removeTitle(member.name)}
                onAct={async () => {
                  await client.call('removeFromTeam', { path: { person: member.person } })
                  await queryClient.invalidateQueries({ queryKey: ['team'] })
                }}
              >
                {said.removeMore}
              </ConfirmAct>
            </>
          ) : null}
        </span>
      ),
    },
  ]
  return columns
}
