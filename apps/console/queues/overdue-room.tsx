import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { client, newActName } from '../session/client.ts'
import { agoText, dayText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { AnswerForm } from './answer-form.tsx'
import { Queue } from './queue.tsx'

const pageLength = 50
/** As many as one request may ask for. */
const inFile = 200

const route = getRouteApi('/overdue')

/** Facts that came later than the program accepts: each is recorded after all, or not. */
export function OverdueRoom() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const answer = useQuery({
    queryKey: ['overdue', cursor],
    queryFn: () => client.call('listOverdueFacts', { query: { cursor, limit: String(pageLength) } }),
  })
  const said = words.queues
  return (
    <Queue
      title={said.overdue}
      lead={said.overdueLead}
      empty={said.overdueEmpty}
      heads={[said.fact, said.member, said.happened, said.since]}
      answer={answer}
      items={answer.data?.facts}
      next={answer.data?.next ?? null}
      onNext={(to) => navigate({ search: { cursor: to } })}
      idOf={({ source, id }) => `${source}/${id}`}
      cellsOf={({ source, id, member, event, keptAt }) => [
        <span key="fact">
          <strong>{event.type}</strong> <span className="id">{`${source}/${id}`}</span>
        </span>,
        <Link key="member" to="/members/$member" params={{ member }}>
          {member}
        </Link>,
        <span key="happened">{dayText(event.occurredAt)}</span>,
        <span key="since" className="third">
          {agoText(keptAt)}
        </span>,
      ]}
      file="overdue"
      textsOf={({ source, id, member, event, keptAt }) => [
        `${event.type} ${source}/${id}`,
        member,
        event.occurredAt,
        keptAt,
      ]}
      readPage={async (from, signal) => {
        const query = { cursor: from, limit: String(inFile) }
        const { facts: rows, next } = await client.call('listOverdueFacts', { query, signal })
        return { rows, next }
      }}
      formOf={({ source, id }) => <OverdueForm source={source} id={id} />}
    />
  )
}

function OverdueForm(path: { readonly source: string; readonly id: string }) {
  const [idempotencyKey] = useState(newActName)
  return (
    <AnswerForm
      queue="overdue"
      isReady
      onAccept={async (reason) => {
        await client.call('acceptOverdueFact', { path, body: { reason }, idempotencyKey })
        return { granted: true, refusal: null }
      }}
      onDismiss={async (reason) => {
        await client.call('dismissOverdueFact', { path, body: { reason } })
      }}
    />
  )
}
