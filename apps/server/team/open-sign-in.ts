import type { Context } from '../context.ts'
import type { Mailer } from '../mail/mailer.ts'
import type { Settings } from '../settings.ts'
import { createSignIn, type SignIn } from '../sign-in/sign-in.ts'
import { noteOfPerson } from './sessions.ts'

/** The way in for people, which notes what people do with it, and mails whoever forgot the password. */
export function openSignIn(
  context: Context,
  { url, company }: Pick<Settings, 'url' | 'company'>,
  secret: string,
  mailer: Mailer,
): SignIn {
  return createSignIn(context, {
    ...{ url, secret, company: company ?? null },
    note: (person, act, detail) => noteOfPerson(context, person, act, detail),
    onForgotten: async (origin, email, token) => {
      const text =
        `Somebody asked for a new password for this address at Laurel.\n\n${origin}/sign-in/new-password/${token}\n\n` +
        'The link works once, for an hour. If it was not you, do nothing: the old password stays.\n'
      await mailer.send({ to: email, subject: 'A new password for Laurel', text })
    },
  })
}
