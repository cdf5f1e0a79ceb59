import { describeInterface } from '@laurel/contract'
import type { FastifyInstance } from 'fastify'
import { createAuthentication } from './access/authenticate.ts'
import { createActNotes } from './access/note-acts.ts'
import { bindAccess } from './access/routes.ts'
import { createKeyVerifier } from './access/verify-key.ts'
import { bindBacktests } from './backtests/routes.ts'
import { bindBrand } from './brand/routes.ts'
import { bindCatalogue } from './catalogue/routes.ts'
import { bindCorrections } from './corrections/routes.ts'
import type { RecordingContext } from './decisions/recorder.ts'
import { remainingOf } from './decisions/remaining.ts'
import { bindDecisions } from './decisions/routes.ts'
import { bindDraws } from './draws/routes.ts'
import { bindFigures } from './figures/routes.ts'
import type { FirstRun } from './first-run/first-run.ts'
import { bindFirstRun } from './first-run/routes.ts'
import { bindGifts } from './gifts/routes.ts'
import { createBinder, JsonText } from './http/bind.ts'
import { bindHealth, refuseWhenShut } from './http/health.ts'
import { createMetrics, measureRequests } from './http/metrics.ts'
import { bindInsights } from './insights/routes.ts'
import { bindLeaderboards } from './leaderboards/routes.ts'
import type { ErasedFile } from './leaving/erased-file.ts'
import { bindLeaving } from './leaving/routes.ts'
import type { Mailer } from './mail/mailer.ts'
import { createMemberOfRequest } from './member-sign-in/member-of-request.ts'
import type { MemberSignIn } from './member-sign-in/member-sign-in.ts'
import { bindMemberSignIn } from './member-sign-in/routes.ts'
import { bindMembers } from './members/routes.ts'
import { bindMerging } from './merging/routes.ts'
import { bindOffers } from './offers/routes.ts'
import { measureOutbox } from './outbox/measure-outbox.ts'
import { bindPages } from './pages/routes.ts'
import { bindPilots } from './pilots/routes.ts'
import { bindPools } from './pools/routes.ts'
import { bindPrograms } from './programs/routes.ts'
import { bindPublishing } from './publishing/routes.ts'
import { bindReferrals } from './referrals/routes.ts'
import { bindRewards } from './rewards/routes.ts'
import { bindSandboxes } from './sandboxes/routes.ts'
import { bindSelf } from './self/routes.ts'
import { bindSettlement } from './settlement/routes.ts'
import { bindSignIn } from './sign-in/routes.ts'
import type { SignIn } from './sign-in/sign-in.ts'
import { bindStaff } from './staff/routes.ts'
import { bindStatements } from './statements/routes.ts'
import { createPersonOfRequest } from './team/person-of-request.ts'
import { bindTeam } from './team/routes.ts'
import { bindTills } from './tills/routes.ts'
import { createTillOfRequest } from './tills/till-of-request.ts'
import { bindVouchers } from './vouchers/routes.ts'
import type { Vault } from './vouchers/vault.ts'

export interface RouteOptions {
  /** Of Laurel. */
  readonly version: string
  readonly requestsPerSecondMax: number
  /** Where erased members are noted beside the database; null: nowhere. */
  readonly erasedFile: ErasedFile | null
  /** Of voucher codes. */
  readonly vault: Vault
  readonly signIn: SignIn
  readonly mailer: Mailer
  readonly memberSignIn: MemberSignIn
  readonly firstRun: FirstRun
  /** False from the moment the server is asked to stop. */
  readonly isOpen: () => boolean
  /** There is an offer to be sent. */
  readonly onSending: () => void
  /** There is a backtest to be worked at. */
  readonly onBacktest: () => void
  /** Time is to pass in a sandbox: resolves when that is done, or takes too long for whoever waits. */
  readonly onAdvance: (isEnded: () => Promise<boolean>) => Promise<void>
  /** There is a correction to be worked at. */
  readonly onCorrection: () => void
  /** Everything is to be read. */
  readonly onInsights: () => void
}

/** The routes of every folder on one server. */
export async function bindRoutes(
  server: FastifyInstance,
  context: RecordingContext,
  {
    version,
    requestsPerSecondMax,
    erasedFile,
    vault,
    signIn,
    mailer,
    memberSignIn,
    firstRun,
    isOpen,
    onSending,
    onBacktest,
    onAdvance,
    onCorrection,
    onInsights,
  }: RouteOptions,
): Promise<void> {
  const verifier = createKeyVerifier(context)
  const personOf = createPersonOfRequest(context, signIn)
  const authentication = await createAuthentication(server, verifier, personOf, requestsPerSecondMax)
  const metrics = createMetrics()
  measureRequests(server, metrics)
  measureOutbox(context, metrics)
  refuseWhenShut(server, isOpen)

  const { bind, bindRaw } = createBinder(
    server,
    authentication.ofRequest,
    {
      self: createMemberOfRequest(context, memberSignIn),
      till: createTillOfRequest(context),
      founder: firstRun.founderOf,
    },
    (program, member) => remainingOf(context, program, member),
    createActNotes(context),
  )
  bindDecisions(context, bind, bindRaw, metrics)
  bindRewards(context, bind)
  bindStaff(context, bind)
  bindVouchers(server, context, bind, vault)
  bindMembers(context, bind)
  bindLeaving(context, bind, erasedFile)
  bindGifts(context, bind)
  bindMerging(context, bind)
  bindPools(context, bind)
  bindReferrals(context, bind, vault)
  bindStatements(context, bind, bindRaw)
  bindSettlement(context, bind)
  bindFigures(context, bind)
  bindDraws(context, bind)
  bindLeaderboards(context, bind)
  bindOffers(context, bind, onSending)
  bindPrograms(context, bind)
  bindPublishing(context, bind)
  bindPilots(context, bind)
  bindBacktests(context, bind, onBacktest)
  bindSandboxes(context, bind, onAdvance)
  bindCorrections(context, bind, onCorrection)
  bindInsights(context, bind, onInsights)
  bindAccess(context, bind, verifier)
  bindTeam(context, bind, signIn, mailer)
  bindSelf(server, context, { bind, bindRaw }, { signIn: memberSignIn, vault, erasedFile })
  bindTills(server, context, bind, vault)
  bindFirstRun(context, bind, firstRun, signIn)
  bindBrand(server, context, bind)
  bindCatalogue(context, bind)
  // A tenth of a second and two megabytes, for a question that most servers are never asked.
  let description: JsonText | null = null
  bind('readDescription', async () => {
    description ??= new JsonText(JSON.stringify(describeInterface(version)))
    return description
  })

  bindHealth(server, { context, version, metrics, authenticate: authentication.ofRequest, isOpen })
  bindSignIn(server, signIn)
  bindMemberSignIn(server, memberSignIn)
  await bindPages(server, context, { signIn, mailer })
}
