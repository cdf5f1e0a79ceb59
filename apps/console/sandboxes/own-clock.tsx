import type { AdvanceAnswer } from '@laurel/contract'
import { Button, NumberInput } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { WorkIn } from '../frame/work-in.tsx'
import { client, newActName } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { useVocabulary } from '../session/vocabulary.ts'
import { amountText, programMomentText } from '../words/format.ts'
import { words } from '../words/words.ts'

const beatMs = 700

/** What time it is in this sandbox, how time was let pass, and the way to let more of it pass. */
export function OwnClock() {
  const { may } = useMe()
  const { zone } = useVocabulary().program
  const queryClient = useQueryClient()
  const [days, setDays] = useState<number | string>(1)
  const [name, setName] = useState(newActName)
  const { data: own } = useSuspenseQuery({
    queryKey: ['own-sandbox'],
    queryFn: () => client.call('readSandbox', {}),
    refetchInterval: ({ state }) => (state.data?.advancing == null ? false : beatMs),
  })
  const { data: past } = useSuspenseQuery({
    queryKey: ['advances', own.clock, own.advancing],
    queryFn: () => client.call('listAdvances', { query: { limit: '20' } }),
  })
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => client.call('advanceSandbox', { body: { days: Number(days) }, idempotencyKey: name }),
    onSuccess: async () => {
      setName(newActName())
      // Everything that is shown stands at another moment now.
      await queryClient.invalidateQueries()
    },
  })
  const said = words.sandboxRoom
  return (
    <>
      <div className="room-head">
        <h1>{said.own(own.of)}</h1>
        <WorkIn program={own.of} text={said.back(own.of)} next="/console/sandboxes" />
      </div>
      <p className="verdict">{said.now(programMomentText(own.clock, zone))}</p>
      {may('programs:write') ? (
        <form
          className="pilot-acts"
          onSubmit={(event) => {
            event.preventDefault()
            if (Number(days) > 0 && !isPending) mutate()
          }}
        >
          <NumberInput label={said.days} value={days} onChange={setDays} min={1} max={3660} />
          <Button type="submit" disabled={!(Number(days) > 0)} loading={isPending || own.advancing !== null}>
            {said.advance}
          </Button>
          {error === null ? null : <ProblemView error={error} inForm />}
        </form>
      ) : null}
      {past.advances.length === 0 ? (
        <p className="second">{said.stands}</p>
      ) : (
        <div className="sheet">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{said.from}</th>
                <th scope="col">{said.to}</th>
                <th scope="col">{said.state}</th>
              </tr>
            </thead>
            <tbody>
              {past.advances.map((each) => (
                <tr key={each.id}>
                  <td>{programMomentText(each.from, zone)}</td>
                  <td>{programMomentText(each.to, zone)}</td>
                  <td className="second">{stateOf(each, zone)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}

function stateOf({ status, clock, fired, failure }: AdvanceAnswer, zone: string): string {
  const said = words.sandboxRoom.states
  switch (status) {
    case 'running':
      return said.running(programMomentText(clock, zone))
    case 'done':
      return said.done(fired, amountText(fired))
    case 'cancelled':
      return said.cancelled
    case 'failed':
      return said.failed(failure ?? '')
  }
}
