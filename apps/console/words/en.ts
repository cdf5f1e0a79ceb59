import { accountWords } from './en/account.ts'
import { backtestWords } from './en/backtests.ts'
import { catalogueWords } from './en/catalogue.ts'
import { chartWords } from './en/charts.ts'
import { correctionWords } from './en/corrections.ts'
import { firstRunWords } from './en/first-run.ts'
import { frameWords } from './en/frame.ts'
import { homeWords } from './en/home.ts'
import { ledgerWords } from './en/ledger.ts'
import { memberWords } from './en/members.ts'
import { nameWords } from './en/names.ts'
import { newMemberWords } from './en/new-member.ts'
import { pilotWords } from './en/pilots.ts'
import { programWords } from './en/program.ts'
import { queueWords } from './en/queues.ts'
import { sandboxWords } from './en/sandboxes.ts'
import { settingsWords } from './en/settings.ts'
import { tableWords } from './en/tables.ts'
import { teamWords } from './en/team.ts'
import { versionWords } from './en/versions.ts'
import { whatIfWords } from './en/what-if.ts'

/** Everything the console says, in English, room by room. A language is one table of this shape. */
export const en = {
  ...frameWords,
  ...memberWords,
  ...ledgerWords,
  ...homeWords,
  ...queueWords,
  ...programWords,
  ...backtestWords,
  ...chartWords,
  ...firstRunWords,
  ...settingsWords,
  ...nameWords,
  ...tableWords,
  ...teamWords,
  ...versionWords,
  ...correctionWords,
  ...pilotWords,
  ...sandboxWords,
  ...whatIfWords,
  ...catalogueWords,
  ...accountWords,
  ...newMemberWords,
} as const
