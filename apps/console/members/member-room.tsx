import { Tabs } from '@mantine/core'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { useVocabulary } from '../session/vocabulary.ts'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { AboutMember } from './about-member.tsx'
import { Adjust } from './adjust.tsx'
import { BalanceTiles } from './balance-tiles.tsx'
import { Ledger } from './ledger.tsx'
import { Lots } from './lots.tsx'
import { MemberHead } from './member-head.tsx'
import { Progress } from './progress.tsx'
import { TierBar } from './tier-bar.tsx'
import { Vouchers } from './vouchers.tsx'
import './member-room.css'

const route = getRouteApi('/members/$member')

/** Seldom there, and for few. */
const WaitingForMember = lazy(async () => ({
  default: (await import('../second-person/waiting-for-member.tsx')).WaitingForMember,
}))

/** One member: how they stand, why, and what can be done about it. */
export function MemberRoom() {
  const { member: id } = route.useParams()
  const { part = 'ledger' } = route.useSearch()
  const navigate = route.useNavigate()
  const { may } = useMe()
  const named = useVocabulary()
  const { data: member } = useSuspenseQuery({
    queryKey: ['member', id],
    queryFn: () => client.call('readMember', { path: { member: id } }),
  })
  const { data: lots } = useSuspenseQuery({
    queryKey: ['member', id, 'lots'],
    queryFn: () => client.call('readLots', { path: { member: id } }),
  })
  const vouchers = useQuery({
    queryKey: ['member', id, 'vouchers'],
    queryFn: () => client.call('listVouchers', { path: { member: id }, query: { status: 'all' } }),
  })
  const progress = useQuery({
    queryKey: ['member', id, 'progress'],
    queryFn: () => client.call('readProgress', { path: { member: id } }),
  })
  const openVouchers = vouchers.data?.vouchers.filter(({ status }) => status === 'open').length ?? 0
  const balanceOf = (asset: string) => {
    const balance = member.balances.find((each) => each.asset === asset)
    return (balance?.active ?? 0) - (balance?.debt ?? 0)
  }
  const goals = (progress.data?.challenges.length ?? 0) + (progress.data?.cards.length ?? 0)
  return (
    <>
      <title>{`${member.profile.name ?? id} · ${words.name}`}</title>
      <p className="way">
        <Link to="/members">{words.members}</Link>
        <span className="third">/</span>
        <span className="id">{id}</span>
      </p>
      <div className="room-head">
        <MemberHead member={member} named={named} />
        {may('adjustments:write') ? <Adjust member={member} named={named} /> : null}
      </div>
      <div className="columns">
        <div>
          <div className="sheet">
            <BalanceTiles member={member} lots={lots.lots} named={named} />
            {member.tiers.map((tier) => (
              <TierBar key={tier.ladder} tier={tier} named={named} />
            ))}
          </div>
          <Tabs
            className="member-tabs"
            value={part}
            keepMounted={false}
            onChange={(chosen) => navigate({ search: { part: chosen ?? undefined }, replace: true })}
          >
            <Tabs.List>
              <Tabs.Tab value="ledger">{words.memberRoom.ledger}</Tabs.Tab>
              <Tabs.Tab value="vouchers">{withCount(words.memberRoom.vouchers, openVouchers)}</Tabs.Tab>
              <Tabs.Tab value="challenges">{withCount(words.memberRoom.challenges, goals)}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="ledger">
              <Ledger member={member.id} balances={member.balances} named={named} />
            </Tabs.Panel>
            <Tabs.Panel value="vouchers">
              <Vouchers answer={vouchers} holds={member.holds} member={member.id} named={named} />
            </Tabs.Panel>
            <Tabs.Panel value="challenges">
              <Progress answer={progress} member={member.id} named={named} />
            </Tabs.Panel>
          </Tabs>
        </div>
        <aside className="aside">
          {may('adjustments:write') ? (
            <Suspense>
              <WaitingForMember member={member.id} balanceOf={balanceOf} named={named} />
            </Suspense>
          ) : null}
          <Lots lots={lots} named={named} />
          <AboutMember member={member} named={named} />
        </aside>
      </div>
    </>
  )
}

const withCount = (text: string, count: number) => (count === 0 ? text : `${text} ${amountText(count)}`)
