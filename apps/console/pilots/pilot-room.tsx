import type { PilotAnswer, PilotMembers } from '@laurel/contract'
import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Pager } from '../frame/pager.tsx'
import { ProblemView } from '../frame/problem-view.tsx'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { useNames } from '../session/people.ts'
import { useVocabulary } from '../session/vocabulary.ts'
import { amountText, programMomentText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { pilotStateOf } from './pilots-room.tsx'
import '../backtests/backtests.css'

const route = getRouteApi('/pilots/$pilot')
const membersOnPage = 100
const arms = ['pilot', 'holdout', 'rest'] as const

/** One pilot: how far it has come, step by step, what can be done with it, and who is in which arm. */
export function PilotRoom() {
  const { pilot: number } = route.useParams()
  const nameOf = useNames()
  const { may } = useMe()
  const { zone } = useVocabulary().program
  const { data: pilot } = useSuspenseQuery({
    queryKey: ['pilot', number],
    queryFn: () => client.call('readPilot', { path: { pilot: number } }),
  })
  const said = words.pilotRoom
  const title = said.title(amountText(pilot.pilot))
  return (
    <>
      <title>{`${title} · ${words.name}`}</title>
      <p className="way">
        <Link to="/pilots">{words.pilots}</Link>
      </p>
      <h1>{title}</h1>
      <p className="verdict">{pilotStateOf(pilot)}</p>
      <p className="second">{said.lead}</p>
      {pilot.status === 'running' && may('programs:write') ? <Move key={pilot.share} pilot={pilot} /> : null}
      <section className="question">
        <h2>{said.steps}</h2>
        <div className="sheet">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{said.step}</th>
                <th scope="col">{said.when}</th>
                <th scope="col">{said.by}</th>
              </tr>
            </thead>
            <tbody>
              {pilot.steps.map(({ version, act, share, at, author, approvedBy, note }) => (
                <tr key={version}>
                  <td>
                    {said.acts[act](amountText(share))}{' '}
                    <Link to="/program" search={{ version }} className="small">
                      {words.versions.numbered(amountText(version))}
                    </Link>
                    {note === '' ? null : <p className="small second">“{note}”</p>}
                  </td>
                  <td className="second">{programMomentText(at, zone)}</td>
                  <td className="second">
                    {nameOf(author)}
                    {approvedBy === null ? null : (
                      <p className="small">{words.programRoom.approvedBy(nameOf(approvedBy))}</p>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      {may('members:read') ? <Members pilot={pilot} /> : null}
    </>
  )
}

/** Lets more members in, or all; or lets those in it be judged as everybody else is. */
function Move({ pilot: { pilot, share } }: { readonly pilot: PilotAnswer }) {
  const [next, setNext] = useState<number | string>(Math.min(100, share * 2))
  const [note, setNote] = useState('')
  const queryClient = useQueryClient()
  const said = words.pilotRoom
  const { data: all } = useQuery({ queryKey: ['versions'], queryFn: () => client.call('listVersions', {}) })
  const after = all?.versions.at(-1)?.version
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (act: 'widen' | 'stop') => {
      const path = { pilot: String(pilot) }
      const body = { after: after ?? 0, note }
      return act === 'widen'
        ? await client.call('widenPilot', { path, body: { ...body, share: Number(next) } })
        : await client.call('stopPilot', { path, body })
    },
    onSuccess: async () => {
      await Promise.all(
        ['pilot', 'pilots', 'versions', 'vocabulary', 'arms'].map((key) =>
          queryClient.invalidateQueries({ queryKey: [key] }),
        ),
      )
    },
  })
  const isWider = Number(next) > share && Number(next) <= 100
  return (
    <form
      className="pilot-acts"
      onSubmit={(event) => {
        event.preventDefault()
        if (isWider && !isPending && after !== undefined) mutate('widen')
      }}
    >
      <NumberInput label={said.share} value={next} onChange={setNext} min={share + 1} max={100} suffix=" %" />
      <TextInput label={said.note} value={note} onChange={({ currentTarget }) => setNote(currentTarget.value)} />
      <Button type="submit" disabled={!isWider || after === undefined} loading={isPending}>
        {Number(next) === 100 ? said.forAll : said.widen}
      </Button>
      <Button variant="default" disabled={after === undefined || isPending} onClick={() => mutate('stop')}>
        {said.stop}
      </Button>
      {error === null ? null : <ProblemView error={error} inForm />}
    </form>
  )
}

function Members({ pilot: { pilot } }: { readonly pilot: PilotAnswer }) {
  const { cursor, arm } = route.useSearch()
  const navigate = route.useNavigate()
  const chosen = arms.find((each) => each === arm)
  const { data } = useSuspenseQuery({
    queryKey: ['arms', pilot, chosen, cursor],
    queryFn: () =>
      client.call('listPilotMembers', {
        path: { pilot: String(pilot) },
        query: { cursor, limit: String(membersOnPage), ...(chosen === undefined ? {} : { arm: chosen }) },
      }),
  })
  const said = words.pilotRoom
  return (
    <section className="question">
      <div className="question-head">
        <h2>{said.members}</h2>
        <NativeSelect
          aria-label={said.arm}
          value={chosen ?? ''}
          data={[
            { value: '', label: said.everybody },
            ...arms.map((each) => ({ value: each, label: said.arms[each] })),
          ]}
          onChange={({ currentTarget: { value } }) => navigate({ search: { arm: value === '' ? undefined : value } })}
        />
      </div>
      {data.members.length === 0 ? <p className="second">{said.nobody}</p> : <Arms members={data.members} />}
      <Pager
        label={said.pages}
        cursor={cursor}
        next={data.next}
        onGo={(to) => navigate({ search: { arm, cursor: to } })}
      />
    </section>
  )
}

const Arms = ({ members }: { readonly members: PilotMembers['members'] }) => (
  <div className="sheet">
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{words.pilotRoom.member}</th>
          <th scope="col">{words.pilotRoom.arm}</th>
        </tr>
      </thead>
      <tbody>
        {members.map(({ member, arm }) => (
          <tr key={member}>
            <td>
              <Link to="/members/$member" params={{ member }} className="row-link">
                {member}
              </Link>
            </td>
            <td className="second">{words.pilotRoom.arms[arm]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
