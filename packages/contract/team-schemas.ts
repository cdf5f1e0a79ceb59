import { z } from 'zod'
import { instantAnswered, label, next, page } from './fields.ts'
import { type RoleName, roles } from './roles.ts'
import { scopes } from './route.ts'

const namesOf = Object.keys(roles) as [RoleName, ...RoleName[]]
export const role = z.enum(namesOf, `must be one of ${namesOf.join(', ')}`).meta({
  description: Object.entries(roles)
    .map(([name, { meaning }]) => `${name}: ${meaning}`)
    .join(' '),
})

/** As it is kept: two spellings of one address are one person. */
export const emailAddress = z
  .string()
  .max(254, 'has more than 254 characters')
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.string().regex(/^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+\.[^\s@\p{Cc}]+$/u, 'must be an e-mail address'))
  .meta({ examples: ['ada@example.com'] })

export const personPath = z.strictObject({ person: label })
export const invitationPath = z.strictObject({ invitation: label })
export const sessionPath = z.strictObject({ session: label })
export const teamQuery = z.strictObject(page(200, 50))

export const teamMember = z.strictObject({
  person: z.string().meta({ description: 'What books and logs call them is `staff/` and this id.' }),
  name: z.string(),
  email: z.string(),
  role,
  since: instantAnswered,
  givenBy: z.string(),
  secondFactor: z
    .boolean()
    .meta({ description: 'Whether a password alone is not enough: an authenticator app is set up.' }),
  sessions: z.int().meta({ description: 'In how many places they are signed in now.' }),
})
export type TeamMember = z.output<typeof teamMember>
export const teamPage = z.strictObject({ team: z.array(teamMember), next })

export const roleToGive = z.strictObject({ role })
export const left = z.strictObject({
  person: z.string(),
  removed: z.boolean().meta({ description: 'False: they were not on the team.' }),
})

export const toInvite = z.strictObject({ email: emailAddress, role })
export const invitation = z.strictObject({
  id: z.string(),
  email: z.string().nullable().meta({ description: 'Null: the first owner, whoever holds the link.' }),
  role,
  invitedAt: instantAnswered,
  invitedBy: z.string(),
  expiresAt: instantAnswered,
})
export type Invitation = z.output<typeof invitation>
export const invitationMade = invitation.extend({
  mailed: z.boolean(),
  link: z.string().nullable().meta({
    description:
      'Shown this once, and only where no mail could be sent: hand it on yourself. It works once, for seven days.',
  }),
})
export type InvitationMade = z.output<typeof invitationMade>
export const invitationPage = z.strictObject({ invitations: z.array(invitation), next })
export const revoked = z.strictObject({ id: z.string(), revoked: z.boolean() })

export const session = z.strictObject({
  id: z.string(),
  person: z.string(),
  startedAt: instantAnswered,
  expiresAt: instantAnswered,
  address: z.string().nullable().meta({ description: 'The internet address it was begun from.' }),
  browser: z.string().nullable(),
  current: z.boolean().meta({ description: 'Whether it is the one that asks.' }),
})
export type StaffSession = z.output<typeof session>
export const sessionPage = z.strictObject({ sessions: z.array(session), next })
export const ended = z.strictObject({ ended: z.int().meta({ description: 'How many sessions were ended.' }) })

export const ownWays = z.strictObject({
  password: z.boolean(),
  company: z
    .strictObject({ name: z.string(), linked: z.boolean() })
    .nullable()
    .meta({ description: 'The company’s own sign-in; null: there is none.' }),
  secondStep: z.boolean(),
  canHavePasskeys: z.boolean().meta({ description: 'Under this address: browsers make none for a number.' }),
  passkeys: z.array(
    z.strictObject({ id: z.string(), name: z.string().nullable(), createdAt: instantAnswered.nullable() }),
  ),
})
export type OwnWays = z.output<typeof ownWays>
export const passkeyPath = z.strictObject({ passkey: label })
/** What is typed is compared and never answered; its bounds are those of what can be one at all. */
const typedPassword = z
  .string()
  .min(1, 'must not be empty')
  .max(128, 'has more than 128 characters')
  .meta({ format: 'password' })
/** As Better Auth is told (NIST SP 800-63B: long is what counts). */
export const newPassword = z
  .string()
  .min(12, 'must have 12 characters or more')
  .max(128, 'has more than 128 characters')
  .meta({ format: 'password' })
export const passwordToChange = z.strictObject({ current: typedPassword, password: newPassword })
export const passwordTyped = z.strictObject({ password: typedPassword })
export const codeTyped = z.strictObject({
  code: z.string().regex(/^\s*(\d\s*){6}$/, 'must be the six digits that the app shows'),
})
export const done = z.strictObject({ done: z.literal(true) })
export const secondStepBegun = z.strictObject({
  secret: z.string().meta({ description: 'To type into an authenticator app. Shown this once.' }),
  uri: z.string().meta({ description: 'The same as `otpauth:`.' }),
  squares: z.array(z.string()).meta({ description: 'The same as a QR code: rows of `1`, dark, and `0`.' }),
  backupCodes: z.array(z.string()).meta({ description: 'Each lets in once, on the day the phone is lost.' }),
})
export type SecondStepBegun = z.output<typeof secondStepBegun>

export const me = z.strictObject({
  name: z.string().meta({ description: 'As books and logs say it: `key/…` or `staff/…`.' }),
  person: z.strictObject({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  program: z.string(),
  role: role.nullable().meta({ description: 'Null: a key, which has scopes and no role.' }),
  scopes: z.array(z.enum(scopes)),
  programs: z.array(z.strictObject({ program: z.string(), role: role.nullable() })),
})
export type Me = z.output<typeof me>

export const auditQuery = z.strictObject({
  actor: label
    .optional()
    .meta({ description: 'Only what this one did: `staff/…`, `key/…`, or a name that a key acted for.' }),
  act: label.optional().meta({ description: 'Only this act, as `role.given`.' }),
  ...page(200, 50),
})
export const auditEntry = z.strictObject({
  id: z.string(),
  at: instantAnswered,
  actor: z.string(),
  act: z.string(),
  subject: z.string(),
  detail: z.record(z.string(), z.unknown()),
})
export type AuditEntry = z.output<typeof auditEntry>
export const auditPage = z.strictObject({ entries: z.array(auditEntry), next })
