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
  validateSearch: (search): { version?: number | undefined; draft?: string | undefined } => ({
    version: numberIn(search['version']),
    draft: textIn(search['draft']),
  }),
}).lazy(() => import('./program-route.tsx').then(({ programRoute }) => programRoute))

const backtests = createRoute({ getParentRoute, path: '/backtests', validateSearch: cursorIn }).lazy(() =>
  import('../backtests/backtests-route.tsx').then(({ backtestsRoute }) => backtestsRoute),
)
const backtest = createRoute({ getParentRoute, path: '/backtests/$backtest' }).lazy(() =>
  import('../backtests/backtests-route.tsx').then(({ backtestRoute }) => backtestRoute),
)

export const programRoutes = [program, backtests, backtest] as const
