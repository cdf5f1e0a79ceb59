import type { OwnCard } from '@laurel/contract'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { ProblemView } from '../frame/problem-view.tsx'
import { Waiting } from '../frame/waiting.tsx'
import { client } from '../session/client.ts'
import { useNamed } from '../session/named.ts'
import { words } from '../words/words.ts'
import { RewardRow } from './reward-row.tsx'
import { Vouchers } from './vouchers.tsx'
import './rewards.css'

/** What is in the hand, and what can be had for what one has. */
export function RewardsPage({ card }: { readonly card: OwnCard }) {
  const named = useNamed()
  const rewards = useQuery({
    queryKey: ['rewards', words.language],
    queryFn: () => client.call('listSelfRewards', { query: { language: words.language } }),
  })
  const vouchers = useInfiniteQuery({
    queryKey: ['vouchers'],
    queryFn: ({ pageParam }) =>
      client.call('listSelfVouchers', { query: pageParam === null ? {} : { cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
  if (rewards.data === undefined || vouchers.data === undefined || named === null) {
    const error = rewards.error ?? vouchers.error
    const again = () => void Promise.all([rewards.refetch(), vouchers.refetch()])
    return error === null ? <Waiting /> : <ProblemView error={error} onRetry={again} />
  }
  const inHand = vouchers.data.pages.flatMap((page) => page.vouchers)
  const { kept, waiting } = card.seats
  const yours = (
    <Vouchers
      vouchers={inHand}
      named={named}
      card={card}
      onMore={vouchers.hasNextPage ? () => void vouchers.fetchNextPage() : null}
    />
  )
  // On a phone what can be used at once stands first, and what is empty last.
  const hasSome = inHand.length + kept.length + waiting.length > 0
  return (
    <div className="columns">
      {hasSome ? yours : null}
      <div className="column offered">
        <h1>{words.rewards.title}</h1>
        {rewards.data.rewards.length === 0 ? (
          <div className="empty">
            <p>{words.rewards.empty}</p>
            <p className="second">{words.rewards.emptyRemedy}</p>
          </div>
        ) : (
          <ul className="rewards">
            {rewards.data.rewards.map((reward) => (
              <RewardRow key={reward.id} reward={reward} named={named} card={card} />
            ))}
          </ul>
        )}
      </div>
      {hasSome ? null : yours}
    </div>
  )
}
