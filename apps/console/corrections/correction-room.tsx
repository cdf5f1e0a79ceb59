import type { CorrectedMember, CorrectionAnswer } from '@laurel/contract'
import { Button } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Question } from '../charts/question.tsx'
import { Pager } from '../frame/pager.tsx'
import { ProblemView } from '../frame/problem-view.tsx'
import { UnderWay } from '../frame/under-way.tsx'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { useNames } from '../session/people.ts'
import { type Named, useVocabulary, wordsOf } from '../session/vocabulary.ts'
import { agoText, amountText, changeText, dayText, programMomentText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { stateOf } from './correction-state.ts'
import { CorrectionSums, levelText } from './correction-sums.tsx'
import '../backtests/backtests.css'

const route = getRouteApi('/corrections/$correction')

/** Often enough to see it move. */
const beatMs = 700
const membersOnPage = 100

const isAtWork = (status: CorrectionAnswer['status']) => status === 'looking' || status === 'posting'

/** One correction: what it would post, whom it concerns, and the way to let it be posted. */
export function CorrectionRoom() {
  const { correction: id } = route.useParams()
  const nameOf = useNames()
  const { may } = useMe()
  const { zone } = useVocabulary().program
  const { data: correction } = useSuspenseQuery({
    queryKey: ['correction', id],
    queryFn: () => client.call('readCorrection', { path: { correction: id } }),
    refetchInterval: ({ state }) => (state.data !== undefined && isAtWork(state.data.status) ? beatMs : false),
  })
  const { version, from, reason, startedBy, startedAt, approvedBy, approvedAt, publishes, postsAs, summary } =
    correction
  const said = words.correctionRoom
  const title = said.title(amountText(version), programMomentText(from, zone))
  return (
    <>
      <title>{`${title} · ${words.name}`}</title>
      <p className="way">
        <Link to="/corrections">{words.corrections}</Link>
      </p>
      <h1>{title}</h1>
      {isAtWork(correction.status) ? null : <p className="verdict">{stateOf(correction)}</p>}
      <p className="second">
        {[
          `“${reason}”`,
          said.askedBy(nameOf(startedBy), agoText(startedAt)),
          ...(approvedBy === null || approvedAt === null
            ? []
            : [said.approvedBy(nameOf(approvedBy), agoText(approvedAt))]),
          ...(publishes && approvedBy !== null ? [said.publishedAs(amountText(postsAs))] : []),
        ].join(' · ')}
      </p>
      <Acts correction={correction} />
      {summary === null || correction.status === 'nothing' ? null : (
        <CorrectionSums summary={summary} file={`correction-${id.slice(0, 8)}`} />
      )}
      {summary !== null && summary.members > 0 && may('ledger:read') ? (
        <Members id={id} status={correction.status} summary={summary} />
      ) : null}
    </>
  )
}

function Acts({ correction }: { readonly correction: CorrectionAnswer }) {
  const { id, status, parts, members, startedBy, needsApproval } = correction
  const me = useMe()
  const queryClient = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: (act: 'approveCorrection' | 'cancelCorrection') => client.call(act, { path: { correction: id } }),
    onSuccess: async (answer) => {
      queryClient.setQueryData(['correction', id], answer)
      await Promise.all(
        ['corrections', 'versions', 'needs-you'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
      )
    },
  })
  const said = words.correctionRoom
  const mayWrite = me.may('programs:write')
  const cancel = mayWrite ? (
    <Button variant="default" loading={isPending} onClick={() => mutate('cancelCorrection')}>
      {words.cancel}
    </Button>
  ) : null
  const problem = error === null ? null : <ProblemView error={error} inForm />
  if (isAtWork(status)) {
    const [done, all] = status === 'looking' ? [parts.done, parts.all] : [members.posted, members.all]
    return (
      <UnderWay what={stateOf(correction)} done={done} all={all} aside={said.goesOn}>
        {cancel}
        {problem}
      </UnderWay>
    )
  }
  if (status !== 'shown' || !mayWrite) return problem
  return (
    <div className="room-acts correction-acts">
      {needsApproval && startedBy === me.name ? (
        <p className="second">{said.somebodyElse}</p>
      ) : (
        <Button loading={isPending} onClick={() => mutate('approveCorrection')}>
          {said.approve(members.all, amountText(members.all))}
        </Button>
      )}
      {cancel}
      {problem}
    </div>
  )
}

/** Member by member, as many as a page holds. */
function Members({
  id,
  status,
  summary,
}: {
  readonly id: string
  /** What is said of each changes with it. */
  readonly status: CorrectionAnswer['status']
  readonly summary: NonNullable<CorrectionAnswer['summary']>
}) {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const named = useVocabulary()
  const { data } = useSuspenseQuery({
    queryKey: ['corrected-members', id, status, cursor],
    queryFn: () =>
      client.call('listCorrectedMembers', {
        path: { correction: id },
        query: { cursor, limit: String(membersOnPage) },
      }),
  })
  const said = words.correctionRoom
  const scaleOf = (asset: string) => summary.assets.find((each) => each.asset === asset)?.scale ?? 0
  return (
    <>
      <Question
        title={said.members}
        file={`correction-${id.slice(0, 8)}-members`}
        columns={[{ name: said.member }, { name: said.changes }, { name: said.posted }]}
        rows={data.members.map((member) => {
          const lines = changesOf(member, named, scaleOf)
          return [
            {
              text: (
                <Link to="/members/$member" params={{ member: member.member }}>
                  {member.member}
                </Link>
              ),
              value: member.member,
            },
            {
              text: (
                <span>
                  {(lines.length === 0 ? [said.onlyVersion] : lines).map((line) => (
                    <span key={line} className="line">
                      {line}
                    </span>
                  ))}
                </span>
              ),
              value: lines.join('; '),
            },
            { text: outcomeText(member), value: outcomeText(member) },
          ]
        })}
      />
      <Pager
        label={said.pagesOfMembers}
        cursor={cursor}
        next={data.next}
        onGo={(to) => navigate({ search: { cursor: to } })}
      />
    </>
  )
}

function outcomeText({ outcome, decision }: CorrectedMember): string {
  const said = words.correctionRoom
  switch (outcome) {
    case null:
      return said.notYet
    case 'posted':
      return decision === null ? said.notYet : said.decision(amountText(decision))
    case 'nothing-left':
      return said.nothingLeft
    case 'failed':
      return said.failedHere
  }
}

function changesOf(
  { changes, levels, lots, vouchers }: CorrectedMember,
  named: Named,
  scaleOf: (asset: string) => number,
): string[] {
  const said = words.correctionRoom
  return [
    ...changes.map(({ asset, change, debt, borne, pooled }) =>
      [
        `${changeText(change, scaleOf(asset))} ${named.asset(asset)}`,
        ...(debt > 0 ? [said.owes(amountText(debt, scaleOf(asset)))] : []),
        ...(borne > 0 ? [said.borne(amountText(borne, scaleOf(asset)))] : []),
        ...(pooled > 0 ? [said.pooled(amountText(pooled, scaleOf(asset)))] : []),
      ].join(', '),
    ),
    ...levels.map((level) => levelText(level, named)),
    ...lots.map(({ asset, lastDay, change }) => {
      const when =
        lastDay === 'never'
          ? said.neverLapse
          : lastDay === 'inactivity'
            ? said.byInactivity
            : said.lapseOn(dayText(lastDay))
      return `${changeText(change, scaleOf(asset))} ${named.asset(asset)} ${when}`
    }),
    ...vouchers.map(
      ({ voucher, reward, becomes }) => `${named.reward(reward)} ${said.becomes[becomes]}: ${wordsOf(voucher)}`,
    ),
  ]
}
