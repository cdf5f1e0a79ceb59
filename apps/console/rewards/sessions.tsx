import type { Catalogue } from '@laurel/contract'
import { Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { wordsOf } from '../session/vocabulary.ts'
import type { Column } from '../tables/column.ts'
import { CsvOf } from '../tables/csv-of.tsx'
import { Listing } from '../tables/listing.tsx'
import { agoText, amountText, dayText, timeText } from '../words/format.ts'
import { words } from '../words/words.ts'
import './rewards.css'

type Reward = Catalogue['rewards'][number]
type Session = Reward['sessions'][number]

const said = words.rewardsRoom
const waitingOnPage = 50

/** Seats of an experience, session by session, and who waits for one. */
export function Sessions({ reward }: { readonly reward: Reward }) {
  const columns = useColumns(reward)
  return (
    <div className="sessions">
      <Listing
        title={said.seats}
        answer={{
          data: { rows: reward.sessions, next: null },
          error: null,
          isPlaceholderData: false,
          refetch: async () => undefined,
        }}
        columns={columns}
        idOf={({ id }) => id}
        empty={said.empty}
      />
      <CsvOf file={`${reward.id}-seats`} columns={columns} rows={reward.sessions} />
    </div>
  )
}

function useColumns(reward: Reward): readonly Column<Session>[] {
  const { may } = useMe()
  return [
    {
      id: 'session',
      title: said.session,
      cellOf: ({ id }) => <strong>{wordsOf(id)}</strong>,
      textOf: ({ id }) => id,
    },
    {
      id: 'starts',
      title: said.starts,
      isWhole: true,
      cellOf: ({ starts }) => `${dayText(starts)}, ${timeText(starts)}`,
      textOf: ({ starts }) => starts,
    },
    {
      id: 'place',
      title: said.place,
      cellOf: ({ place }) => <span className="second">{place === null ? said.noPlace : wordsOf(place)}</span>,
      textOf: ({ place }) => place,
    },
    {
      id: 'taken',
      title: said.taken,
      cellOf: ({ taken, seats }) => (
        <span className="seat-count">
          {said.takenOf(amountText(taken), amountText(seats))}
          <meter className="seat-meter" min={0} max={seats} value={taken} aria-hidden="true" />
        </span>
      ),
      textOf: ({ taken }) => taken,
    },
    {
      id: 'waiting',
      title: said.waiting,
      cellOf: (session) =>
        session.waiting === 0 || !may('members:read') ? (
          <span className="second">{session.waiting === 0 ? said.nobodyWaits : amountText(session.waiting)}</span>
        ) : (
          <Waiting reward={reward.id} session={session} />
        ),
      textOf: ({ waiting }) => waiting,
    },
  ]
}

function Waiting({ reward, session }: { readonly reward: string; readonly session: Session }) {
  const [isOpen, { open, close }] = useDisclosure(false)
  return (
    <>
      <button type="button" className="link" onClick={open}>
        {said.whoWaits(amountText(session.waiting))}
      </button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={said.waitingTitle(wordsOf(session.id))}
        closeButtonProps={{ 'aria-label': words.close }}
        centered
      >
        <WaitingIn reward={reward} session={session.id} />
      </Modal>
    </>
  )
}

function WaitingIn({ reward, session }: { readonly reward: string; readonly session: string }) {
  const [cursor, setCursor] = useState<string | undefined>()
  const answer = useQuery({
    queryKey: ['catalogue', 'waiting', reward, session, cursor],
    queryFn: async ({ signal }) => {
      const query = { cursor, limit: String(waitingOnPage) }
      const { waiting: rows, next } = await client.call('listWaiting', { path: { reward, session }, query, signal })
      return { rows, next }
    },
  })
  const columns: readonly Column<{ place: number; member: string; since: string }>[] = [
    {
      id: 'position',
      title: said.position,
      cellOf: ({ place }) => <strong>{amountText(place)}</strong>,
      textOf: ({ place }) => place,
    },
    {
      id: 'member',
      title: said.member,
      cellOf: ({ member }) => (
        <Link to="/members/$member" params={{ member }}>
          {member}
        </Link>
      ),
      textOf: ({ member }) => member,
    },
    {
      id: 'since',
      title: said.since,
      cellOf: ({ since }) => <span className="second">{agoText(since)}</span>,
      textOf: ({ since }) => since,
    },
  ]
  return (
    <Listing
      title={said.waiting}
      answer={answer}
      columns={columns}
      idOf={({ member }) => member}
      empty={said.waitingEmpty}
      cursor={cursor}
      onPage={setCursor}
    />
  )
}
