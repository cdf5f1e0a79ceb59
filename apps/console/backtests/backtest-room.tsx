import type { BacktestAnswer } from '@laurel/contract'
import { Button } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ProblemView } from '../frame/problem-view.tsx'
import { UnderWay } from '../frame/under-way.tsx'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { Report } from './report.tsx'
import './backtests.css'

const route = getRouteApi('/backtests/$backtest')

/** Often enough to see it move. */
const beatMs = 700

/** One backtest: how far it has come, then what it has found. */
export function BacktestRoom() {
  const { backtest: id } = route.useParams()
  const { may } = useMe()
  const { data: backtest } = useSuspenseQuery({
    queryKey: ['backtest', id],
    queryFn: () => client.call('readBacktest', { path: { backtest: id } }),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? beatMs : false),
  })
  const said = words.backtestRoom
  const [first] = backtest.drafts
  const title = first === undefined ? words.report.truth : words.report.title(first.name)
  return (
    <>
      <title>{`${title} · ${words.name}`}</title>
      <p className="way">
        <Link to="/backtests">{words.backtests}</Link>
      </p>
      <div className="room-head">
        <h1>{title}</h1>
        {first === undefined || first.revision === null ? null : (
          <div className="room-acts">
            <Link to="/program" search={{ draft: first.name }}>
              {words.programRoom.draftNamed(first.name)}
            </Link>
          </div>
        )}
      </div>
      <State backtest={backtest} mayRead={may('ledger:read')} mayCancel={may('programs:write')} />
      {backtest.status === 'done' && !may('ledger:read') ? <p className="second">{said.mayNot}</p> : null}
    </>
  )
}

function State({
  backtest,
  mayRead,
  mayCancel,
}: {
  readonly backtest: BacktestAnswer
  readonly mayRead: boolean
  readonly mayCancel: boolean
}) {
  const said = words.backtestRoom
  switch (backtest.status) {
    case 'running':
      return <Running backtest={backtest} mayCancel={mayCancel} />
    case 'done':
      return mayRead ? <Report backtest={backtest} /> : null
    case 'cancelled':
      return (
        <div className="empty">
          <h2>{said.wasCancelled}</h2>
          <p className="second">{said.wasCancelledRemedy}</p>
        </div>
      )
    case 'failed':
      return (
        <div className="empty">
          <h2>{said.hasFailed}</h2>
          <p className="second">{backtest.failure}</p>
        </div>
      )
  }
}

function Running({
  backtest: { id, parts },
  mayCancel,
}: {
  readonly backtest: BacktestAnswer
  readonly mayCancel: boolean
}) {
  const queryClient = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => client.call('cancelBacktest', { path: { backtest: id } }),
    onSuccess: (answer) => queryClient.setQueryData(['backtest', id], answer),
  })
  const said = words.backtestRoom
  const what =
    parts.all === 0
      ? said.counting
      : parts.done === parts.all
        ? said.joining
        : said.progress(amountText(parts.done), amountText(parts.all))
  return (
    <UnderWay what={what} done={parts.done} all={parts.all} aside={said.stays}>
      {mayCancel ? (
        <Button variant="default" loading={isPending} onClick={() => mutate()}>
          {said.cancel}
        </Button>
      ) : null}
      {error === null ? null : <ProblemView error={error} inForm />}
    </UnderWay>
  )
}
