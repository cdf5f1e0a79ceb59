import { currencyExponentOf } from '@laurel/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ProblemView } from '../frame/problem-view.tsx'
import { Waiting } from '../frame/waiting.tsx'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { agoText, amountText, moneyText } from '../words/format.ts'
import { words } from '../words/words.ts'

interface Obligation {
  readonly key: string
  readonly title: string
  readonly sentence: string
  readonly since: string
  readonly link:
    | { readonly to: '/refunds' | '/overdue' | '/waiting' }
    | { readonly draft: string }
    | { readonly correction: string }
  readonly act: string
}

/** What waits for a person, the oldest first; and that all else is well. */
export function NeedsYou() {
  const { may } = useMe()
  const [members, programs, acts] = [may('members:read'), may('programs:read'), may('adjustments:write')]
  const { data, error, refetch } = useQuery({
    queryKey: ['needs-you', members, programs, acts],
    queryFn: () => obligationsOf(members, programs, acts),
    refetchInterval: 60_000,
  })
  return (
    <aside className="needs">
      <div className="needs-head">
        <h2>{words.needs.title}</h2>
        {data === undefined || data.length === 0 ? null : <span className="count">{amountText(data.length)}</span>}
      </div>
      {error !== null ? <ProblemView error={error} onRetry={() => void refetch()} inForm /> : null}
      {data === undefined && error === null ? <Waiting rows={3} /> : null}
      {data?.map(({ key, title, sentence, since, link, act }) => (
        <div key={key} className="obligation">
          <h3>{title}</h3>
          <p className="small second">{sentence}</p>
          <p className="obligation-foot">
            {'to' in link ? (
              <Link to={link.to}>{act}</Link>
            ) : 'draft' in link ? (
              <Link to="/program" search={{ draft: link.draft }}>
                {act}
              </Link>
            ) : (
              <Link to="/corrections/$correction" params={{ correction: link.correction }}>
                {act}
              </Link>
            )}
            <span className="small third">{agoText(since)}</span>
          </p>
        </div>
      ))}
      {data?.length === 0 ? (
        <div className="obligation">
          <h3>{words.needs.nothing}</h3>
          <p className="small second">{words.needs.nothingMore}</p>
        </div>
      ) : null}
    </aside>
  )
}

async function obligationsOf(members: boolean, programs: boolean, acts: boolean): Promise<Obligation[]> {
  const found = await Promise.all([
    ...(members ? [refunds(), overdueFacts()] : []),
    ...(programs ? [submittedDrafts(), shownCorrections()] : []),
    ...(acts ? [waitingActs()] : []),
  ])
  return found.flat().toSorted((a, b) => (a.since < b.since ? -1 : 1))
}

async function refunds(): Promise<Obligation[]> {
  const { refunds: queued, total } = await client.call('listUnmatchedRefunds', { query: { limit: '1' } })
  const oldest = queued[0]
  if (oldest === undefined) return []
  const sums = total.amounts.map(({ currency, amount }) =>
    currency === null ? null : moneyText(amount, currency, currencyExponentOf(currency) ?? 2),
  )
  const sum = sums.filter((text) => text !== null).join(', ')
  return [
    {
      key: 'refunds',
      title: words.needs.refunds(total.count, amountText(total.count)),
      sentence: words.needs.refundsMore(sum),
      since: oldest.queuedAt,
      link: { to: '/refunds' },
      act: words.needs.match,
    },
  ]
}

async function overdueFacts(): Promise<Obligation[]> {
  const { facts, total } = await client.call('listOverdueFacts', { query: { limit: '1' } })
  const oldest = facts[0]
  if (oldest === undefined) return []
  return [
    {
      key: 'overdue',
      title: words.needs.overdue(total.count, amountText(total.count)),
      sentence: words.needs.overdueMore,
      since: oldest.keptAt,
      link: { to: '/overdue' },
      act: words.needs.decide,
    },
  ]
}

/** More than that are said to be as many. */
const actsMax = 200

async function waitingActs(): Promise<Obligation[]> {
  const { acts } = await client.call('listWaitingActs', { query: { limit: String(actsMax) } })
  const oldest = acts[0]
  if (oldest === undefined) return []
  return [
    {
      key: 'waiting-acts',
      title: words.needs.acts(acts.length, amountText(acts.length)),
      sentence: words.needs.actsMore,
      since: oldest.askedAt,
      link: { to: '/waiting' },
      act: words.needs.review,
    },
  ]
}

async function submittedDrafts(): Promise<Obligation[]> {
  const { drafts } = await client.call('listDrafts', { query: { limit: '200' } })
  return drafts
    .filter(({ status }) => status === 'submitted')
    .map(({ id, note, changedAt, changedBy }) => ({
      key: `draft/${id}`,
      title: words.needs.draft(id),
      sentence: words.needs.draftMore(changedBy, note),
      since: changedAt,
      link: { draft: id },
      act: words.needs.review,
    }))
}

async function shownCorrections(): Promise<Obligation[]> {
  const { corrections } = await client.call('listCorrections', { query: { limit: '50' } })
  return corrections
    .filter(({ status }) => status === 'shown')
    .map(({ id, startedAt }) => ({
      key: `correction/${id}`,
      title: words.needs.correction,
      sentence: words.needs.correctionMore,
      since: startedAt,
      link: { correction: id },
      act: words.needs.review,
    }))
}
