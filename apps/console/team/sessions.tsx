import type { TeamMember } from '@laurel/contract'
import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ProblemView } from '../frame/problem-view.tsx'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { Listing } from '../tables/listing.tsx'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { sessionColumns } from './session-columns.tsx'

/** Nobody has more places to sit at. */
const sessionsMax = 50

const said = words.teamRoom

/** Where somebody on the team is signed in; whoever runs the team may end it. */
export function Sessions({ member }: { readonly member: TeamMember }) {
  const [isOpen, { open, close }] = useDisclosure(false)
  return (
    <>
      <button type="button" className="link" onClick={open}>
        {said.sessions}
      </button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={said.sessionsTitle(member.name)}
        closeButtonProps={{ 'aria-label': words.close }}
        size="lg"
        centered
      >
        <SessionsOf member={member} />
      </Modal>
    </>
  )
}

function SessionsOf({ member: { person } }: { readonly member: TeamMember }) {
  const { may } = useMe()
  const queryClient = useQueryClient()
  const answer = useQuery({
    queryKey: ['team', person, 'sessions'],
    queryFn: async ({ signal }) => {
      const query = { limit: String(sessionsMax) }
      const { sessions: rows } = await client.call('listSessions', { path: { person }, query, signal })
      return { rows, next: null }
    },
  })
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: () => client.call('endSessions', { path: { person } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['team'] }),
  })
  const hasSome = (answer.data?.rows.length ?? 0) > 0
  return (
    <div className="fields">
      <Listing
        title={said.sessions}
        answer={answer}
        columns={sessionColumns}
        idOf={({ id }) => id}
        empty={said.sessionsEmpty}
      />
      {error === null ? null : <ProblemView error={error} inForm />}
      {data === undefined ? null : <p role="status">{said.ended(data.ended, amountText(data.ended))}</p>}
      {may('team:write') && hasSome ? (
        <div className="room-acts">
          <Button variant="default" loading={isPending} onClick={() => mutate()}>
            {said.endAll}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
