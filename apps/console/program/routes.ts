import { createRoute } from '@tanstack/react-router'
import { cursorIn, numberIn, root, textIn } from '../frame/root-route.tsx'

/**
 * The rooms of the program. Each is loaded when somebody goes there: that of the program itself brings the engine, which reads
 * programs as the server does.
 */
const getParentRoute = () => root

const program = createRoute({
  getParentRoute,
  path: '/program',
  validateSearch: (
    search,
  ): { version?: number | undefined; draft?: string | undefined; part?: string | undefined } => ({
    version: numberIn(search['version']),
    draft: textIn(search['draft']),
    part: textIn(search['part']),
  }),
}).lazy(() => import('./program-route.tsx').then(({ programRoute }) => programRoute))

const backtests = createRoute({ getParentRoute, path: '/backtests', validateSearch: cursorIn }).lazy(() =>
  import('../backtests/backtests-route.tsx').then(({ backtestsRoute }) => backtestsRoute),
)
const backtest = createRoute({ getParentRoute, path: '/backtests/$backtest' }).lazy(() =>
  import('../backtests/backtests-route.tsx').then(({ backtestRoute }) => backtestRoute),
)
const reports = createRoute({ getParentRoute, path: '/reports' }).lazy(() =>
  import('../reports/reports-route.tsx').then(({ reportsRoute }) => reportsRoute),
)
const report = createRoute({
  getParentRoute,
  path: '/reports/$report',
  validateSearch: (search): { segment?: string | undefined; cursor?: string | undefined } => ({
    ...cursorIn(search),
    segment: textIn(search['segment']),
  }),
}).lazy(() => import('../reports/reports-route.tsx').then(({ reportRoute }) => reportRoute))

const corrections = createRoute({ getParentRoute, path: '/corrections', validateSearch: cursorIn }).lazy(() =>
  import('../corrections/corrections-route.tsx').then(({ correctionsRoute }) => correctionsRoute),
)
const correction = createRoute({ getParentRoute, path: '/corrections/$correction', validateSearch: cursorIn }).lazy(
  () => import('../corrections/corrections-route.tsx').then(({ correctionRoute }) => correctionRoute),
)
const pilots = createRoute({ getParentRoute, path: '/pilots' }).lazy(() =>
  import('../pilots/pilots-route.tsx').then(({ pilotsRoute }) => pilotsRoute),
)
const pilot = createRoute({
  getParentRoute,
  path: '/pilots/$pilot',
  validateSearch: (search): { cursor?: string | undefined; arm?: string | undefined } => ({
    ...cursorIn(search),
    arm: textIn(search['arm']),
  }),
}).lazy(() => import('../pilots/pilots-route.tsx').then(({ pilotRoute }) => pilotRoute))
const sandboxes = createRoute({ getParentRoute, path: '/sandboxes', validateSearch: cursorIn }).lazy(() =>
  import('../sandboxes/sandboxes-route.tsx').then(({ sandboxesRoute }) => sandboxesRoute),
)

export const programRoutes = [
  ...([program, backtests, backtest, reports, report] as const),
  ...([corrections, correction, pilots, pilot, sandboxes] as const),
] as const
