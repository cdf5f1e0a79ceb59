import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { cursorIn, root, textIn } from './frame/root-route.tsx'

/** Rooms that few go to, and seldom: loaded when somebody does. */
const getParentRoute = () => root

const rewards = createRoute({
  getParentRoute,
  path: '/rewards',
  validateSearch: (search): { seats?: string | undefined } => ({ seats: textIn(search['seats']) }),
  component: lazyRouteComponent(() => import('./rewards/rewards-room.tsx'), 'RewardsRoom'),
})

const offers = createRoute({
  getParentRoute,
  path: '/offers',
  component: lazyRouteComponent(() => import('./offers/offers-room.tsx'), 'OffersRoom'),
})

const partners = createRoute({
  getParentRoute,
  path: '/partners',
  validateSearch: (search): { month?: string | undefined } => ({ month: textIn(search['month']) }),
  component: lazyRouteComponent(() => import('./partners/partners-room.tsx'), 'PartnersRoom'),
})

const waiting = createRoute({
  getParentRoute,
  path: '/waiting',
  validateSearch: cursorIn,
  component: lazyRouteComponent(() => import('./second-person/waiting-room.tsx'), 'WaitingRoom'),
})

const team = createRoute({
  getParentRoute,
  path: '/team',
  validateSearch: cursorIn,
  component: lazyRouteComponent(() => import('./team/team-room.tsx'), 'TeamRoom'),
})

const keys = createRoute({
  getParentRoute,
  path: '/keys',
  validateSearch: (search): { cursor?: string | undefined; ended?: boolean | undefined } => ({
    ...cursorIn(search),
    ended: search['ended'] === true ? true : undefined,
  }),
  component: lazyRouteComponent(() => import('./keys/keys-room.tsx'), 'KeysRoom'),
})

const audit = createRoute({
  getParentRoute,
  path: '/audit',
  validateSearch: (search): { who?: string | undefined; what?: string | undefined; cursor?: string | undefined } => ({
    ...cursorIn(search),
    who: textIn(search['who']),
    what: textIn(search['what']),
  }),
  component: lazyRouteComponent(() => import('./audit/audit-room.tsx'), 'AuditRoom'),
})

const account = createRoute({
  getParentRoute,
  path: '/account',
  // What came of going to the company's own sign-in.
  validateSearch: (search): { company?: string | undefined } => ({ company: textIn(search['company']) }),
  component: lazyRouteComponent(() => import('./account/account-room.tsx'), 'AccountRoom'),
})

const settings = createRoute({
  getParentRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/settings-room.tsx'), 'SettingsRoom'),
})

export const seldomRoutes = [rewards, offers, partners, waiting, team, keys, audit, account, settings] as const
